using System.Collections.Concurrent;

namespace BiometricTwoFactor.ReferenceMatcher.Liveness.GraphModel;

/// <summary>
/// A graph that has been checked for one size of input: every shape is known, every step has its buffers. Immutable; may
/// run on any number of threads, each with a workspace of its own that is kept for the next run.
/// </summary>
internal sealed class TensorGraph
{
    private readonly GraphStep[] _steps;
    private readonly int[] _bufferSizes;
    private readonly GraphShape _input;
    private readonly int _inputBuffer;
    private readonly ConcurrentBag<float[][]> _workspaces = [];

    public TensorGraph(GraphStep[] steps, int[] bufferSizes, GraphShape input, int inputBuffer)
    {
        _steps = steps;
        _bufferSizes = bufferSizes;
        _input = input;
        _inputBuffer = inputBuffer;
    }

    /// <summary>Numbers of the result.</summary>
    public GraphShape Output => _steps[^1].Shape;

    /// <summary>Loads a model for one picture of the given size.</summary>
    /// <exception cref="InvalidDataException">The graph is not understood, or does not fit its weights or the picture.</exception>
    public static TensorGraph Load(ReadOnlyMemory<byte> json, ReadOnlySpan<byte> weights, GraphShape input)
    {
        var reader = GraphModelReader.Read(json);
        return new GraphCompiler(reader.ReadWeights(weights), input).Compile(reader.Nodes);
    }

    /// <summary>Runs the graph.</summary>
    /// <param name="input">The picture: pixel by pixel its channels, without padding.</param>
    /// <param name="output">As many numbers as <see cref="Output"/> has; for a picture pixel by pixel.</param>
    public void Run(ReadOnlySpan<float> input, Span<float> output)
    {
        if (input.Length != _input.Pixels * _input.Channels || output.Length != Output.Pixels * Output.Channels)
        {
            throw new ArgumentException("The numbers are not as many as the graph has.", nameof(input));
        }

        if (!_workspaces.TryTake(out var buffers))
        {
            buffers = Array.ConvertAll(_bufferSizes, size => new float[size]);
        }

        for (var pixel = 0; pixel < _input.Pixels; pixel++)
        {
            var row = buffers[_inputBuffer].AsSpan(pixel * _input.Stride, _input.Stride);
            input.Slice(pixel * _input.Channels, _input.Channels).CopyTo(row);
            row[_input.Channels..].Clear();
        }

        foreach (var step in _steps)
        {
            step.Run(buffers);
        }

        var result = buffers[_steps[^1].Target];
        for (var pixel = 0; pixel < Output.Pixels; pixel++)
        {
            result.AsSpan(pixel * Output.Stride, Output.Channels).CopyTo(output[(pixel * Output.Channels)..]);
        }

        _workspaces.Add(buffers);
    }
}
