using BiometricTwoFactor.ReferenceMatcher.Detection;
using BiometricTwoFactor.ReferenceMatcher.Embedding;
using BiometricTwoFactor.ReferenceMatcher.Inference;

namespace BiometricTwoFactor.ReferenceMatcher.Tests.Inference;

/// <summary>The two networks on the machine's best path, loaded once.</summary>
internal static class TestNetworks
{
    private static readonly Lazy<WeightFile> Loaded = new(WeightFile.Load);
    private static readonly Lazy<DetectorNetwork> BestDetector = new(() => new DetectorNetwork(Weights, Kernels.For(KernelPaths.Best)));
    private static readonly Lazy<FaceNetwork> BestEmbedder = new(() => new FaceNetwork(Weights, Kernels.For(KernelPaths.Best)));

    public static WeightFile Weights => Loaded.Value;

    public static DetectorNetwork Detector => BestDetector.Value;

    public static FaceNetwork Embedder => BestEmbedder.Value;
}
