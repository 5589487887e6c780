using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BiometricTwoFactor.ReferenceMatcher.Inference;

/// <summary>The loop of a depthwise convolution.</summary>
internal static class DepthwiseKernel<TVector, TLanes>
    where TVector : struct
    where TLanes : struct, ILanes<TVector>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(DepthwiseConvolution convolution, FeatureMap input, FeatureMap output)
    {
        if (input.Channels != convolution.Channels || output.Channels != convolution.Channels || input.Border < 1
            || convolution.Channels % TLanes.Count != 0
            || output.Height != input.Height / convolution.Stride || output.Width != input.Width / convolution.Stride)
        {
            throw new InvalidOperationException("A depthwise convolution does not fit its maps."); // the loops have no bounds
        }

        ref var source = ref MemoryMarshal.GetArrayDataReference(input.Values);
        ref var target = ref MemoryMarshal.GetArrayDataReference(output.Values);
        ref var weights = ref MemoryMarshal.GetArrayDataReference(convolution.Weights);
        ref var bias = ref MemoryMarshal.GetArrayDataReference(convolution.Bias);
        var channels = convolution.Channels;
        var origin = convolution.Stride == 1 ? -1 : 0;
        for (var y = 0; y < output.Height; y++)
        {
            for (var x = 0; x < output.Width; x++)
            {
                var from = input.OffsetOf((y * convolution.Stride) + origin, (x * convolution.Stride) + origin);
                var to = output.OffsetOf(y, x);
                for (var channel = 0; channel < channels; channel += TLanes.Count)
                {
                    var sum = TLanes.Load(ref bias, channel);
                    for (var row = 0; row < 3; row++)
                    {
                        var at = from + (row * input.RowStride) + channel;
                        var tap = (row * 3 * channels) + channel;
                        sum = TLanes.MultiplyAdd(TLanes.Load(ref source, at), TLanes.Load(ref weights, tap), sum);
                        sum = TLanes.MultiplyAdd(TLanes.Load(ref source, at + channels), TLanes.Load(ref weights, tap + channels), sum);
                        sum = TLanes.MultiplyAdd(TLanes.Load(ref source, at + (2 * channels)), TLanes.Load(ref weights, tap + (2 * channels)), sum);
                    }

                    TLanes.Store(sum, ref target, to + channel);
                }
            }
        }
    }
}
