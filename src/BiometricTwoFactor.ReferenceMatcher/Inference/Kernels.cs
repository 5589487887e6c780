using System.Runtime.Intrinsics;

namespace BiometricTwoFactor.ReferenceMatcher.Inference;

/// <summary>The layers' arithmetic on one path. Stateless: one instance serves all threads.</summary>
internal abstract class Kernels
{
    /// <summary>Output channels that a convolution computes side by side.</summary>
    public abstract int OutputBlock { get; }

    public static Kernels For(KernelPath path) => path switch
    {
        KernelPath.Vector512 => new Kernels<Vector512<float>, Lanes512>(),
        KernelPath.Vector256 => new Kernels<Vector256<float>, Lanes256>(),
        KernelPath.Vector128 => new Kernels<Vector128<float>, Lanes128>(),
        _ => new Kernels<float, LanesScalar>(),
    };

    /// <summary>Convolves, adds the bias, and where asked first adds what the output holds and then cuts negatives off.</summary>
    public abstract void Convolve(Convolution convolution, FeatureMap input, FeatureMap output, bool accumulate, bool relu);

    /// <summary>Convolves each channel for itself, three by three; no activation.</summary>
    public abstract void ConvolveDepthwise(DepthwiseConvolution convolution, FeatureMap input, FeatureMap output);

    /// <summary>The largest of each <paramref name="window"/> by <paramref name="window"/> pixels, every two pixels. Output channels beyond the input's become zero.</summary>
    public abstract void MaxPool(FeatureMap input, FeatureMap output, int window);

    /// <summary>The mean of each two by two pixels. Output channels beyond the input's become zero.</summary>
    public abstract void AveragePool(FeatureMap input, FeatureMap output);
}

/// <inheritdoc/>
internal sealed class Kernels<TVector, TLanes> : Kernels
    where TVector : struct
    where TLanes : struct, ILanes<TVector>
{
    public override int OutputBlock => 2 * TLanes.Count;

    public override void Convolve(Convolution convolution, FeatureMap input, FeatureMap output, bool accumulate, bool relu) =>
        ConvolutionKernel<TVector, TLanes>.Run(convolution, input, output, accumulate, relu);

    public override void ConvolveDepthwise(DepthwiseConvolution convolution, FeatureMap input, FeatureMap output) =>
        DepthwiseKernel<TVector, TLanes>.Run(convolution, input, output);

    public override void MaxPool(FeatureMap input, FeatureMap output, int window) => PoolingKernel<TVector, TLanes>.Max(input, output, window);

    public override void AveragePool(FeatureMap input, FeatureMap output) => PoolingKernel<TVector, TLanes>.Average(input, output);
}
