namespace BiometricTwoFactor.ReferenceMatcher.Imaging;

/// <summary>Makes the picture from the components once all scans are read.</summary>
internal static class JpegOutput
{
    /// <summary>Progressive only: transforms the gathered coefficients into samples.</summary>
    public static void TransformCoefficients(JpegFrame frame)
    {
        foreach (var component in frame.Components)
        {
            for (var y = 0; y < component.BlocksHigh; y++)
            {
                var at = y * component.PaddedWide * 64;
                for (var x = 0; x < component.BlocksWide; x++, at += 64)
                {
                    var block = component.Coefficients.AsSpan(at, 64);
                    var last = block[1..].ContainsAnyExcept((short)0) ? 63 : 0;
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
