using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BiometricTwoFactor.ReferenceMatcher.Liveness.GraphModel;

/// <summary>
/// The two loops that take the time. <see cref="Vector{T}"/> is as wide as the machine has it, so that there is one path
/// to be right; without vector hardware the runtime computes the same in plain numbers. Compiled with all optimisation at
/// once: the first picture is scored as fast as the hundredth.
/// </summary>
internal static class GraphKernels
{
    /// <summary>
    /// Rows times a matrix: <paramref name="output"/>[r, n] = sum over k of <paramref name="input"/>[r, k] * weights[k, n],
    /// plus bias, then x or slope * x by the sign. The weights lie in panels of two vectors: panel, k, column.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MultiplyRows(ReadOnlySpan<float> input, int inputStride, int rows, int depth, PackedWeights weights, Span<float> output)
    {
        var width = Vector<float>.Count;
        var outputStride = weights.Columns;
        for (var panel = 0; panel < outputStride / (2 * width); panel++)
        {
            var column = panel * 2 * width;
            ref var w = ref MemoryMarshal.GetReference(weights.Values.AsSpan(panel * depth * 2 * width, depth * 2 * width));
            var bias0 = new Vector<float>(weights.Bias, column);
            var bias1 = new Vector<float>(weights.Bias, column + width);
            var slope0 = new Vector<float>(weights.Slope, column);
            var slope1 = new Vector<float>(weights.Slope, column + width);
            var row = 0;
            for (; row + 4 <= rows; row += 4)
            {
                // Taken as spans first: a wrong size fails here, not in memory that is somebody else's.
                ref var x0 = ref MemoryMarshal.GetReference(input.Slice(row * inputStride, depth));
                ref var x1 = ref MemoryMarshal.GetReference(input.Slice((row + 1) * inputStride, depth));
                ref var x2 = ref MemoryMarshal.GetReference(input.Slice((row + 2) * inputStride, depth));
                ref var x3 = ref MemoryMarshal.GetReference(input.Slice((row + 3) * inputStride, depth));
                Vector<float> a0 = bias0, a1 = bias1, b0 = bias0, b1 = bias1, c0 = bias0, c1 = bias1, d0 = bias0, d1 = bias1;
                for (var k = 0; k < depth; k++)
                {
                    var w0 = Vector.LoadUnsafe(ref w, (nuint)(k * 2 * width));
                    var w1 = Vector.LoadUnsafe(ref w, (nuint)((k * 2 * width) + width));
                    var x = Vector.Create(Unsafe.Add(ref x0, k));
                    a0 = Vector.MultiplyAddEstimate(x, w0, a0);
                    a1 = Vector.MultiplyAddEstimate(x, w1, a1);
                    x = Vector.Create(Unsafe.Add(ref x1, k));
                    b0 = Vector.MultiplyAddEstimate(x, w0, b0);
                    b1 = Vector.MultiplyAddEstimate(x, w1, b1);
                    x = Vector.Create(Unsafe.Add(ref x2, k));
                    c0 = Vector.MultiplyAddEstimate(x, w0, c0);
                    c1 = Vector.MultiplyAddEstimate(x, w1, c1);
                    x = Vector.Create(Unsafe.Add(ref x3, k));
                    d0 = Vector.MultiplyAddEstimate(x, w0, d0);
                    d1 = Vector.MultiplyAddEstimate(x, w1, d1);
                }

                Store(output, (row * outputStride) + column, a0, a1, slope0, slope1);
                Store(output, ((row + 1) * outputStride) + column, b0, b1, slope0, slope1);
                Store(output, ((row + 2) * outputStride) + column, c0, c1, slope0, slope1);
                Store(output, ((row + 3) * outputStride) + column, d0, d1, slope0, slope1);
            }

            for (; row < rows; row++)
            {
                var values = input.Slice(row * inputStride, depth);
                Vector<float> a0 = bias0, a1 = bias1;
                for (var k = 0; k < values.Length; k++)
                {
                    var x = Vector.Create(values[k]);
                    a0 = Vector.MultiplyAddEstimate(x, Vector.LoadUnsafe(ref w, (nuint)(k * 2 * width)), a0);
                    a1 = Vector.MultiplyAddEstimate(x, Vector.LoadUnsafe(ref w, (nuint)((k * 2 * width) + width)), a1);
                }

                Store(output, (row * outputStride) + column, a0, a1, slope0, slope1);
            }
        }
    }

    /// <summary>Each channel with its own small filter, inside the picture only. The weights lie as tap, channel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Depthwise(
        ReadOnlySpan<float> input, GraphShape shape, int filterHeight, int filterWidth, int strideY, int strideX, PackedWeights weights, Span<float> output, GraphShape result)
    {
        var stride = shape.Stride;
        var width = Vector<float>.Count;
        for (var y = 0; y < result.Height; y++)
        {
            for (var x = 0; x < result.Width; x++)
            {
                var corner = ((y * strideY * shape.Width) + (x * strideX)) * stride;
                // As far as the filter reaches from this corner: one check for all taps.
                var window = input.Slice(corner, ((((filterHeight - 1) * shape.Width) + filterWidth - 1) * stride) + stride);
                ref var first = ref MemoryMarshal.GetReference(window);
                ref var w = ref MemoryMarshal.GetReference(weights.Values.AsSpan(0, filterHeight * filterWidth * stride));
                var target = output.Slice(((y * result.Width) + x) * stride, stride);
                for (var channel = 0; channel < stride; channel += 2 * width)
                {
                    var sum0 = new Vector<float>(weights.Bias, channel);
                    var sum1 = new Vector<float>(weights.Bias, channel + width);
                    var tap = channel;
                    for (var filterY = 0; filterY < filterHeight; filterY++)
                    {
                        var place = (filterY * shape.Width * stride) + channel;
                        for (var filterX = 0; filterX < filterWidth; filterX++, place += stride, tap += stride)
                        {
                            sum0 = Vector.MultiplyAddEstimate(Vector.LoadUnsafe(ref first, (nuint)place), Vector.LoadUnsafe(ref w, (nuint)tap), sum0);
                            sum1 = Vector.MultiplyAddEstimate(
                                Vector.LoadUnsafe(ref first, (nuint)(place + width)), Vector.LoadUnsafe(ref w, (nuint)(tap + width)), sum1);
                        }
                    }

                    Store(target, channel, sum0, sum1, new Vector<float>(weights.Slope, channel), new Vector<float>(weights.Slope, channel + width));
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Span<float> output, int at, Vector<float> first, Vector<float> second, Vector<float> slope0, Vector<float> slope1)
    {
        var target = output.Slice(at, 2 * Vector<float>.Count);
        Activated(first, slope0).CopyTo(target);
        Activated(second, slope1).CopyTo(target[Vector<float>.Count..]);
    }

    // A slope of 1 leaves the sum as it is, 0 is ReLU, anything else PReLU.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Activated(Vector<float> sum, Vector<float> slope) =>
        Vector.Max(sum, Vector<float>.Zero) + (slope * Vector.Min(sum, Vector<float>.Zero));
}
