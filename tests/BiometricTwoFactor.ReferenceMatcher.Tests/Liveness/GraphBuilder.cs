using System.Text.Json.Nodes;

namespace BiometricTwoFactor.ReferenceMatcher.Tests.Liveness;

/// <summary>Writes small TensorFlow.js graph models as their converter would.</summary>
internal sealed class GraphBuilder
{
    private readonly JsonArray _nodes = [];
    private readonly JsonArray _weights = [];
    private readonly MemoryStream _bytes = new();

    public JsonArray Paths { get; } = ["weights.bin"];

    public byte[] Weights => _bytes.ToArray();

    public byte[] Json => System.Text.Encoding.UTF8.GetBytes(Document.ToJsonString());

    public JsonObject Document => new()
    {
        ["modelTopology"] = new JsonObject { ["node"] = _nodes.DeepClone() },
        ["weightsManifest"] = new JsonArray(new JsonObject { ["paths"] = Paths.DeepClone(), ["weights"] = _weights.DeepClone() }),
    };

    public GraphBuilder Input(string name = "x") => Node(name, "Placeholder");

    public GraphBuilder Node(string name, string operation, params string[] inputs) => Node(name, operation, null, inputs);

    public GraphBuilder Node(string name, string operation, JsonObject? attributes, string[] inputs)
    {
        var node = new JsonObject { ["name"] = name, ["op"] = operation, ["attr"] = attributes ?? [] };
        if (inputs.Length > 0)
        {
            node["input"] = new JsonArray([.. inputs.Select(input => (JsonNode)input)]);
        }

        _nodes.Add(node);
        return this;
    }

    public GraphBuilder Floats(string name, int[] shape, params float[] values)
    {
        foreach (var value in values)
        {
            _bytes.Write(BitConverter.GetBytes(value));
        }

        return Weight(name, shape, "float32", null);
    }

    public GraphBuilder Halves(string name, int[] shape, params float[] values)
    {
        foreach (var value in values)
        {
            _bytes.Write(BitConverter.GetBytes((Half)value));
        }

        return Weight(name, shape, "float32", "float16");
    }

    public GraphBuilder Integers(string name, params int[] values)
    {
        foreach (var value in values)
        {
            _bytes.Write(BitConverter.GetBytes(value));
        }

        return Weight(name, name.StartsWith("pad", StringComparison.Ordinal) ? [4, 2] : [values.Length], "int32", null);
    }

    public GraphBuilder Weight(string name, int[] shape, string type, string? quantization)
    {
        var weight = new JsonObject { ["name"] = name, ["shape"] = new JsonArray([.. shape.Select(size => (JsonNode)size)]), ["dtype"] = type };
        if (quantization is not null)
        {
            weight["quantization"] = new JsonObject { ["dtype"] = quantization };
        }

        _weights.Add(weight);
        return Node(name, "Const");
    }

    public static JsonObject Convolution(int stride, params string[] fused) => new()
    {
        ["strides"] = new JsonObject { ["list"] = new JsonObject { ["i"] = new JsonArray("1", $"{stride}", $"{stride}", "1") } },
        ["padding"] = new JsonObject { ["s"] = Base64("VALID") },
        ["fused_ops"] = Fused(fused)["fused_ops"]!.DeepClone(),
    };

    public static JsonObject Fused(params string[] fused) => new()
    {
        ["fused_ops"] = new JsonObject { ["list"] = new JsonObject { ["s"] = new JsonArray([.. fused.Select(name => (JsonNode)Base64(name))]) } },
    };

    public static string Base64(string text) => Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(text));

    /// <summary>A model with the input and the result of MiniFASNet: the channels' means, weighted, as shares.</summary>
    public static GraphBuilder TinyNetwork() => new GraphBuilder()
        .Input()
        .Floats("w", [3, 3], 0.01f, 0, 0, 0, 0.01f, 0, 0, 0, 0.01f)
        .Floats("b", [3], 0, 0, 0)
        .Node("mean", "Mean", "x")
        .Node("product", "_FusedMatMul", Fused("BiasAdd"), ["mean", "w", "b"])
        .Node("out", "Softmax", "product");
}
