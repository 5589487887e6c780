namespace BiometricTwoFactor.ReferenceMatcher.Liveness;

/// <summary>
/// Cuts the face and its surroundings out as the MiniFASNet networks were trained to see them: a box around the face,
/// enlarged as far as the picture allows, moved inside it, at 80 pixels, blue-green-red from 0 to 255.
/// </summary>
internal static class LivenessCrop
{
    public const int Size = 80;

    /// <summary>The box a RetinaFace detector would give, from BlazeFace's: narrower, higher, and further up.</summary>
    public static FaceBox Adjusted(FaceBox box)
    {
        var width = 0.86f * box.Width;
        var height = 1.08f * box.Height;
        return new FaceBox(
            box.X + ((box.Width - width) / 2), box.Y + ((box.Height - height) / 2) - (0.06f * box.Height), width, height);
    }

    /// <summary>The part of the picture that is cut out, in whole pixels; null when the box is no box in the picture.</summary>
    public static (int Left, int Top, int Width, int Height)? Region(FaceBox box, float scale, int width, int height)
    {
        if (!float.IsFinite(box.X + box.Y + box.Width + box.Height) || box.Width < 1 || box.Height < 1
            || box.X >= width || box.Y >= height || box.X + box.Width <= 0 || box.Y + box.Height <= 0)
        {
            return null;
        }

        var enlarged = MathF.Min(scale, MathF.Min((width - 1) / box.Width, (height - 1) / box.Height));
        var (left, right) = Inside(box.X + (box.Width / 2), enlarged * box.Width, width);
        var (top, bottom) = Inside(box.Y + (box.Height / 2), enlarged * box.Height, height);
        return (left, top, right - left + 1, bottom - top + 1);
    }

    /// <summary>Scales the region to the network's size. Each value lies between its four neighbours', as the training did it.</summary>
    public static void Fill(FaceImage image, (int Left, int Top, int Width, int Height) region, Span<float> values)
    {
        var pixels = image.Pixels;
        for (var y = 0; y < Size; y++)
        {
            var (y0, y1, fractionY) = Neighbours(y, region.Top, region.Height);
            for (var x = 0; x < Size; x++)
            {
                var (x0, x1, fractionX) = Neighbours(x, region.Left, region.Width);
                var topLeft = 3 * ((y0 * image.Width) + x0);
                var topRight = 3 * ((y0 * image.Width) + x1);
                var bottomLeft = 3 * ((y1 * image.Width) + x0);
                var bottomRight = 3 * ((y1 * image.Width) + x1);
                for (var channel = 0; channel < 3; channel++)
                {
                    var top = pixels[topLeft + channel] + (fractionX * (pixels[topRight + channel] - pixels[topLeft + channel]));
                    var bottom = pixels[bottomLeft + channel] + (fractionX * (pixels[bottomRight + channel] - pixels[bottomLeft + channel]));
                    values[(3 * ((y * Size) + x)) + 2 - channel] = top + (fractionY * (bottom - top));
                }
            }
        }
    }

    private static (int First, int Second, float Fraction) Neighbours(int at, int start, int length)
    {
        var place = ((at + 0.5f) * length / Size) - 0.5f;
        var first = (int)MathF.Floor(place);
        return (
            start + Math.Clamp(first, 0, length - 1),
            start + Math.Clamp(first + 1, 0, length - 1),
            place - first);
    }

    private static (int First, int Last) Inside(float centre, float length, int size)
    {
        var first = centre - (length / 2);
        var last = centre + (length / 2);
        if (first < 0)
        {
            last -= first;
            first = 0;
        }

        if (last > size - 1)
        {
            first -= last - (size - 1);
            last = size - 1;
        }

        var start = Math.Clamp((int)first, 0, size - 1);
        return (start, Math.Clamp((int)last, start, size - 1));
    }
}
