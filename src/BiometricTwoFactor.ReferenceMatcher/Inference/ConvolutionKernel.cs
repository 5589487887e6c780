using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BiometricTwoFactor.ReferenceMatcher.Inference;

/// <summary>
/// The loop of a convolution. A tile is a few output pixels times two vectors of output channels, which stay in
/// registers while all taps run by: each weight is loaded once a tile, each input value once a tile. In a row of pixels
/// the taps of one filter row lie side by side (NHWC), so that the innermost loop has one running index.
/// </summary>
internal static class ConvolutionKernel<TVector, TLanes>
    where TVector : struct
    where TLanes : struct, ILanes<TVector>
{
    private static int TileSize => TLanes.ManyRegisters ? 8 : 4;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(Convolution convolution, FeatureMap input, FeatureMap output, bool accumulate, bool relu)
    {
        RequireFit(convolution, input, output);
        // The output may be a pixel smaller than its map: what the filter cannot reach is left alone.
        var (before, after) = convolution.Padding;
        var height = Math.Min(output.Height, ((input.Height + before + after - convolution.Size) / convolution.Stride) + 1);
        var width = Math.Min(output.Width, ((input.Width + before + after - convolution.Size) / convolution.Stride) + 1);
        var pixels = height * width;
        var run = convolution.Size * convolution.Inputs;
        Span<int> from = stackalloc int[8];
        Span<int> to = stackalloc int[8];
        for (var block = 0; block < convolution.Outputs; block += convolution.Block)
        {
            ref var weights = ref convolution.Weights[block * convolution.Size * run];
            ref var bias = ref convolution.Bias[block];
            for (var pixel = 0; pixel < pixels; pixel += TileSize)
            {
                for (var i = 0; i < TileSize; i++)
                {
                    // The last tile repeats its last pixel: the same value is stored more than once.
                    var (y, x) = Math.DivRem(Math.Min(pixel + i, pixels - 1), width);
                    from[i] = input.OffsetOf((y * convolution.Stride) - before, (x * convolution.Stride) - before);
                    to[i] = output.OffsetOf(y, x) + block;
                }

                var tile = new Tile(from, to, convolution.Size, input.RowStride, run, accumulate, relu);
                if (TLanes.ManyRegisters)
                {
                    Eight(tile, input.Values, output.Values, ref weights, ref bias);
                }
                else
                {
                    Four(tile, input.Values, output.Values, ref weights, ref bias);
                }
            }
        }
    }

    /// <summary>The loops read and write without bounds: what does not fit must not begin.</summary>
    private static void RequireFit(Convolution convolution, FeatureMap input, FeatureMap output)
    {
        var (before, after) = convolution.Padding;
        if (convolution.Block != 2 * TLanes.Count
            || convolution.Inputs != input.Channels
            || convolution.Outputs != output.Channels
            || before > input.Border
            || after > input.Border
            || convolution.Size > Math.Min(input.Height, input.Width) + before + after)
        {
            throw new InvalidOperationException("A convolution does not fit its maps.");
        }
    }

    private readonly ref struct Tile(ReadOnlySpan<int> from, ReadOnlySpan<int> to, int rows, int rowStride, int run, bool accumulate, bool relu)
    {
        public readonly ReadOnlySpan<int> From = from;
        public readonly ReadOnlySpan<int> To = to;
        public readonly int Rows = rows;
        public readonly int RowStride = rowStride;
        public readonly int Run = run;
        public readonly bool Accumulate = accumulate;
        public readonly bool Relu = relu;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Four(in Tile tile, float[] input, float[] output, ref float weights, ref float bias)
    {
        ref var target = ref MemoryMarshal.GetArrayDataReference(output);
        var (a0, b0) = Start(tile, 0, ref bias, ref target);
        var (a1, b1) = Start(tile, 1, ref bias, ref target);
        var (a2, b2) = Start(tile, 2, ref bias, ref target);
        var (a3, b3) = Start(tile, 3, ref bias, ref target);
        ref var weight = ref weights;
        for (var row = 0; row < tile.Rows; row++)
        {
            ref var start = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(input), row * tile.RowStride);
            ref var p0 = ref Unsafe.Add(ref start, tile.From[0]);
            ref var p1 = ref Unsafe.Add(ref start, tile.From[1]);
            ref var p2 = ref Unsafe.Add(ref start, tile.From[2]);
            ref var p3 = ref Unsafe.Add(ref start, tile.From[3]);
            for (var i = 0; i < tile.Run; i++)
            {
                var wa = TLanes.Load(ref weight, 0);
                var wb = TLanes.Load(ref weight, TLanes.Count);
                weight = ref Unsafe.Add(ref weight, 2 * TLanes.Count);
                var v = TLanes.Broadcast(Unsafe.Add(ref p0, (nint)i));
                a0 = TLanes.MultiplyAdd(v, wa, a0);
                b0 = TLanes.MultiplyAdd(v, wb, b0);
                v = TLanes.Broadcast(Unsafe.Add(ref p1, (nint)i));
                a1 = TLanes.MultiplyAdd(v, wa, a1);
                b1 = TLanes.MultiplyAdd(v, wb, b1);
                v = TLanes.Broadcast(Unsafe.Add(ref p2, (nint)i));
                a2 = TLanes.MultiplyAdd(v, wa, a2);
                b2 = TLanes.MultiplyAdd(v, wb, b2);
                v = TLanes.Broadcast(Unsafe.Add(ref p3, (nint)i));
                a3 = TLanes.MultiplyAdd(v, wa, a3);
                b3 = TLanes.MultiplyAdd(v, wb, b3);
            }
        }

        Finish(tile, 0, a0, b0, ref target);
        Finish(tile, 1, a1, b1, ref target);
        Finish(tile, 2, a2, b2, ref target);
        Finish(tile, 3, a3, b3, ref target);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Eight(in Tile tile, float[] input, float[] output, ref float weights, ref float bias)
    {
        ref var target = ref MemoryMarshal.GetArrayDataReference(output);
        var (a0, b0) = Start(tile, 0, ref bias, ref target);
        var (a1, b1) = Start(tile, 1, ref bias, ref target);
        var (a2, b2) = Start(tile, 2, ref bias, ref target);
        var (a3, b3) = Start(tile, 3, ref bias, ref target);
        var (a4, b4) = Start(tile, 4, ref bias, ref target);
        var (a5, b5) = Start(tile, 5, ref bias, ref target);
        var (a6, b6) = Start(tile, 6, ref bias, ref target);
        var (a7, b7) = Start(tile, 7, ref bias, ref target);
        ref var weight = ref weights;
        for (var row = 0; row < tile.Rows; row++)
        {
            ref var start = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(input), row * tile.RowStride);
            ref var p0 = ref Unsafe.Add(ref start, tile.From[0]);
            ref var p1 = ref Unsafe.Add(ref start, tile.From[1]);
            ref var p2 = ref Unsafe.Add(ref start, tile.From[2]);
            ref var p3 = ref Unsafe.Add(ref start, tile.From[3]);
            ref var p4 = ref Unsafe.Add(ref start, tile.From[4]);
            ref var p5 = ref Unsafe.Add(ref start, tile.From[5]);
            ref var p6 = ref Unsafe.Add(ref start, tile.From[6]);
            ref var p7 = ref Unsafe.Add(ref start, tile.From[7]);
            for (var i = 0; i < tile.Run; i++)
            {
                var wa = TLanes.Load(ref weight, 0);
                var wb = TLanes.Load(ref weight, TLanes.Count);
                weight = ref Unsafe.Add(ref weight, 2 * TLanes.Count);
                var v = TLanes.Broadcast(Unsafe.Add(ref p0, (nint)i));
                a0 = TLanes.MultiplyAdd(v, wa, a0);
                b0 = TLanes.MultiplyAdd(v, wb, b0);
                v = TLanes.Broadcast(Unsafe.Add(ref p1, (nint)i));
                a1 = TLanes.MultiplyAdd(v, wa, a1);
                b1 = TLanes.MultiplyAdd(v, wb, b1);
                v = TLanes.Broadcast(Unsafe.Add(ref p2, (nint)i));
                a2 = TLanes.MultiplyAdd(v, wa, a2);
                b2 = TLanes.MultiplyAdd(v, wb, b2);
                v = TLanes.Broadcast(Unsafe.Add(ref p3, (nint)i));
                a3 = TLanes.MultiplyAdd(v, wa, a3);
                b3 = TLanes.MultiplyAdd(v, wb, b3);
                v = TLanes.Broadcast(Unsafe.Add(ref p4, (nint)i));
                a4 = TLanes.MultiplyAdd(v, wa, a4);
                b4 = TLanes.MultiplyAdd(v, wb, b4);
                v = TLanes.Broadcast(Unsafe.Add(ref p5, (nint)i));
                a5 = TLanes.MultiplyAdd(v, wa, a5);
                b5 = TLanes.MultiplyAdd(v, wb, b5);
                v = TLanes.Broadcast(Unsafe.Add(ref p6, (nint)i));
                a6 = TLanes.MultiplyAdd(v, wa, a6);
                b6 = TLanes.MultiplyAdd(v, wb, b6);
                v = TLanes.Broadcast(Unsafe.Add(ref p7, (nint)i));
                a7 = TLanes.MultiplyAdd(v, wa, a7);
                b7 = TLanes.MultiplyAdd(v, wb, b7);
            }
        }

        Finish(tile, 0, a0, b0, ref target);
        Finish(tile, 1, a1, b1, ref target);
        Finish(tile, 2, a2, b2, ref target);
        Finish(tile, 3, a3, b3, ref target);
        Finish(tile, 4, a4, b4, ref target);
        Finish(tile, 5, a5, b5, ref target);
        Finish(tile, 6, a6, b6, ref target);
        Finish(tile, 7, a7, b7, ref target);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (TVector A, TVector B) Start(in Tile tile, int pixel, ref float bias, ref float target)
    {
        var (a, b) = (TLanes.Load(ref bias, 0), TLanes.Load(ref bias, TLanes.Count));
        return tile.Accumulate
            ? (TLanes.Add(a, TLanes.Load(ref target, tile.To[pixel])), TLanes.Add(b, TLanes.Load(ref target, tile.To[pixel] + TLanes.Count)))
            : (a, b);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish(in Tile tile, int pixel, TVector a, TVector b, ref float target)
    {
        var zero = TLanes.Broadcast(0f);
        TLanes.Store(tile.Relu ? TLanes.Max(a, zero) : a, ref target, tile.To[pixel]);
        TLanes.Store(tile.Relu ? TLanes.Max(b, zero) : b, ref target, tile.To[pixel] + TLanes.Count);
    }
}
