using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BiometricTwoFactor.ReferenceMatcher.Inference;

/// <summary>The loops of pooling.</summary>
internal static class PoolingKernel<TVector, TLanes>
    where TVector : struct
    where TLanes : struct, ILanes<TVector>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Max(FeatureMap input, FeatureMap output, int window)
    {
        ref var source = ref MemoryMarshal.GetArrayDataReference(input.Values);
        ref var target = ref MemoryMarshal.GetArrayDataReference(output.Values);
        for (var y = 0; y < output.Height; y++)
        {
            for (var x = 0; x < output.Width; x++)
            {
                var from = input.OffsetOf(2 * y, 2 * x);
                var to = output.OffsetOf(y, x);
                for (var channel = 0; channel < input.Channels; channel += TLanes.Count)
                {
                    var largest = TLanes.Load(ref source, from + channel);
                    for (var row = 0; row < window; row++)
                    {
                        for (var column = 0; column < window; column++)
                        {
                            largest = TLanes.Max(largest, TLanes.Load(ref source, from + (row * input.RowStride) + (column * input.Channels) + channel));
                        }
                    }

                    TLanes.Store(largest, ref target, to + channel);
                }

                Array.Clear(output.Values, to + input.Channels, output.Channels - input.Channels);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Average(FeatureMap input, FeatureMap output)
    {
        ref var source = ref MemoryMarshal.GetArrayDataReference(input.Values);
        ref var target = ref MemoryMarshal.GetArrayDataReference(output.Values);
        var quarter = TLanes.Broadcast(0.25f);
        var zero = TLanes.Broadcast(0f);
        for (var y = 0; y < output.Height; y++)
        {
            for (var x = 0; x < output.Width; x++)
            {
                var from = input.OffsetOf(2 * y, 2 * x);
                var to = output.OffsetOf(y, x);
                for (var channel = 0; channel < input.Channels; channel += TLanes.Count)
                {
                    var above = TLanes.Add(TLanes.Load(ref source, from + channel), TLanes.Load(ref source, from + input.Channels + channel));
                    var below = TLanes.Add(TLanes.Load(ref source, from + input.RowStride + channel), TLanes.Load(ref source, from + input.RowStride + input.Channels + channel));
                    TLanes.Store(TLanes.MultiplyAdd(TLanes.Add(above, below), quarter, zero), ref target, to + channel);
                }

                Array.Clear(output.Values, to + input.Channels, output.Channels - input.Channels);
            }
        }
    }
}
