namespace BiometricTwoFactor.ReferenceMatcher.Inference;

/// <summary>A three by three convolution of each channel for itself: nine rows of one weight a channel.</summary>
internal sealed class DepthwiseConvolution
{
    public const int Taps = 9;

    public DepthwiseConvolution(WeightTensor filter, ReadOnlySpan<float> bias, int stride, int channels)
    {
        Stride = stride;
        Channels = channels;
        Weights = new float[Taps * channels];
        Bias = new float[channels];
        var values = filter.ToArray();
        var stored = filter.Shape[3];
        for (var tap = 0; tap < Taps; tap++)
        {
            values.AsSpan(tap * stored, stored).CopyTo(Weights.AsSpan(tap * channels));
        }

        bias.CopyTo(Bias);
    }

    /// <summary>1 with a frame of one pixel, or 2 with one at the lower and right edge only.</summary>
    public int Stride { get; }

    /// <summary>With those that only fill a vector up.</summary>
    public int Channels { get; }

    public float[] Weights { get; }

    public float[] Bias { get; }
}
