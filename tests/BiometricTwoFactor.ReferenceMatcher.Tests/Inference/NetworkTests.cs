using System.Collections.Concurrent;
using System.Reflection;
using BiometricTwoFactor.ReferenceMatcher.Detection;
using BiometricTwoFactor.ReferenceMatcher.Embedding;
using BiometricTwoFactor.ReferenceMatcher.Imaging;
using BiometricTwoFactor.ReferenceMatcher.Inference;

namespace BiometricTwoFactor.ReferenceMatcher.Tests.Inference;

public sealed class NetworkTests
{
    [Theory]
    [InlineData("Scalar")]
    [InlineData("Vector128")]
    [InlineData("Vector256")]
    [InlineData("Vector512")]
    public void Every_path_embeds_alike(string path)
    {
        var kernels = Kernels.For(Enum.Parse<KernelPath>(path));
        var expected = Embed(TestNetworks.Embedder, new FaceWorkspace(), 0);
        var actual = Embed(new FaceNetwork(TestNetworks.Weights, kernels), new FaceWorkspace(), 0);
        var length = MathF.Sqrt(expected.Sum(value => value * value));
        Assert.InRange(length, 0.5f, 5f); // something was computed
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-3 * length));
    }

    [Theory]
    [InlineData("Scalar")]
    [InlineData("Vector128")]
    [InlineData("Vector256")]
    [InlineData("Vector512")]
    public void Every_path_detects_alike(string path)
    {
        var expected = Detect(TestNetworks.Detector, new DetectorWorkspace(), 0);
        var actual = Detect(new DetectorNetwork(TestNetworks.Weights, Kernels.For(Enum.Parse<KernelPath>(path))), new DetectorWorkspace(), 0);
        Assert.Contains(expected, value => MathF.Abs(value) > 1);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-3 * Math.Max(1, Math.Abs(pair.First))));
    }

    [Fact]
    public void A_used_workspace_leaves_no_trace_in_the_next_result()
    {
        var (embedding, detection) = (Embed(TestNetworks.Embedder, new FaceWorkspace(), 0), Detect(TestNetworks.Detector, new DetectorWorkspace(), 0));
        var (used, usedToo) = (new FaceWorkspace(), new DetectorWorkspace());
        for (var round = 0; round < 3; round++)
        {
            // With another picture in between, without wiping and with it.
            Embed(TestNetworks.Embedder, used, 1 + round);
            Detect(TestNetworks.Detector, usedToo, 1 + round);
            if (round == 2)
            {
                used.Clear();
                usedToo.Clear();
            }

            Assert.Equal(embedding, Embed(TestNetworks.Embedder, used, 0));
            Assert.Equal(detection, Detect(TestNetworks.Detector, usedToo, 0));
        }
    }

    [Fact]
    public void Workspaces_are_wiped_after_use()
    {
        var picture = new PicturePyramid(new FaceImage(320, 320, DrawnFace.Paint(320, 320, new DrawnFace())));
        var detector = new FaceDetector(TestNetworks.Detector);
        var face = Assert.Single(detector.Detect(picture));
        AssertWiped(Assert.Single(Kept<DetectorWorkspace>(detector)));

        var embedder = new FaceEmbedder(TestNetworks.Embedder, mirrored: true);
        var toPicture = FaceAligner.ToPicture(face.KeyPoints)!.Value;
        embedder.Embed(picture, toPicture, new float[128]);
        AssertWiped(Assert.Single(Kept<FaceWorkspace>(embedder)));
        embedder.Sharpness(picture, toPicture);
        AssertWiped(Assert.Single(Kept<FaceWorkspace>(embedder)));
    }

    private static IEnumerable<T> Kept<T>(object owner) =>
        (ConcurrentBag<T>)owner.GetType().GetField("_workspaces", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(owner)!;

    private static void AssertWiped(object workspace)
    {
        var values = workspace.GetType().GetProperties().Select(property => property.GetValue(workspace));
        var maps = values.SelectMany(value => value is FeatureMap map ? [map] : (FeatureMap?[])value!).OfType<FeatureMap>().ToArray();
        Assert.True(maps.Length > 10);
        Assert.All(maps, map => Assert.Equal(-1, map.Values.AsSpan().IndexOfAnyExcept(0f)));
    }

    private static float[] Embed(FaceNetwork network, FaceWorkspace workspace, int seed)
    {
        Fill(workspace.Input, seed);
        var embedding = new float[FaceTemplate.Length];
        network.Embed(workspace, embedding);
        return embedding;
    }

    private static float[] Detect(DetectorNetwork network, DetectorWorkspace workspace, int seed)
    {
        Fill(workspace.Input, seed);
        network.Run(workspace);
        return [.. workspace.FineScores.Values, .. workspace.FineBoxes.Values, .. workspace.CoarseScores.Values, .. workspace.CoarseBoxes.Values];
    }

    /// <summary>Waves in three colours, -0.5 to 0.5.</summary>
    private static void Fill(FeatureMap input, int seed)
    {
        for (var y = 0; y < input.Height; y++)
        {
            for (var i = 0; i < input.Width * 3; i++)
            {
                input.Values[input.OffsetOf(y, 0) + i] = 0.5f * MathF.Sin((0.07f * y) + (0.023f * i) + (i % 3) + seed) * MathF.Cos(0.11f * y * (i % 3));
            }
        }
    }
}
