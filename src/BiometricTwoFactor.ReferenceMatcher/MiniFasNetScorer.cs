using BiometricTwoFactor.ReferenceMatcher.Liveness;
using BiometricTwoFactor.ReferenceMatcher.Liveness.GraphModel;

namespace BiometricTwoFactor.ReferenceMatcher;

/// <summary>
/// Passive liveness by the MiniFASNet networks of the Silent-Face-Anti-Spoofing project, from TensorFlow.js graph-model
/// files that you supply: the package has none. V2 looks at 2.7 times the face, V1SE at 4 times; with both, the score is
/// their mean. Load once and share: an instance is immutable and may be used from any number of threads. For pictures
/// of a camera that show something of the surroundings; a tight crop scores arbitrarily. Not a tested defence: the README
/// says what was measured.
/// </summary>
public sealed class MiniFasNetScorer : ILivenessScorer
{
    private const int Classes = 3;
    private const int LiveClass = 1;
    private static readonly GraphShape Input = new(LivenessCrop.Size, LivenessCrop.Size, 3);

    private readonly (TensorGraph Graph, float Scale)[] _networks;

    private MiniFasNetScorer(TensorGraph? v2, TensorGraph? v1Se)
    {
        (TensorGraph? Graph, float Scale)[] networks = [(v2, 2.7f), (v1Se, 4f)];
        _networks = [.. networks.Where(network => network.Graph is not null).Select(network => (network.Graph!, network.Scale))];
        if (_networks.Length == 0)
        {
            throw new ArgumentException("At least one of the two networks is needed.", nameof(v2));
        }
    }

    /// <summary>Loads the networks from files. The weights are found beside each model.json, by the names it states.</summary>
    /// <param name="v2ModelJson">Path of MiniFASNetV2's model.json (the face at 2.7 times); null to do without.</param>
    /// <param name="v1SeModelJson">Path of MiniFASNetV1SE's model.json (the face at 4 times); null to do without.</param>
    /// <exception cref="ArgumentException">Both are null.</exception>
    /// <exception cref="InvalidDataException">A file is no such network, or its weights do not belong to it. The message says what is wrong.</exception>
    /// <exception cref="IOException">A file cannot be read; <see cref="FileNotFoundException"/> when it or its weights are missing.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read, or is a folder.</exception>
    public static MiniFasNetScorer Load(string? v2ModelJson, string? v1SeModelJson) => new(LoadFile(v2ModelJson), LoadFile(v1SeModelJson));

    /// <summary>Loads the networks from memory, which is not kept.</summary>
    /// <param name="v2ModelJson">MiniFASNetV2's model.json (the face at 2.7 times); empty to do without.</param>
    /// <param name="v2Weights">Its weight files, one after the other.</param>
    /// <param name="v1SeModelJson">MiniFASNetV1SE's model.json (the face at 4 times); empty to do without.</param>
    /// <param name="v1SeWeights">Its weight files, one after the other.</param>
    /// <exception cref="ArgumentException">Both are empty.</exception>
    /// <exception cref="InvalidDataException">One is no such network, or its weights do not belong to it. The message says what is wrong.</exception>
    public static MiniFasNetScorer Load(
        ReadOnlyMemory<byte> v2ModelJson, ReadOnlyMemory<byte> v2Weights, ReadOnlyMemory<byte> v1SeModelJson = default, ReadOnlyMemory<byte> v1SeWeights = default) =>
        new(LoadNetwork(v2ModelJson, v2Weights.Span), LoadNetwork(v1SeModelJson, v1SeWeights.Span));

    /// <summary>
    /// Scores one face: near 0 for a picture of a face, near 1 for a face. <see cref="LivenessScore.NotEvaluated"/> when
    /// the face's box does not lie in the picture.
    /// </summary>
    public LivenessScore Score(FaceImage image, FaceDetection face)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(face);
        var box = LivenessCrop.Adjusted(face.Box);
        var values = new float[Input.Pixels * Input.Channels];
        var sum = 0.0;
        foreach (var (graph, scale) in _networks)
        {
            if (LivenessCrop.Region(box, scale, image.Width, image.Height) is not { } region)
            {
                return LivenessScore.NotEvaluated;
            }

            LivenessCrop.Fill(image, region, values);
            sum += Live(graph, values);
        }

        // Weights that are finite one by one can still overflow: no number is no opinion.
        return double.IsNaN(sum) ? LivenessScore.NotEvaluated : LivenessScore.Of(Math.Clamp(sum / _networks.Length, 0, 1));
    }

    private static float Live(TensorGraph graph, ReadOnlySpan<float> values)
    {
        Span<float> classes = stackalloc float[Classes];
        graph.Run(values, classes);
        return classes[LiveClass];
    }

    private static TensorGraph? LoadNetwork(ReadOnlyMemory<byte> json, ReadOnlySpan<byte> weights)
    {
        if (json.IsEmpty)
        {
            return weights.IsEmpty ? null : throw new InvalidDataException("There are weights without the model they belong to.");
        }

        var graph = TensorGraph.Load(json, weights, Input);
        if (graph.Output != new GraphShape(1, 1, Classes))
        {
            throw new InvalidDataException("The graph is no MiniFASNet: its result is not three classes.");
        }

        // Once with grey, so that whatever can fail fails while loading.
        var grey = new float[Input.Pixels * Input.Channels];
        grey.AsSpan().Fill(128);
        return Live(graph, grey) is >= 0 and <= 1
            ? graph
            : throw new InvalidDataException("The graph is no MiniFASNet: its result is no share.");
    }

    private static TensorGraph? LoadFile(string? path)
    {
        if (path is null)
        {
            return null;
        }

        var json = ModelFiles.Read(path, GraphLimits.MaxJsonBytes);
        return LoadNetwork(json, ModelFiles.ReadWeights(path, GraphModelReader.Read(json)));
    }
}
