namespace BiometricTwoFactor.ReferenceMatcher.Imaging;

/// <summary>Turns and mirrors a picture as its EXIF orientation says, so that it stands upright.</summary>
internal static class UprightRotation
{
    /// <summary>Pixels along a tile: reading down columns stays within the nearest cache.</summary>
    private const int Tile = 32;

    /// <summary>Whether the orientation exchanges width and height.</summary>
    public static bool SwapsSides(int orientation) => orientation >= 5;

    /// <summary>A copy that stands upright.</summary>
    /// <param name="rgb">Three bytes a pixel, without padding.</param>
    /// <param name="width">As stored.</param>
    /// <param name="height">As stored.</param>
    /// <param name="orientation">2 to 8; 1 needs no copy.</param>
    public static byte[] Copy(ReadOnlySpan<byte> rgb, int width, int height, int orientation)
    {
        var upright = new byte[rgb.Length];
        var (newWidth, newHeight) = SwapsSides(orientation) ? (height, width) : (width, height);
        // The stored row that becomes the top or left, and so on: where the first pixel stands, and the steps from there.
        var fromRight = orientation is 2 or 3 or 7 or 8;
        var fromBottom = orientation is 3 or 4 or 6 or 7;
        var start = ((fromBottom ? height - 1 : 0) * width) + (fromRight ? width - 1 : 0);
        var column = fromRight ? -1 : 1;
        var row = fromBottom ? -width : width;
        var (right, down) = SwapsSides(orientation) ? (row, column) : (column, row);
        for (var top = 0; top < newHeight; top += Tile)
        {
            var bottom = Math.Min(top + Tile, newHeight);
            for (var left = 0; left < newWidth; left += Tile)
            {
                var end = Math.Min(left + Tile, newWidth);
                for (var y = top; y < bottom; y++)
                {
                    var from = 3 * (start + (y * down) + (left * right));
                    var target = upright.AsSpan(3 * ((y * newWidth) + left), 3 * (end - left));
                    for (; target.Length >= 3; target = target[3..], from += 3 * right)
                    {
                        var pixel = rgb.Slice(from, 3);
                        target[2] = pixel[2];
                        target[1] = pixel[1];
                        target[0] = pixel[0];
                    }
                }
            }
        }

        return upright;
    }
}
