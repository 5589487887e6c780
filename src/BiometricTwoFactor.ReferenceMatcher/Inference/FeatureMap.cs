namespace BiometricTwoFactor.ReferenceMatcher.Inference;

/// <summary>A layer's values: rows of pixels of channels (NHWC with one image), without padding.</summary>
internal sealed class FeatureMap
{
    public FeatureMap(int height, int width, int channels)
    {
        Height = height;
        Width = width;
        Channels = channels;
        Values = new float[height * width * channels];
    }

    public int Height { get; }

    public int Width { get; }

    public int Channels { get; }

    public float[] Values { get; }
}
