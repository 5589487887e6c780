using BenchmarkDotNet.Attributes;
using BiometricTwoFactor.ReferenceMatcher.Embedding;
using BiometricTwoFactor.ReferenceMatcher.Inference;

namespace BiometricTwoFactor.Benchmarks;

/// <summary>Promise: embedding one aligned face is no slower than dlib's own C++ with the faster BLAS, one thread each.</summary>
public class Embedding
{
    private const string Request = "embed chip.rgb";

    private readonly byte[] _chip = Peers.Chip() ?? Gradient();
    private Peer? _dlib;

    /// <summary>dlib with OpenBLAS, Debian's choice.</summary>
    [GlobalSetup(Target = nameof(Dlib))]
    public void StartDlib() => _dlib = Peers.Dlib("openblas");

    /// <summary>dlib with BLIS.</summary>
    [GlobalSetup(Target = nameof(DlibWithBlis))]
    public void StartDlibWithBlis() => _dlib = Peers.Dlib("blis");

    /// <summary>Stops the process.</summary>
    [GlobalCleanup(Targets = [nameof(Dlib), nameof(DlibWithBlis)])]
    public void Stop() => _dlib!.Dispose();

    /// <summary>dlib with the BLAS that Debian prefers.</summary>
    [Benchmark(Baseline = true), BenchmarkCategory(Peers.Category)]
    public string Dlib() => _dlib!.Ask(Request);

    /// <summary>dlib with the other BLAS.</summary>
    [Benchmark, BenchmarkCategory(Peers.Category)]
    public string DlibWithBlis() => _dlib!.Ask(Request);

    /// <summary>Ours: the same face, the same network.</summary>
    [Benchmark]
    public float Ours() => OurEmbedder.Embed(_chip);

    // The kernels' time does not depend on what the face shows.
    private static byte[] Gradient() => [.. Enumerable.Range(0, 150 * 150 * 3).Select(i => (byte)(i / 3 % 150 + i % 3 * 30))];
}

/// <summary>The one place that knows how the matcher's embedder is called: 150 x 150 x 3 bytes in, 128 values out.</summary>
internal static class OurEmbedder
{
    private static readonly FaceNetwork Network = new(WeightFile.Load(), Kernels.For(KernelPaths.Best));
    private static readonly FaceWorkspace Workspace = new();

    public static float Embed(ReadOnlySpan<byte> chip)
    {
        var input = Workspace.Input.Values;
        for (var i = 0; i < input.Length; i += 3)
        {
            input[i] = (chip[i] - 122.782f) / 255;
            input[i + 1] = (chip[i + 1] - 117.001f) / 255;
            input[i + 2] = (chip[i + 2] - 104.298f) / 255;
        }

        Span<float> embedding = stackalloc float[128];
        Network.Embed(Workspace, embedding);
        return embedding[0];
    }
}
