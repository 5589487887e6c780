using System.Numerics;

namespace BiometricTwoFactor.ReferenceMatcher.Liveness.GraphModel;

/// <summary>
/// An intermediate result's size: rows of pixels of channels, for one picture; a plain vector is one pixel. In memory
/// each pixel takes <see cref="Stride"/> numbers: its channels and then zeros, so that the kernels need no remainders.
/// </summary>
internal readonly record struct GraphShape(int Height, int Width, int Channels)
{
    /// <summary>Numbers that the kernels treat at a time: two vectors of the machine.</summary>
    public static int Block { get; } = Math.Max(16, 2 * Vector<float>.Count);

    public int Pixels => Height * Width;

    public int Stride => Padded(Channels);

    public long Values => (long)Pixels * Stride;

    public static int Padded(int channels) => (channels + Block - 1) / Block * Block;
}
