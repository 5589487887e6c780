using System.Runtime.CompilerServices;
using BiometricTwoFactor.ReferenceMatcher.Inference;

namespace BiometricTwoFactor.ReferenceMatcher.Imaging;

/// <summary>Reads a picture under a similarity, with linear interpolation between four pixels. Outside it is black.</summary>
internal static class Resampler
{
    /// <summary>Fills a network's input with (value - mean) * scale.</summary>
    /// <param name="pyramid">The picture.</param>
    /// <param name="toPicture">From the centre of an input's pixel to a place in the full picture.</param>
    /// <param name="input">Three channels.</param>
    /// <param name="mean">Red, green and blue.</param>
    /// <param name="scale">What the difference is multiplied by.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Fill(PicturePyramid pyramid, Similarity toPicture, FeatureMap input, (float Red, float Green, float Blue) mean, float scale)
    {
        var (level, reduction) = pyramid.LevelFor(toPicture.Scale);
        var pixels = level.Rgb;
        // The centre of a level's first pixel is half a pixel from its edge, at any reduction.
        var (a, b) = (toPicture.A / reduction, toPicture.B / reduction);
        var (x0, y0) = ((toPicture.X / reduction) - 0.5f, (toPicture.Y / reduction) - 0.5f);
        var (width, height) = (level.Width, level.Height);
        for (var row = 0; row < input.Height; row++)
        {
            var target = input.Values.AsSpan(input.OffsetOf(row, 0), input.Width * 3);
            for (var column = 0; column < input.Width; column++)
            {
                var x = (a * column) - (b * row) + x0;
                var y = (b * column) + (a * row) + y0;
                var (red, green, blue) = (0f, 0f, 0f);
                if (x > -1 && y > -1 && x < width && y < height)
                {
                    var (left, top) = ((int)MathF.Floor(x), (int)MathF.Floor(y));
                    var (right, down) = (x - left, y - top);
                    Take(pixels, width, height, left, top, (1 - right) * (1 - down), ref red, ref green, ref blue);
                    Take(pixels, width, height, left + 1, top, right * (1 - down), ref red, ref green, ref blue);
                    Take(pixels, width, height, left, top + 1, (1 - right) * down, ref red, ref green, ref blue);
                    Take(pixels, width, height, left + 1, top + 1, right * down, ref red, ref green, ref blue);
                }

                target[3 * column] = (red - mean.Red) * scale;
                target[(3 * column) + 1] = (green - mean.Green) * scale;
                target[(3 * column) + 2] = (blue - mean.Blue) * scale;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Take(byte[] pixels, int width, int height, int x, int y, float weight, ref float red, ref float green, ref float blue)
    {
        if ((uint)x < (uint)width && (uint)y < (uint)height)
        {
            var at = ((y * width) + x) * 3;
            red += weight * pixels[at];
            green += weight * pixels[at + 1];
            blue += weight * pixels[at + 2];
        }
    }
}
