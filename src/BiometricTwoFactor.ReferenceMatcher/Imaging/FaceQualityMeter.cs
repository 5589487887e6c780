using System.Runtime.CompilerServices;
using BiometricTwoFactor.ReferenceMatcher.Inference;

namespace BiometricTwoFactor.ReferenceMatcher.Imaging;

/// <summary>Measures of a face's picture.</summary>
internal static class FaceQualityMeter
{
    private const float RedShare = 0.299f;
    private const float GreenShare = 0.587f;
    private const float BlueShare = 0.114f;

    /// <summary>Mean brightness of the box, 0 to 100: from every pixel of it that lies in the picture.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Luminance(FaceImage image, FaceBox box)
    {
        var left = Math.Clamp((int)box.X, 0, image.Width - 1);
        var top = Math.Clamp((int)box.Y, 0, image.Height - 1);
        var right = Math.Clamp((int)(box.X + box.Width), left + 1, image.Width);
        var bottom = Math.Clamp((int)(box.Y + box.Height), top + 1, image.Height);
        double sum = 0;
        for (var y = top; y < bottom; y++)
        {
            long red = 0, green = 0, blue = 0;
            var row = image.Rgb.AsSpan(((y * image.Width) + left) * 3, (right - left) * 3);
            for (var i = 0; i < row.Length; i += 3)
            {
                red += row[i];
                green += row[i + 1];
                blue += row[i + 2];
            }

            sum += (RedShare * red) + (GreenShare * green) + (BlueShare * blue);
        }

        return (float)(sum / ((double)(right - left) * (bottom - top)) / 2.55);
    }

    /// <summary>Root mean square of the Laplacian of an aligned face, in grey levels.</summary>
    /// <param name="face">An aligned face, values over 255 (an offset does not matter).</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Sharpness(FeatureMap face)
    {
        var (width, height) = (face.Width, face.Height);
        var grey = new float[width * height];
        for (var y = 0; y < height; y++)
        {
            var row = face.Values.AsSpan(face.OffsetOf(y, 0), width * 3);
            for (var x = 0; x < width; x++)
            {
                grey[(y * width) + x] = 255 * ((RedShare * row[3 * x]) + (GreenShare * row[(3 * x) + 1]) + (BlueShare * row[(3 * x) + 2]));
            }
        }

        double sum = 0;
        for (var y = 1; y < height - 1; y++)
        {
            for (var x = 1; x < width - 1; x++)
            {
                var at = (y * width) + x;
                var bend = (4 * grey[at]) - grey[at - 1] - grey[at + 1] - grey[at - width] - grey[at + width];
                sum += bend * bend;
            }
        }

        Array.Clear(grey);
        return (float)Math.Sqrt(sum / ((width - 2) * (height - 2)));
    }
}
