using System.Collections.Concurrent;
using System.Globalization;
using BiometricTwoFactor.ReferenceMatcher.Detection;
using BiometricTwoFactor.ReferenceMatcher.Embedding;
using BiometricTwoFactor.ReferenceMatcher.Tests.Inference;

namespace BiometricTwoFactor.ReferenceMatcher.Tests.Accuracy;

/// <summary>Two folds of Labeled Faces in the Wild, where they lie beside the repository; every picture is worked on once for all tests.</summary>
internal static class LfwData
{
    private static readonly Lazy<IReadOnlyDictionary<string, LfwFace>> AllFaces = new(Work);

    public static string? Folder { get; } = TestFolders.Shared("data", "lfw");

    /// <summary>1,200 pairs with the cosine that the prototype of this matcher measured.</summary>
    public static IReadOnlyList<LfwPair> Pairs { get; } = Folder is null ? [] :
    [
        .. File.ReadLines(Path.Combine(Folder, "reference-cosines.csv")).Skip(1).Select(line => line.Split(','))
            .Select(parts => new LfwPair(parts[1], parts[2], parts[3] == "1", double.Parse(parts[4], CultureInfo.InvariantCulture))),
    ];

    /// <summary>1,583 names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Pairs.SelectMany(pair => (string[])[pair.A, pair.B]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    public static IReadOnlyDictionary<string, LfwFace> Faces => AllFaces.Value;

    public static byte[] Read(string name) => File.ReadAllBytes(Path.Combine(Folder!, "images", name));

    /// <summary>
    /// With the matcher's own parts, so that decoding, detection and the first embedding are shared by the plain and the
    /// mirrored figures. <see cref="LfwTests"/> holds the values against the matchers' own.
    /// </summary>
    private static Dictionary<string, LfwFace> Work()
    {
        var network = TestNetworks.Embedder;
        var examiner = new FaceExaminer(new FaceDetector(TestNetworks.Detector), new FaceEmbedder(network, mirrored: false), new FaceMatcherSettings(new FaceMatcherOptions()));
        var faces = new ConcurrentDictionary<string, LfwFace>(StringComparer.Ordinal);
        Parallel.ForEach(Names, () => new FaceWorkspace(), (name, _, workspace) =>
        {
            using var examined = examiner.Examine(Read(name));
            var (plain, mirrored) = (new float[FaceTemplate.Length], new float[FaceTemplate.Length]);
            if (examined.Face is { } face)
            {
                FaceAligner.Fill(examined.Pyramid!, FaceAligner.ToPicture(face.KeyPoints)!.Value, workspace.Input);
                network.Embed(workspace, plain);
                FaceMirror.Flip(workspace.Input);
                network.Embed(workspace, mirrored);
                for (var i = 0; i < plain.Length; i++)
                {
                    mirrored[i] = (plain[i] + mirrored[i]) / 2;
                }
            }

            faces[name] = new LfwFace(examined.Analysis, plain, mirrored);
            return workspace;
        }, _ => { });
        return new Dictionary<string, LfwFace>(faces, StringComparer.Ordinal);
    }
}

internal sealed record LfwPair(string A, string B, bool IsSame, double PrototypeCosine);

internal sealed record LfwFace(FaceAnalysis Analysis, float[] Plain, float[] Mirrored);
