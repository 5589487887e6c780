using System.Numerics;
using System.Runtime.CompilerServices;

namespace BiometricTwoFactor.ReferenceMatcher.Imaging;

/// <summary>Makes the picture from the components once all scans are read.</summary>
internal static class JpegOutput
{
    /// <summary>Progressive only: transforms the gathered coefficients into samples.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void TransformCoefficients(JpegFrame frame)
    {
        Span<short> block = stackalloc short[64];
        var zigzag = Zigzag.Natural;
        foreach (var component in frame.Components)
        {
            for (var y = 0; y < component.BlocksHigh; y++)
            {
                var at = y * component.PaddedWide * 64;
                for (var x = 0; x < component.BlocksWide; x++, at += 64)
                {
                    var coded = component.Coefficients.AsSpan(at, 64);
                    var nonzero = CoefficientMask.NonZero(coded);
                    var last = nonzero == 0 ? 0 : BitOperations.Log2(nonzero);
                    block.Clear();
                    for (; nonzero != 0; nonzero &= nonzero - 1)
                    {
                        var k = BitOperations.TrailingZeroCount(nonzero);
                        block[zigzag[k]] = coded[k];
                    }

                    InverseDct.Transform(block, last, component, x, y);
                }
            }

            component.Coefficients = [];
        }
    }

    /// <summary>The picture in red, green and blue, upright.</summary>
    public static FaceImage Compose(JpegFrame frame, JpegColorKind kind, int orientation)
    {
        var (width, height) = (frame.OutputWidth, frame.OutputHeight);
        var rgb = new byte[width * height * 3];
        var rows = Array.ConvertAll(frame.Components, component => new Upsampler(frame, component));
        for (var y = 0; y < height; y++)
        {
            JpegColor.Convert(
                kind,
                rows[0].Row(y),
                rows.Length > 1 ? rows[1].Row(y) : default,
                rows.Length > 1 ? rows[2].Row(y) : default,
                rows.Length > 3 ? rows[3].Row(y) : default,
                rgb.AsSpan(y * width * 3, width * 3));
        }

        if (orientation == ExifOrientation.Upright)
        {
            return new FaceImage(width, height, rgb, frame.ReducedBy);
        }

        var upright = UprightRotation.Copy(rgb, width, height, orientation);
        return UprightRotation.SwapsSides(orientation)
            ? new FaceImage(height, width, upright, frame.ReducedBy)
            : new FaceImage(width, height, upright, frame.ReducedBy);
    }
}
