using System.Numerics;

namespace BiometricTwoFactor.ReferenceMatcher.Liveness.GraphModel;

/// <summary>A layer's numbers, laid out for the kernels and padded with zeros to <see cref="GraphShape.Padded"/> channels.</summary>
internal sealed class PackedWeights
{
    private PackedWeights(int columns, float[] values, float[] bias, float[] slope)
    {
        Columns = columns;
        Values = values;
        Bias = bias;
        Slope = slope;
    }

    public int Columns { get; }

    public float[] Values { get; }

    public float[] Bias { get; }

    /// <summary>What negative sums are multiplied by: 1 without an activation, 0 for ReLU.</summary>
    public float[] Slope { get; }

    /// <summary>A matrix of <paramref name="depth"/> rows, in panels of two vectors' columns.</summary>
    public static PackedWeights Matrix(ReadOnlySpan<float> weights, int depth, int channels, float[] bias, float[] slope)
    {
        var columns = GraphShape.Padded(channels);
        var panel = 2 * Vector<float>.Count;
        var values = new float[depth * columns];
        for (var k = 0; k < depth; k++)
        {
            for (var n = 0; n < channels; n++)
            {
                values[(n / panel * panel * depth) + (k * panel) + (n % panel)] = weights[(k * channels) + n];
            }
        }

        return new PackedWeights(columns, values, Padded(bias, columns), Padded(slope, columns));
    }

    /// <summary>One filter of <paramref name="taps"/> numbers for each channel.</summary>
    public static PackedWeights Filters(ReadOnlySpan<float> weights, int taps, int channels, float[] bias, float[] slope)
    {
        var columns = GraphShape.Padded(channels);
        var values = new float[taps * columns];
        for (var tap = 0; tap < taps; tap++)
        {
            weights.Slice(tap * channels, channels).CopyTo(values.AsSpan(tap * columns));
        }

        return new PackedWeights(columns, values, Padded(bias, columns), Padded(slope, columns));
    }

    private static float[] Padded(float[] values, int columns)
    {
        var padded = new float[columns];
        values.CopyTo(padded, 0);
        return padded;
    }
}
