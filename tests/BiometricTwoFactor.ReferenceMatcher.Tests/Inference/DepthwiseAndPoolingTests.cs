using BiometricTwoFactor.ReferenceMatcher.Inference;

namespace BiometricTwoFactor.ReferenceMatcher.Tests.Inference;

/// <summary>Each path against the plainest loops in double precision.</summary>
public sealed class DepthwiseAndPoolingTests
{
    public static TheoryData<string, int, int> Sizes
    {
        get
        {
            var cases = new TheoryData<string, int, int>();
            foreach (var path in TestTensors.Paths)
            {
                foreach (var (height, width) in (ReadOnlySpan<(int, int)>)[(8, 6), (4, 4), (9, 7), (3, 5)])
                {
                    cases.Add(path.ToString(), height, width);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void A_depthwise_convolution_is_what_plain_loops_yield(string path, int height, int width)
    {
        foreach (var stride in (ReadOnlySpan<int>)[1, 2])
        {
            var (weights, bias) = (TestTensors.Numbers(9 * 20, 1), TestTensors.Numbers(20, 2));
            var input = TestTensors.Map(height, width, 32, 1, 3);
            var output = TestTensors.Map(height / stride, width / stride, 32, 1, 4);
            var origin = stride == 1 ? -1 : 0; // with stride two the frame is below and right only
            Kernels.For(Enum.Parse<KernelPath>(path)).ConvolveDepthwise(
                new DepthwiseConvolution(TestTensors.Tensor(weights, 1, 3, 3, 20), bias, stride, 32), input, output);
            TestTensors.AssertMap(output, (y, x, channel) => channel >= 20 ? 0 : bias[channel] + Enumerable.Range(0, 9).Sum(
                tap => (double)weights[(tap * 20) + channel] * TestTensors.At(input, (y * stride) + origin + (tap / 3), (x * stride) + origin + (tap % 3), channel)));
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void The_largest_of_a_window_is_taken_even_where_all_are_negative(string path, int height, int width)
    {
        foreach (var window in (ReadOnlySpan<int>)[2, 3])
        {
            var input = TestTensors.Map(height, width, 32, 1, 3);
            for (var y = 0; y < height; y++)
            {
                foreach (ref var value in input.Values.AsSpan(input.OffsetOf(y, 0), width * 32))
                {
                    value -= 2;
                }
            }

            var output = TestTensors.Map(((height - window) / 2) + 1, ((width - window) / 2) + 1, 64, 1, 4);
            Kernels.For(Enum.Parse<KernelPath>(path)).MaxPool(input, output, window);
            TestTensors.AssertMap(output, (y, x, channel) => channel >= 32 ? 0 : Enumerable.Range(0, window * window).Max(
                i => TestTensors.At(input, (2 * y) + (i / window), (2 * x) + (i % window), channel)));
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void A_mean_is_of_two_by_two_and_further_channels_become_zero(string path, int height, int width)
    {
        var input = TestTensors.Map(height, width, 32, 1, 3);
        var output = TestTensors.Map(height / 2, width / 2, 64, 1, 4);
        Kernels.For(Enum.Parse<KernelPath>(path)).AveragePool(input, output);
        TestTensors.AssertMap(output, (y, x, channel) => channel >= 32 ? 0 : Enumerable.Range(0, 4).Average(
            i => TestTensors.At(input, (2 * y) + (i / 2), (2 * x) + (i % 2), channel)));
    }
}
