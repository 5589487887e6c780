using BiometricTwoFactor.ReferenceMatcher.Inference;

namespace BiometricTwoFactor.ReferenceMatcher.Tests.Inference;

/// <summary>Each path against the plainest loops in double precision.</summary>
public sealed class ConvolutionTests
{
    private const float Untouched = 7;

    /// <summary>Filter size, stride, padding before and after, input height and width.</summary>
    private static readonly (int Size, int Stride, int Before, int After, int Height, int Width)[] Shapes =
    [
        (1, 1, 0, 0, 5, 7), // 35 pixels: a rest of three to either tile
        (1, 1, 0, 0, 1, 1), // less than a tile
        (1, 2, 0, 0, 5, 6),
        (3, 1, 1, 1, 4, 4), // whole tiles
        (3, 1, 1, 1, 3, 3), // nine: one more than a tile
        (3, 1, 0, 0, 3, 3), // one pixel
        (3, 1, 1, 1, 1, 2), // smaller than the filter
        (3, 2, 0, 0, 9, 8),
        (3, 2, 0, 1, 8, 6), // asymmetric
        (3, 1, 2, 0, 5, 4),
        (5, 2, 1, 2, 10, 12), // the detector's entry
        (5, 1, 2, 2, 3, 5),
        (7, 2, 0, 0, 15, 13), // the embedder's entry
        (7, 1, 3, 3, 4, 5),
    ];

    public static TheoryData<string, int> Cases
    {
        get
        {
            var cases = new TheoryData<string, int>();
            foreach (var path in TestTensors.Paths)
            {
                for (var shape = 0; shape < Shapes.Length; shape++)
                {
                    cases.Add(path.ToString(), shape);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_convolution_is_what_plain_loops_yield_and_leaves_the_rest(string path, int shape)
    {
        foreach (var (accumulate, relu) in (ReadOnlySpan<(bool, bool)>)[(false, false), (true, false), (false, true), (true, true)])
        {
            foreach (var (inputs, outputs) in (ReadOnlySpan<(int, int)>)[(3, 32), (5, 64)])
            {
                Check(Kernels.For(Enum.Parse<KernelPath>(path)), Shapes[shape], inputs, outputs, accumulate, relu);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_filter_stored_the_other_way_round_and_filled_up_weighs_the_same(string path, int shape)
    {
        // Three stored inputs of four, twenty stored outputs of 32: the others weigh nothing.
        var kernels = Kernels.For(Enum.Parse<KernelPath>(path));
        var (size, stride, before, after, height, width) = Shapes[shape];
        var (weights, bias) = (TestTensors.Numbers(20 * size * size * 3, 1), TestTensors.Numbers(20, 2));
        var input = TestTensors.Map(height, width, 4, Math.Max(before, after), 3);
        var (reachY, reachX) = (Reach(height, before, after, size, stride), Reach(width, before, after, size, stride));
        var output = new FeatureMap(reachY, reachX, 32, 1);
        var convolution = Convolution.FromOhwi(TestTensors.Tensor(weights, 20, size, size, 3), bias, stride, (before, after), 4, 32, kernels);
        kernels.Convolve(convolution, input, output, accumulate: false, relu: false);
        TestTensors.AssertMap(output, (y, x, channel) => channel >= 20 ? 0 : bias[channel] + Sum(
            input, (y * stride) - before, (x * stride) - before, size, 3, (row, column, from) => weights[(((((channel * size) + row) * size) + column) * 3) + from]));
    }

    private static void Check(Kernels kernels, (int, int, int, int, int, int) shape, int inputs, int outputs, bool accumulate, bool relu)
    {
        var (size, stride, before, after, height, width) = shape;
        var weights = TestTensors.Numbers(size * size * inputs * outputs, 1);
        var (bias, scale) = (TestTensors.Numbers(outputs, 2), TestTensors.Numbers(outputs, 4));
        var input = TestTensors.Map(height, width, inputs, Math.Max(before, after), 3);
        var (reachY, reachX) = (Reach(height, before, after, size, stride), Reach(width, before, after, size, stride));
        // A row and two columns more than the filter reaches, as where a shortcut is larger than what is added to it.
        var output = TestTensors.Map(reachY + 1, reachX + 2, outputs, 1, 5);
        var held = new FeatureMap(output.Height, output.Width, outputs, 1);
        for (var y = 0; y < output.Height; y++)
        {
            for (var x = 0; x < output.Width; x++)
            {
                if (y >= reachY || x >= reachX)
                {
                    output.Values.AsSpan(output.OffsetOf(y, x), outputs).Fill(Untouched);
                }
            }
        }

        output.Values.CopyTo(held.Values, 0);
        kernels.Convolve(Convolution.FromHwio(TestTensors.Tensor(weights, size, size, inputs, outputs), stride, (before, after), scale, bias, kernels), input, output, accumulate, relu);
        TestTensors.AssertMap(output, Expected);

        double Expected(int y, int x, int channel)
        {
            if (y >= reachY || x >= reachX)
            {
                return Untouched;
            }

            var sum = bias[channel] + (scale[channel] * Sum(
                input, (y * stride) - before, (x * stride) - before, size, inputs, (row, column, from) => weights[(((((row * size) + column) * inputs) + from) * outputs) + channel]));
            sum += accumulate ? TestTensors.At(held, y, x, channel) : 0;
            return relu ? Math.Max(sum, 0) : sum;
        }
    }

    private static int Reach(int length, int before, int after, int size, int stride) => ((length + before + after - size) / stride) + 1;

    private static double Sum(FeatureMap input, int top, int left, int size, int inputs, Func<int, int, int, float> weight)
    {
        double sum = 0;
        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column < size; column++)
            {
                for (var from = 0; from < inputs; from++)
                {
                    sum += (double)weight(row, column, from) * TestTensors.At(input, top + row, left + column, from);
                }
            }
        }

        return sum;
    }
}
