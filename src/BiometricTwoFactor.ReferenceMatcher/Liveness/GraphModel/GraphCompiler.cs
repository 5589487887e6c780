namespace BiometricTwoFactor.ReferenceMatcher.Liveness.GraphModel;

/// <summary>
/// Turns nodes into steps: works every shape out, packs the weights and gives each result a buffer that is free by
/// then. What would fail while running fails here, once, with the number of the node.
/// </summary>
internal sealed class GraphCompiler(Dictionary<string, GraphConstant> weights, GraphShape input)
{
    private readonly Dictionary<string, Value> _values = new(StringComparer.Ordinal);
    private readonly List<GraphStep> _steps = [];
    private readonly GraphBuffers _buffers = new();
    private Dictionary<string, int> _lastUse = [];
    private int _inputBuffer = -1;
    private long _products;
    private long _packed;

    private sealed record Value(string Name, GraphShape Shape, int Buffer);

    public TensorGraph Compile(IReadOnlyList<GraphNode> nodes)
    {
        _lastUse = LastUses(nodes);
        foreach (var node in nodes)
        {
            Add(node);
            foreach (var name in node.Inputs.Distinct(StringComparer.Ordinal))
            {
                if (_lastUse[name] == node.Number && _values.TryGetValue(name, out var value))
                {
                    _buffers.Release(value.Buffer);
                }
            }
        }

        return _inputBuffer < 0 || _steps.Count == 0
            ? throw new InvalidDataException("The graph has no input or computes nothing.")
            : new TensorGraph([.. _steps], _buffers.Sizes, input, _inputBuffer);
    }

    private static Dictionary<string, int> LastUses(IReadOnlyList<GraphNode> nodes)
    {
        var uses = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var node in nodes)
        {
            foreach (var name in node.Inputs)
            {
                uses[name] = node.Number;
            }
        }

        return uses;
    }

    private void Add(GraphNode node)
    {
        switch (node.Operation)
        {
            case "Const":
                Require(weights.ContainsKey(node.Name), node, "has no weights");
                break;
            case "Placeholder":
                Require(_inputBuffer < 0, node, "is a second input");
                _inputBuffer = Keep(node, input);
                break;
            case "Pad":
                AddPad(node);
                break;
            case "_FusedConv2D" or "Conv2D":
                AddConvolution(node);
                break;
            case "FusedDepthwiseConv2dNative" or "DepthwiseConv2dNative":
                AddDepthwise(node);
                break;
            case "_FusedMatMul" or "MatMul":
                AddProduct(node);
                break;
            case "AddV2" or "Mul":
                AddCombination(node);
                break;
            case "Mean":
                // The files name no axes: it is the mean over the picture. Others would be another input.
                var picture = Single(node, 1);
                AddStep(node, new GraphShape(1, 1, picture.Shape.Channels), (shape, target) => new MeanStep(shape, target, picture.Buffer, picture.Shape));
                break;
            case "Sigmoid":
                var value = Single(node, 1);
                AddStep(node, value.Shape, (shape, target) => new SigmoidStep(shape, target, value.Buffer));
                break;
            case "Softmax":
                var vector = Single(node, 1);
                Require(vector.Shape is { Pixels: 1, Channels: > 0 }, node, "is a softmax of something else than a vector");
                AddStep(node, vector.Shape, (shape, target) => new SoftmaxStep(shape, target, vector.Buffer));
                break;
            case "Reshape":
                AddReshape(node);
                break;
            default:
                throw Wrong(node, "is an operation that is not known");
        }
    }

    private void AddPad(GraphNode node)
    {
        var value = Single(node, 2);
        var sizes = Constant(node, 1).Integers;
        Require(sizes is [0, 0, >= 0 and <= 64, >= 0 and <= 64, >= 0 and <= 64, >= 0 and <= 64, 0, 0], node, "pads in a way that is not read");
        var padded = value.Shape with { Height = value.Shape.Height + sizes![2] + sizes[3], Width = value.Shape.Width + sizes[4] + sizes[5] };
        AddStep(node, padded, (shape, target) => new PadStep(shape, target, value.Buffer, value.Shape, sizes[2], sizes[4]));
    }

    private void AddConvolution(GraphNode node)
    {
        var value = Single(node, null);
        var filter = Constant(node, 1);
        Require(filter is { Floats: not null, Shape: [> 0, > 0, > 0, > 0] } && filter.Shape[2] == value.Shape.Channels, node, "has a filter that does not fit its input");
        var (height, width, channels) = (filter.Shape[0], filter.Shape[1], filter.Shape[3]);
        var result = Convolved(node, value.Shape, height, width, channels);
        var depth = height * width * value.Shape.Channels;
        Count(node, result.Pixels, (long)depth * GraphShape.Padded(channels));
        var packed = PackedWeights.Matrix(filter.Floats, depth, channels, Bias(node, channels), Slope(node, channels));
        if (height == 1 && width == 1 && node is { StrideX: 1, StrideY: 1 })
        {
            AddStep(node, result, (shape, target) => new PointwiseStep(shape, target, value.Buffer, value.Shape, packed));
            return;
        }

        Require((long)result.Pixels * depth <= GraphLimits.MaxValues, node, "is larger than in a model of this kind");
        var scratch = _buffers.Take(result.Pixels * depth);
        AddStep(node, result, (shape, target) =>
            new ConvolutionStep(shape, target, value.Buffer, value.Shape, (height, width), (node.StrideY, node.StrideX), packed, scratch));
        _buffers.Release(scratch);
    }

    private void AddDepthwise(GraphNode node)
    {
        var value = Single(node, null);
        var filter = Constant(node, 1);
        Require(filter is { Floats: not null, Shape: [> 0, > 0, > 0, 1] } && filter.Shape[2] == value.Shape.Channels, node, "has a filter that does not fit its input");
        var (height, width, channels) = (filter.Shape[0], filter.Shape[1], filter.Shape[2]);
        var result = Convolved(node, value.Shape, height, width, channels);
        Count(node, result.Pixels, (long)height * width * GraphShape.Padded(channels));
        var packed = PackedWeights.Filters(filter.Floats, height * width, channels, Bias(node, channels), Slope(node, channels));
        AddStep(node, result, (shape, target) =>
            new DepthwiseStep(shape, target, value.Buffer, value.Shape, (height, width), (node.StrideY, node.StrideX), packed));
    }

    private void AddProduct(GraphNode node)
    {
        var value = Single(node, null);
        var matrix = Constant(node, 1);
        Require(
            matrix is { Floats: not null, Shape: [> 0, > 0] } && value.Shape.Pixels == 1 && matrix.Shape[0] == value.Shape.Channels,
            node, "has a matrix that does not fit its input");
        var (depth, channels) = (matrix.Shape[0], matrix.Shape[1]);
        Count(node, 1, (long)depth * GraphShape.Padded(channels));
        var packed = PackedWeights.Matrix(matrix.Floats, depth, channels, Bias(node, channels), Slope(node, channels));
        AddStep(node, new GraphShape(1, 1, channels), (shape, target) => new PointwiseStep(shape, target, value.Buffer, value.Shape, packed));
    }

    private void AddCombination(GraphNode node)
    {
        Require(node.Inputs.Length == 2, node, "has not the inputs it needs");
        var (first, second) = (Computed(node, 0), Computed(node, 1));
        var onePixel = second.Shape == first.Shape with { Height = 1, Width = 1 };
        Require(onePixel || first.Shape == second.Shape, node, "combines two results that do not fit each other");
        AddStep(node, first.Shape, (shape, target) =>
            new CombineStep(shape, target, first.Buffer, second.Buffer, onePixel, string.Equals(node.Operation, "Mul", StringComparison.Ordinal)));
    }

    private void AddReshape(GraphNode node)
    {
        var value = Single(node, 2);
        var sizes = Constant(node, 1).Integers;
        var count = value.Shape.Pixels * value.Shape.Channels;
        Require(sizes is [1, var length] && (length == count || length == -1), node, "reshapes to something else than a vector of all numbers");
        AddStep(node, new GraphShape(1, 1, count), (shape, target) => new FlattenStep(shape, target, value.Buffer, value.Shape));
    }

    private static GraphShape Convolved(GraphNode node, GraphShape shape, int height, int width, int channels)
    {
        Require(node.HasValidPadding, node, "has a padding that is not read");
        Require(height <= shape.Height && width <= shape.Width, node, "has a filter larger than its input");
        return new GraphShape(((shape.Height - height) / node.StrideY) + 1, ((shape.Width - width) / node.StrideX) + 1, channels);
    }

    private float[] Bias(GraphNode node, int channels) =>
        node.Fused.HasFlag(FusedOperations.Bias) ? PerChannel(node, 2, channels) : new float[channels];

    private float[] Slope(GraphNode node, int channels)
    {
        var expected = 2 + (node.Fused.HasFlag(FusedOperations.Bias) ? 1 : 0);
        var isPrelu = node.Fused.HasFlag(FusedOperations.Prelu);
        Require(node.Inputs.Length == expected + (isPrelu ? 1 : 0), node, "has not the inputs it needs");
        if (isPrelu)
        {
            return PerChannel(node, expected, channels);
        }

        var slope = new float[channels];
        slope.AsSpan().Fill(node.Fused.HasFlag(FusedOperations.Relu) ? 0 : 1);
        return slope;
    }

    private float[] PerChannel(GraphNode node, int index, int channels)
    {
        Require(index < node.Inputs.Length, node, "has not the inputs it needs");
        var floats = Constant(node, index).Floats;
        Require(floats is not null && floats.Length == channels, node, "has a bias or a slope that does not fit its filter");
        return floats!;
    }

    private Value Single(GraphNode node, int? inputs)
    {
        Require(inputs is null ? node.Inputs.Length >= 2 : node.Inputs.Length == inputs, node, "has not the inputs it needs");
        return Computed(node, 0);
    }

    private Value Computed(GraphNode node, int index) =>
        _values.TryGetValue(node.Inputs[index], out var value) ? value : throw Wrong(node, "has an input that is not computed before it");

    private GraphConstant Constant(GraphNode node, int index) =>
        weights.TryGetValue(node.Inputs[index], out var tensor) ? tensor : throw Wrong(node, "lacks weights");

    private void AddStep(GraphNode node, GraphShape shape, Func<GraphShape, int, GraphStep> create) => _steps.Add(create(shape, Keep(node, shape)));

    private int Keep(GraphNode node, GraphShape shape)
    {
        Require(shape.Values is > 0 and <= GraphLimits.MaxValues, node, "is larger than in a model of this kind");
        var buffer = _buffers.Take((int)shape.Values);
        Require(_buffers.Total <= GraphLimits.MaxWorkspace, node, "needs more memory than a model of this kind");
        Require(_values.TryAdd(node.Name, new Value(node.Name, shape, buffer)), node, "has the name of another");
        return buffer;
    }

    // Before the weights are packed: each use packs them anew, and padding may make them many times larger.
    private void Count(GraphNode node, int pixels, long packed)
    {
        _packed += packed;
        _products += pixels * packed;
        Require(_packed <= GraphLimits.MaxPacked, node, "needs more memory than a model of this kind");
        Require(_products <= GraphLimits.MaxProducts, node, "needs more time than a model of this kind");
    }

    private static void Require([System.Diagnostics.CodeAnalysis.DoesNotReturnIf(false)] bool condition, GraphNode node, string problem)
    {
        if (!condition)
        {
            throw Wrong(node, problem);
        }
    }

    private static InvalidDataException Wrong(GraphNode node, string problem) => new($"Node {node.Number} of the graph {problem}.");
}
