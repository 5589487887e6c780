using System.Runtime.InteropServices;
using BiometricTwoFactor.ReferenceMatcher.Inference;

namespace BiometricTwoFactor.ReferenceMatcher.Tests.Inference;

/// <summary>Made-up numbers for layers, the same each time.</summary>
internal static class TestTensors
{
    /// <summary>Every path: the wider ones run in software where the machine has no such vectors.</summary>
    public static readonly KernelPath[] Paths = [KernelPath.Scalar, KernelPath.Vector128, KernelPath.Vector256, KernelPath.Vector512];

    public static float[] Numbers(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (float)((random.NextDouble() * 2) - 1))];
    }

    public static WeightTensor Tensor(float[] values, params int[] shape) =>
        new(shape, WeightEncoding.Float32, 1, 0, MemoryMarshal.AsBytes<float>(values).ToArray());

    /// <summary>Numbers inside, zeros in the frame.</summary>
    public static FeatureMap Map(int height, int width, int channels, int border, int seed)
    {
        var map = new FeatureMap(height, width, channels, border);
        var numbers = Numbers(height * width * channels, seed);
        for (var y = 0; y < height; y++)
        {
            numbers.AsSpan(y * width * channels, width * channels).CopyTo(map.Values.AsSpan(map.OffsetOf(y, 0)));
        }

        return map;
    }

    /// <summary>The value of a channel, zero outside, whatever frame the map has.</summary>
    public static double At(FeatureMap map, int y, int x, int channel) =>
        y < 0 || x < 0 || y >= map.Height || x >= map.Width ? 0 : map.Values[map.OffsetOf(y, x) + channel];

    /// <summary>Each inside value is as expected to 1e-4 of its size, and the frame is zero.</summary>
    public static void AssertMap(FeatureMap map, Func<int, int, int, double> expected)
    {
        var inside = new bool[map.Values.Length];
        for (var y = 0; y < map.Height; y++)
        {
            for (var x = 0; x < map.Width; x++)
            {
                for (var channel = 0; channel < map.Channels; channel++)
                {
                    var at = map.OffsetOf(y, x) + channel;
                    inside[at] = true;
                    var right = expected(y, x, channel);
                    if (!(Math.Abs(map.Values[at] - right) <= 1e-4 * Math.Max(1, Math.Abs(right))))
                    {
                        Assert.Fail($"({y}, {x}, {channel}): {map.Values[at]} instead of {right}");
                    }
                }
            }
        }

        AssertFrameIsZero(map, inside);
    }

    private static void AssertFrameIsZero(FeatureMap map, bool[] inside)
    {
        for (var i = 0; i < inside.Length; i++)
        {
            if (!inside[i] && map.Values[i] != 0)
            {
                Assert.Fail($"The frame holds {map.Values[i]}.");
            }
        }
    }
}
