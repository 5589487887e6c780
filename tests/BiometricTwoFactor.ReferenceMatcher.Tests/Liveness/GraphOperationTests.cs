using System.Text.Json.Nodes;
using BiometricTwoFactor.ReferenceMatcher.Liveness.GraphModel;

namespace BiometricTwoFactor.ReferenceMatcher.Tests.Liveness;

/// <summary>Each operation against numbers worked out by hand or by the plainest loop.</summary>
public sealed class GraphOperationTests
{
    [Fact]
    public void A_pointwise_convolution_adds_the_bias_and_slopes_what_is_negative()
    {
        var graph = new GraphBuilder().Input()
            .Floats("w", [1, 1, 2, 3], 1, 2, 3, 10, 20, -30)
            .Floats("b", [3], 1, 0, 0)
            .Floats("a", [3], 0.5f, 0.5f, 0.25f)
            .Node("out", "_FusedConv2D", GraphBuilder.Convolution(1, "BiasAdd", "Prelu"), ["x", "w", "b", "a"]);
        // Two pixels of two channels: 1, 2 and -1, 0.
        Assert.Equal([22, 42, -14.25f, 0, -1, -0.75f], Run(graph, new GraphShape(1, 2, 2), [1, 2, -1, 0]));
    }

    [Fact]
    public void Rectifying_leaves_nothing_negative_and_no_activation_leaves_all()
    {
        float[] input = [1, 1];
        Assert.Equal([0, 3], Run(Product("BiasAdd", "Relu"), new GraphShape(1, 1, 2), input));
        Assert.Equal([-2, 3], Run(Product("BiasAdd"), new GraphShape(1, 1, 2), input));

        static GraphBuilder Product(params string[] fused) => new GraphBuilder().Input()
            .Floats("w", [2, 2], -1, 1, -1, 1)
            .Floats("b", [2], 0, 1)
            .Node("out", "_FusedMatMul", GraphBuilder.Fused(fused), ["x", "w", "b"]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_convolution_equals_the_plain_sum(int stride)
    {
        const int Channels = 3, Results = 5;
        var shape = new GraphShape(7, 6, Channels);
        var (input, weights, bias) = (Numbers(7 * 6 * Channels, 1), Numbers(9 * Channels * Results, 2), Numbers(Results, 3));
        var graph = new GraphBuilder().Input()
            .Floats("w", [3, 3, Channels, Results], weights)
            .Floats("b", [Results], bias)
            .Node("out", "_FusedConv2D", GraphBuilder.Convolution(stride, "BiasAdd"), ["x", "w", "b"]);

        var expected = new List<float>();
        for (var y = 0; y + 3 <= 7; y += stride)
        {
            for (var x = 0; x + 3 <= 6; x += stride)
            {
                for (var n = 0; n < Results; n++)
                {
                    var sum = bias[n];
                    for (var tap = 0; tap < 9; tap++)
                    {
                        for (var k = 0; k < Channels; k++)
                        {
                            sum += input[(((((y + (tap / 3)) * 6) + x + (tap % 3)) * Channels) + k)] * weights[(((tap * Channels) + k) * Results) + n];
                        }
                    }

                    expected.Add(sum);
                }
            }
        }

        AssertClose(expected, Run(graph, shape, input));
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(1, 37)]
    [InlineData(2, 37)]
    public void A_depthwise_convolution_keeps_the_channels_apart(int stride, int channels)
    {
        var (input, weights, bias) = (Numbers(5 * 6 * channels, 4), Numbers(9 * channels, 5), Numbers(channels, 6));
        var graph = new GraphBuilder().Input()
            .Floats("w", [3, 3, channels, 1], weights)
            .Floats("b", [channels], bias)
            .Node("out", "FusedDepthwiseConv2dNative", GraphBuilder.Convolution(stride, "BiasAdd"), ["x", "w", "b"]);

        var expected = new List<float>();
        for (var y = 0; y + 3 <= 5; y += stride)
        {
            for (var x = 0; x + 3 <= 6; x += stride)
            {
                for (var k = 0; k < channels; k++)
                {
                    var sum = bias[k];
                    for (var tap = 0; tap < 9; tap++)
                    {
                        sum += input[((((y + (tap / 3)) * 6) + x + (tap % 3)) * channels) + k] * weights[(tap * channels) + k];
                    }

                    expected.Add(sum);
                }
            }
        }

        AssertClose(expected, Run(graph, new GraphShape(5, 6, channels), input));
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(7, 40, 19)]
    [InlineData(9, 33, 231)]
    public void A_product_is_right_for_sizes_that_fill_no_vector(int rows, int depth, int channels)
    {
        var (input, weights) = (Numbers(rows * depth, 7), Numbers(depth * channels, 8));
        var graph = new GraphBuilder().Input()
            .Floats("w", [1, 1, depth, channels], weights)
            .Floats("b", [channels], new float[channels])
            .Node("out", "_FusedConv2D", GraphBuilder.Convolution(1, "BiasAdd"), ["x", "w", "b"]);
        var expected = Enumerable.Range(0, rows * channels)
            .Select(i => Enumerable.Range(0, depth).Sum(k => input[(i / channels * depth) + k] * weights[(k * channels) + (i % channels)]));
        AssertClose([.. expected], Run(graph, new GraphShape(1, rows, depth), input));
    }

    [Fact]
    public void Padding_puts_zeros_around()
    {
        var graph = new GraphBuilder().Input().Integers("pad", 0, 0, 1, 0, 0, 2, 0, 0).Node("out", "Pad", "x", "pad");
        Assert.Equal([0, 0, 0, 1, 0, 0, 2, 0, 0], Run(graph, new GraphShape(2, 1, 1), [1, 2]));
    }

    [Fact]
    public void Sums_and_products_go_number_by_number_or_share_one_pixel()
    {
        var sum = new GraphBuilder().Input().Node("out", "AddV2", "x", "x");
        Assert.Equal([2, 4, 6, 8], Run(sum, new GraphShape(1, 2, 2), [1, 2, 3, 4]));

        var scaled = new GraphBuilder().Input().Node("mean", "Mean", "x").Node("out", "Mul", "x", "mean");
        Assert.Equal([2, 6, 6, 12], Run(scaled, new GraphShape(1, 2, 2), [1, 2, 3, 4]));
    }

    [Fact]
    public void Means_sigmoids_and_shares_are_what_their_names_say()
    {
        var mean = new GraphBuilder().Input().Node("out", "Mean", "x");
        Assert.Equal([2, 3], Run(mean, new GraphShape(2, 1, 2), [1, 2, 3, 4]));

        var sigmoid = new GraphBuilder().Input().Node("out", "Sigmoid", "x");
        AssertClose([0.5f, 0.880797f, 0], Run(sigmoid, new GraphShape(1, 1, 3), [0, 2, -200]));

        var softmax = new GraphBuilder().Input().Node("out", "Softmax", "x");
        AssertClose([0.25f, 0.75f], Run(softmax, new GraphShape(1, 1, 2), [1000, 1000 + MathF.Log(3)]));
    }

    [Fact]
    public void Flattening_goes_pixel_by_pixel()
    {
        var graph = new GraphBuilder().Input().Integers("shape", 1, 6).Node("out", "Reshape", "x", "shape");
        Assert.Equal([1, 2, 3, 4, 5, 6], Run(graph, new GraphShape(3, 1, 2), [1, 2, 3, 4, 5, 6]));
    }

    [Fact]
    public void Halves_are_read_as_the_numbers_they_are()
    {
        var graph = new GraphBuilder().Input()
            .Halves("w", [1, 2], 0.5f, -1.25f)
            .Halves("b", [2], 0, 1024)
            .Node("out", "_FusedMatMul", GraphBuilder.Fused("BiasAdd"), ["x", "w", "b"]);
        Assert.Equal([1, 1021.5f], Run(graph, new GraphShape(1, 1, 1), [2]));
    }

    [Fact]
    public void A_result_is_kept_for_whoever_needs_it_last_and_a_second_run_sees_nothing_of_the_first()
    {
        // Every step takes a buffer that another has left; the input is needed to the end.
        var graph = new GraphBuilder().Input().Node("a", "AddV2", "x", "x").Node("b", "AddV2", "a", "a").Node("c", "Mul", "b", "a")
            .Integers("pad", 0, 0, 1, 1, 1, 1, 0, 0).Node("d", "Pad", "c", "pad").Node("e", "Mean", "d").Node("out", "AddV2", "x", "e");
        var loaded = TensorGraph.Load(graph.Json, graph.Weights, new GraphShape(1, 1, 1));
        Span<float> result = [0f];
        loaded.Run([3], result);
        Assert.Equal(3 + (8 * 9 / 9f), result[0]);
        loaded.Run([1], result);
        Assert.Equal(1 + (8 / 9f), result[0], 1e-6f);
    }

    [Fact]
    public void Numbers_that_are_not_as_many_as_the_graph_has_are_the_callers_mistake()
    {
        var graph = new GraphBuilder().Input().Node("out", "Sigmoid", "x");
        var loaded = TensorGraph.Load(graph.Json, graph.Weights, new GraphShape(1, 1, 2));
        Assert.Throws<ArgumentException>(() => loaded.Run(new float[3], new float[2]));
        Assert.Throws<ArgumentException>(() => loaded.Run(new float[2], new float[1]));
    }

    private static float[] Run(GraphBuilder graph, GraphShape shape, float[] input)
    {
        var loaded = TensorGraph.Load(graph.Json, graph.Weights, shape);
        var output = new float[loaded.Output.Pixels * loaded.Output.Channels];
        loaded.Run(input, output);
        return output;
    }

    private static float[] Numbers(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (float)((random.NextDouble() * 2) - 1))];
    }

    private static void AssertClose(IReadOnlyList<float> expected, float[] actual)
    {
        Assert.Equal(expected.Count, actual.Length);
        for (var i = 0; i < actual.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 1e-4f);
        }
    }
}
