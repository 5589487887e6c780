using System.Text;
using System.Text.Json.Nodes;
using BiometricTwoFactor.ReferenceMatcher.Liveness.GraphModel;

namespace BiometricTwoFactor.ReferenceMatcher.Tests.Liveness;

/// <summary>What is no model that is understood is refused while loading, with the reason and nothing else.</summary>
public sealed class GraphRefusalTests
{
    private static readonly GraphShape Pixel = new(4, 4, 3);

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"modelTopology":7,"weightsManifest":[]}""")]
    [InlineData("""{"modelTopology":{"node":{}},"weightsManifest":[]}""")]
    [InlineData("""{"modelTopology":{"node":[7]},"weightsManifest":[]}""")]
    [InlineData("""{"modelTopology":{"node":[{"name":null,"op":"Const"}]},"weightsManifest":[]}""")]
    [InlineData("""{"modelTopology":{"node":[{"name":"\ud800","op":"Const"}]},"weightsManifest":[]}""")]
    [InlineData("""{"modelTopology":{"node":[{"name":"x","op":"Pad","attr":{"strides":{"list":{"i":["99999999999","1","1","1"]}}}}]},"weightsManifest":[]}""")]
    [InlineData("""{"modelTopology":{"node":[{"name":"x","op":"Pad","attr":{"padding":{"s":"*"}}}]},"weightsManifest":[]}""")]
    [InlineData("""{"modelTopology":{"node":[]},"weightsManifest":[{"paths":[],"weights":[{"name":"w","shape":[1.5],"dtype":"float32"}]}]}""")]
    [InlineData("""{"modelTopology":{"node":[]},"weightsManifest":[]}""")]
    public void Json_that_is_no_graph_model(string json) =>
        Assert.Throws<InvalidDataException>(() => TensorGraph.Load(Encoding.UTF8.GetBytes(json), [], Pixel));

    [Fact]
    public void Json_nested_without_end()
    {
        var json = Encoding.ASCII.GetBytes(new string('[', 1_000_000));
        Assert.Throws<InvalidDataException>(() => TensorGraph.Load(json, [], Pixel));
    }

    [Fact]
    public void Bytes_that_are_no_text_or_too_many()
    {
        Assert.Throws<InvalidDataException>(() => TensorGraph.Load(new byte[] { 0x89, 0x50, 0x4E, 0x47 }, [], Pixel));
        Assert.Throws<InvalidDataException>(() => TensorGraph.Load(new byte[GraphLimits.MaxJsonBytes + 1], [], Pixel));
    }

    [Fact]
    public void Weights_too_short_or_too_long()
    {
        var graph = GraphBuilder.TinyNetwork();
        var message = Assert.Throws<InvalidDataException>(() => TensorGraph.Load(graph.Json, graph.Weights.AsSpan(1), Pixel)).Message;
        Assert.Equal("The weights are not as long as the model's list of them says.", message);
        Assert.Throws<InvalidDataException>(() => TensorGraph.Load(graph.Json, [.. graph.Weights, 0], Pixel));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Weights_that_are_no_numbers(float value) =>
        Refused(new GraphBuilder().Input().Floats("w", [1], value), "A weight of the model is not a finite number.");

    [Theory]
    [InlineData("uint8", null)]
    [InlineData("string", null)]
    [InlineData("float32", "uint8")]
    [InlineData("int32", "float16")]
    public void Weights_of_another_type(string type, string? quantization) =>
        Refused(new GraphBuilder().Input().Weight("w", [1], type, quantization), null);

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(65536, 65536)]
    [InlineData(int.MaxValue, int.MaxValue)]
    [InlineData(3000, 4000)]
    public void Weights_larger_than_they_may_be_cost_no_memory(int height, int width)
    {
        var json = new GraphBuilder().Input().Weight("w", [height, width, 1], "float32", null).Json;
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<InvalidDataException>(() => TensorGraph.Load(json, [], Pixel));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void Two_weights_of_one_name() =>
        Refused(new GraphBuilder().Input().Floats("w", [1], 1).Floats("w", [1], 1), "Two weights of the model have the same name.");

    [Fact]
    public void An_unknown_operation_and_an_unknown_attribute()
    {
        Refused(new GraphBuilder().Input().Node("out", "Einsum", "x"), "Node 1 of the graph is an operation that is not known.");
        var dilated = new JsonObject { ["dilations"] = new JsonObject() };
        Refused(new GraphBuilder().Input().Node("out", "Mean", dilated, ["x"]), "Node 1 of the graph has an attribute that is not understood.");
    }

    [Fact]
    public void Fused_operations_that_are_unknown_or_in_another_order()
    {
        string[][] wrong = [["Elu"], ["Prelu", "BiasAdd"], ["BiasAdd", "BiasAdd"], ["BiasAdd", "Relu", "Prelu"], ["Relu", "Prelu"]];
        foreach (var fused in wrong)
        {
            Refused(Convolution([1, 1, 3, 2], GraphBuilder.Convolution(1, fused)), null);
        }
    }

    [Theory]
    [InlineData(1, 1, 4, 2)]
    [InlineData(5, 1, 3, 2)]
    [InlineData(1, 5, 3, 2)]
    [InlineData(1, 1, 3, 3)]
    [InlineData(0, 1, 3, 2)]
    public void A_filter_that_does_not_fit(int height, int width, int channels, int results) =>
        Refused(Convolution([height, width, channels, results], GraphBuilder.Convolution(1, "BiasAdd")), null);

    [Fact]
    public void A_padding_or_strides_that_are_not_read()
    {
        var same = GraphBuilder.Convolution(1, "BiasAdd");
        same["padding"] = new JsonObject { ["s"] = GraphBuilder.Base64("SAME") };
        Refused(Convolution([1, 1, 3, 2], same), "Node 3 of the graph has a padding that is not read.");
        Refused(Convolution([1, 1, 3, 2], GraphBuilder.Convolution(0, "BiasAdd")), "Node 3 of the graph has strides that are not read.");
        Refused(new GraphBuilder().Input().Integers("pad", 0, 0, -1, 0, 0, 0, 0, 0).Node("out", "Pad", "x", "pad"), "Node 2 of the graph pads in a way that is not read.");
        Refused(new GraphBuilder().Input().Integers("pad", 0, 0, 1, 1).Node("out", "Pad", "x", "pad"), null);
    }

    [Fact]
    public void Inputs_that_are_missing_too_many_or_not_computed_yet()
    {
        Refused(new GraphBuilder().Input().Node("out", "Mean"), null);
        Refused(new GraphBuilder().Input().Node("out", "Mean", "x", "x"), null);
        Refused(new GraphBuilder().Input().Node("out", "AddV2", "x"), null);
        Refused(new GraphBuilder().Input().Node("out", "Mean", "later").Node("later", "Mean", "x"), "Node 1 of the graph has an input that is not computed before it.");
        Refused(new GraphBuilder().Input().Node("out", "_FusedMatMul", "x", "nowhere"), "Node 1 of the graph lacks weights.");
        Refused(new GraphBuilder().Input().Node("w", "Const"), "Node 1 of the graph has no weights.");
        Refused(new GraphBuilder().Input().Input("y"), "Node 1 of the graph is a second input.");
        Refused(new GraphBuilder().Input().Node("x", "Mean", "x"), "Node 1 of the graph has the name of another.");
        Refused(new GraphBuilder().Input(), "The graph has no input or computes nothing.");
    }

    [Fact]
    public void Results_that_do_not_fit_each_other()
    {
        Refused(new GraphBuilder().Input().Node("mean", "Mean", "x").Node("out", "AddV2", "mean", "x"), null);
        Refused(new GraphBuilder().Input().Node("out", "Softmax", "x"), null);
        Refused(new GraphBuilder().Input().Integers("shape", 1, 47).Node("out", "Reshape", "x", "shape"), null);
        Refused(new GraphBuilder().Input().Floats("w", [3, 1], 1, 2, 3).Node("out", "_FusedMatMul", "x", "w"), null);
    }

    [Fact]
    public void A_graph_that_would_take_the_machine()
    {
        var padded = new GraphBuilder().Input().Integers("pad", 0, 0, 64, 64, 64, 64, 0, 0);
        var name = "x";
        for (var i = 0; i < 100; i++)
        {
            padded.Node($"n{i}", "Pad", name, "pad");
            name = $"n{i}";
        }

        Refused(padded, null);

        var wide = new GraphBuilder().Input();
        for (var i = 0; i < GraphLimits.MaxNodes; i++)
        {
            wide.Node($"n{i}", "Mean", "x");
        }

        Refused(wide, "The graph has more nodes than a model of this kind.");
    }

    [Fact]
    public void Weights_that_padding_would_make_many_times_larger()
    {
        // One channel of results takes a whole block, and every use is packed anew.
        var graph = new GraphBuilder().Input().Integers("shape", 1, 600_000).Node("long", "Reshape", "x", "shape")
            .Floats("w", [600_000, 1], new float[600_000]);
        for (var i = 0; i < 100; i++)
        {
            graph.Node($"n{i}", "MatMul", "long", "w");
        }

        var (json, weights) = (graph.Json, graph.Weights);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<InvalidDataException>(() => TensorGraph.Load(json, weights, new GraphShape(400, 500, 3)));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 120_000_000);
    }

    private static GraphBuilder Convolution(int[] shape, JsonObject attributes) => new GraphBuilder().Input()
        .Floats("w", shape, new float[shape.Aggregate((a, b) => a * b)])
        .Floats("b", [2], 0, 0)
        .Node("out", "_FusedConv2D", attributes, ["x", "w", "b"]);

    private static void Refused(GraphBuilder graph, string? message)
    {
        var exception = Assert.Throws<InvalidDataException>(() => TensorGraph.Load(graph.Json, graph.Weights, Pixel));
        if (message is not null)
        {
            Assert.Equal(message, exception.Message);
        }
    }
}
