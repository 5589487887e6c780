using System.Numerics;

namespace BiometricTwoFactor.ReferenceMatcher.Liveness.GraphModel;

/// <summary>One operation, ready to run: it reads and writes numbered buffers of a workspace. Immutable.</summary>
internal abstract class GraphStep(GraphShape shape, int target)
{
    public GraphShape Shape { get; } = shape;

    public int Target { get; } = target;

    public abstract void Run(float[][] buffers);

    protected Span<float> Output(float[][] buffers) => buffers[Target].AsSpan(0, (int)Shape.Values);
}

/// <summary>A convolution of one pixel by one pixel, or a matrix product of a vector.</summary>
internal sealed class PointwiseStep(GraphShape shape, int target, int source, GraphShape input, PackedWeights weights) : GraphStep(shape, target)
{
    public override void Run(float[][] buffers) =>
        GraphKernels.MultiplyRows(buffers[source].AsSpan(0, (int)input.Values), input.Stride, input.Pixels, input.Channels, weights, Output(buffers));
}

/// <summary>A convolution with a larger filter: what each result needs is gathered in a row, then multiplied.</summary>
internal sealed class ConvolutionStep(
    GraphShape shape, int target, int source, GraphShape input, (int Height, int Width) filter, (int Y, int X) stride, PackedWeights weights, int scratch)
    : GraphStep(shape, target)
{
    public override void Run(float[][] buffers)
    {
        var values = buffers[source];
        var depth = filter.Height * filter.Width * input.Channels;
        var rows = buffers[scratch].AsSpan(0, Shape.Pixels * depth);
        var at = 0;
        for (var y = 0; y < Shape.Height; y++)
        {
            for (var x = 0; x < Shape.Width; x++)
            {
                for (var tap = 0; tap < filter.Height * filter.Width; tap++, at += input.Channels)
                {
                    var pixel = (((y * stride.Y) + (tap / filter.Width)) * input.Width) + (x * stride.X) + (tap % filter.Width);
                    values.AsSpan(pixel * input.Stride, input.Channels).CopyTo(rows[at..]);
                }
            }
        }

        GraphKernels.MultiplyRows(rows, depth, Shape.Pixels, depth, weights, Output(buffers));
    }
}

/// <summary>A convolution that keeps the channels apart.</summary>
internal sealed class DepthwiseStep(
    GraphShape shape, int target, int source, GraphShape input, (int Height, int Width) filter, (int Y, int X) stride, PackedWeights weights)
    : GraphStep(shape, target)
{
    public override void Run(float[][] buffers) => GraphKernels.Depthwise(
        buffers[source].AsSpan(0, (int)input.Values), input, filter.Height, filter.Width, stride.Y, stride.X, weights, Output(buffers), Shape);
}

/// <summary>Zeros around the picture.</summary>
internal sealed class PadStep(GraphShape shape, int target, int source, GraphShape input, int top, int left) : GraphStep(shape, target)
{
    public override void Run(float[][] buffers)
    {
        var output = Output(buffers);
        output.Clear();
        var row = input.Width * input.Stride;
        for (var y = 0; y < input.Height; y++)
        {
            buffers[source].AsSpan(y * row, row).CopyTo(output[((((y + top) * Shape.Width) + left) * Shape.Stride)..]);
        }
    }
}

/// <summary>Sum or product, number by number; the second may be one pixel that serves all.</summary>
internal sealed class CombineStep(GraphShape shape, int target, int first, int second, bool secondIsOnePixel, bool multiplies) : GraphStep(shape, target)
{
    public override void Run(float[][] buffers)
    {
        var output = Output(buffers);
        var width = Vector<float>.Count;
        for (var i = 0; i < output.Length; i += width)
        {
            var a = new Vector<float>(buffers[first], i);
            var b = new Vector<float>(buffers[second], secondIsOnePixel ? i % Shape.Stride : i);
            (multiplies ? a * b : a + b).CopyTo(output[i..]);
        }
    }
}

/// <summary>The mean of each channel over the picture.</summary>
internal sealed class MeanStep(GraphShape shape, int target, int source, GraphShape input) : GraphStep(shape, target)
{
    public override void Run(float[][] buffers)
    {
        var output = Output(buffers);
        output.Clear();
        for (var i = 0; i < input.Values; i++)
        {
            output[i % input.Stride] += buffers[source][i];
        }

        for (var i = 0; i < output.Length; i++)
        {
            output[i] /= input.Pixels;
        }
    }
}

/// <summary>1 / (1 + e^-x).</summary>
internal sealed class SigmoidStep(GraphShape shape, int target, int source) : GraphStep(shape, target)
{
    public override void Run(float[][] buffers)
    {
        var output = Output(buffers);
        output.Clear();
        for (var i = 0; i < output.Length; i++)
        {
            if (i % Shape.Stride < Shape.Channels)
            {
                output[i] = 1 / (1 + MathF.Exp(-buffers[source][i]));
            }
        }
    }
}

/// <summary>Shares of the whole, by e^x. For a vector.</summary>
internal sealed class SoftmaxStep(GraphShape shape, int target, int source) : GraphStep(shape, target)
{
    public override void Run(float[][] buffers)
    {
        var output = Output(buffers);
        output.Clear();
        var values = buffers[source].AsSpan(0, Shape.Channels);
        var largest = float.NegativeInfinity;
        foreach (var value in values)
        {
            largest = MathF.Max(largest, value);
        }

        var sum = 0f;
        for (var i = 0; i < values.Length; i++)
        {
            output[i] = MathF.Exp(values[i] - largest);
            sum += output[i];
        }

        for (var i = 0; i < values.Length; i++)
        {
            output[i] /= sum;
        }
    }
}

/// <summary>A picture as one long vector.</summary>
internal sealed class FlattenStep(GraphShape shape, int target, int source, GraphShape input) : GraphStep(shape, target)
{
    public override void Run(float[][] buffers)
    {
        var output = Output(buffers);
        output.Clear();
        for (var pixel = 0; pixel < input.Pixels; pixel++)
        {
            buffers[source].AsSpan(pixel * input.Stride, input.Channels).CopyTo(output[(pixel * input.Channels)..]);
        }
    }
}
