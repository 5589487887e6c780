namespace BiometricTwoFactor.ReferenceMatcher.Inference;

/// <summary>
/// A layer's values: rows of pixels of channels (NHWC with one image), in a frame of zeros that padded convolutions
/// read. Kernels write the inside only, so that the frame stays zero when a map is used again.
/// </summary>
internal sealed class FeatureMap
{
    public FeatureMap(int height, int width, int channels, int border)
    {
        Height = height;
        Width = width;
        Channels = channels;
        Border = border;
        RowStride = (width + (2 * border)) * channels;
        Values = new float[(height + (2 * border)) * RowStride];
    }

    public int Height { get; }

    public int Width { get; }

    public int Channels { get; }

    /// <summary>Pixels of zeros on each side.</summary>
    public int Border { get; }

    /// <summary>Floats from one row to the next.</summary>
    public int RowStride { get; }

    public float[] Values { get; }

    /// <summary>Where a pixel begins in <see cref="Values"/>; negative coordinates reach into the frame.</summary>
    public int OffsetOf(int y, int x) => ((y + Border) * RowStride) + ((x + Border) * Channels);

    /// <summary>What a face left behind is wiped.</summary>
    public void Clear() => Array.Clear(Values);
}
