using System.Globalization;
using System.Text;
using System.Text.Json;

namespace BiometricTwoFactor.ReferenceMatcher.Liveness.GraphModel;

/// <summary>
/// Reads a TensorFlow.js graph model: the graph and the list of its weights from model.json, the weights from the bytes
/// that belong to it. Everything that is not understood is refused: a skipped attribute would be a wrong score.
/// </summary>
internal sealed class GraphModelReader
{
    private GraphModelReader(List<GraphNode> nodes, List<string> shards, List<WeightEntry> entries)
    {
        Nodes = nodes;
        Shards = shards;
        _entries = entries;
    }

    private readonly List<WeightEntry> _entries;

    public IReadOnlyList<GraphNode> Nodes { get; }

    /// <summary>The names of the files that hold the weights, in order.</summary>
    public IReadOnlyList<string> Shards { get; }

    /// <summary>Bytes that the weights take together.</summary>
    public int WeightBytes { get; private init; }

    private sealed record WeightEntry(string Name, int[] Shape, int Count, bool IsInteger, bool IsHalf);

    /// <exception cref="InvalidDataException">The text is no graph model that is understood.</exception>
    public static GraphModelReader Read(ReadOnlyMemory<byte> json)
    {
        if (json.Length > GraphLimits.MaxJsonBytes)
        {
            throw new InvalidDataException("The model's JSON is longer than a graph model of this kind.");
        }

        try
        {
            using var document = JsonDocument.Parse(json);
            return Read(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or OverflowException or KeyNotFoundException)
        {
            throw new InvalidDataException("The file is no TensorFlow.js graph model: its JSON is malformed or lacks a part.", e);
        }
    }

    /// <summary>Decodes the weights.</summary>
    /// <exception cref="InvalidDataException">They are not as many bytes as the list says, or hold a value that is no number.</exception>
    public Dictionary<string, GraphConstant> ReadWeights(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != WeightBytes)
        {
            throw new InvalidDataException("The weights are not as long as the model's list of them says.");
        }

        var tensors = new Dictionary<string, GraphConstant>(StringComparer.Ordinal);
        foreach (var entry in _entries)
        {
            var size = entry.Count * (entry.IsHalf ? 2 : 4);
            if (!tensors.TryAdd(entry.Name, WeightBytesReader.Read(bytes[..size], entry.Shape, entry.Count, entry.IsInteger, entry.IsHalf)))
            {
                throw new InvalidDataException("Two weights of the model have the same name.");
            }

            bytes = bytes[size..];
        }

        return tensors;
    }

    private static GraphModelReader Read(JsonElement root)
    {
        var nodes = new List<GraphNode>();
        foreach (var node in root.GetProperty("modelTopology"u8).GetProperty("node"u8).EnumerateArray())
        {
            if (nodes.Count == GraphLimits.MaxNodes)
            {
                throw new InvalidDataException("The graph has more nodes than a model of this kind.");
            }

            nodes.Add(ReadNode(node, nodes.Count));
        }

        var shards = new List<string>();
        var entries = new List<WeightEntry>();
        long total = 0;
        foreach (var group in root.GetProperty("weightsManifest"u8).EnumerateArray())
        {
            foreach (var path in group.GetProperty("paths"u8).EnumerateArray())
            {
                shards.Add(Text(path));
            }

            foreach (var weight in group.GetProperty("weights"u8).EnumerateArray())
            {
                var entry = ReadEntry(weight);
                entries.Add(entry);
                total += (long)entry.Count * (entry.IsHalf ? 2 : 4);
                if (total > GraphLimits.MaxWeightBytes || entries.Count > GraphLimits.MaxNodes)
                {
                    throw new InvalidDataException("The model has more weights than one of this kind.");
                }
            }
        }

        return shards.Count > GraphLimits.MaxShards
            ? throw new InvalidDataException("The model's weights are spread over too many files.")
            : new GraphModelReader(nodes, shards, entries) { WeightBytes = (int)total };
    }

    private static WeightEntry ReadEntry(JsonElement weight)
    {
        var shape = weight.GetProperty("shape"u8).EnumerateArray().Select(size => size.GetInt32()).ToArray();
        long count = 1;
        foreach (var size in shape)
        {
            count = size < 0 ? long.MaxValue : count * size;
            if (count > GraphLimits.MaxWeightBytes)
            {
                throw new InvalidDataException("A weight of the model is larger than in one of this kind.");
            }
        }

        var isInteger = weight.GetProperty("dtype"u8).ValueEquals("int32"u8);
        if (!isInteger && !weight.GetProperty("dtype"u8).ValueEquals("float32"u8))
        {
            throw new InvalidDataException("A weight of the model is of a type that is not read: float32 and int32 are.");
        }

        var isHalf = weight.TryGetProperty("quantization"u8, out var quantization);
        if (isHalf && (isInteger || !quantization.GetProperty("dtype"u8).ValueEquals("float16"u8)))
        {
            throw new InvalidDataException("A weight of the model is quantised in a way that is not read: float16 is.");
        }

        return new WeightEntry(Text(weight.GetProperty("name"u8)), shape, (int)count, isInteger, isHalf);
    }

    private static GraphNode ReadNode(JsonElement node, int number)
    {
        int strideY = 1, strideX = 1;
        var valid = false;
        var fused = FusedOperations.None;
        if (node.TryGetProperty("attr"u8, out var attributes))
        {
            foreach (var attribute in attributes.EnumerateObject())
            {
                switch (attribute.Name)
                {
                    case "strides":
                        (strideY, strideX) = ReadStrides(attribute.Value, number);
                        break;
                    case "padding":
                        valid = Encoding.ASCII.GetString(attribute.Value.GetProperty("s"u8).GetBytesFromBase64()) is "VALID";
                        break;
                    case "fused_ops":
                        fused = ReadFused(attribute.Value, number);
                        break;
                    // Say nothing that changes a result: types, shapes and counts follow from the inputs.
                    case "T" or "dtype" or "shape" or "Tpaddings" or "Tshape" or "num_args" or "value":
                        break;
                    default:
                        throw new InvalidDataException($"Node {number} of the graph has an attribute that is not understood.");
                }
            }
        }

        var inputs = node.TryGetProperty("input"u8, out var list) ? list.EnumerateArray().Select(Text).ToArray() : [];
        return new GraphNode(number, Text(node.GetProperty("name"u8)), Text(node.GetProperty("op"u8)), inputs, strideY, strideX, valid, fused);
    }

    private static (int Y, int X) ReadStrides(JsonElement value, int number)
    {
        var strides = value.GetProperty("list"u8).GetProperty("i"u8).EnumerateArray().Select(Number).ToArray();
        return strides is [1, > 0 and <= 16, > 0 and <= 16, 1]
            ? (strides[1], strides[2])
            : throw new InvalidDataException($"Node {number} of the graph has strides that are not read.");
    }

    private static FusedOperations ReadFused(JsonElement value, int number)
    {
        var fused = FusedOperations.None;
        foreach (var name in value.GetProperty("list"u8).GetProperty("s"u8).EnumerateArray())
        {
            var next = Encoding.ASCII.GetString(name.GetBytesFromBase64()) switch
            {
                "BiasAdd" => FusedOperations.Bias,
                "Relu" => FusedOperations.Relu,
                "Prelu" => FusedOperations.Prelu,
                _ => throw new InvalidDataException($"Node {number} of the graph is fused with an operation that is not known."),
            };

            // The order is part of the meaning: the bias first, one activation after it.
            if (next <= fused || fused == FusedOperations.Relu)
            {
                throw new InvalidDataException($"Node {number} of the graph has its fused operations in an order that is not read.");
            }

            fused |= next;
        }

        return fused.HasFlag(FusedOperations.Relu | FusedOperations.Prelu)
            ? throw new InvalidDataException($"Node {number} of the graph has two activations.")
            : fused;
    }

    // The format writes 64-bit integers as text; some writers leave them numbers.
    private static int Number(JsonElement value) => value.ValueKind == JsonValueKind.String
        ? int.Parse(Text(value), NumberStyles.None, CultureInfo.InvariantCulture)
        : value.GetInt32();

    private static string Text(JsonElement value) => value.GetString() ?? throw new FormatException();
}
