namespace BiometricTwoFactor.ReferenceMatcher.Imaging;

/// <summary>
/// A picture and its halves, made when they are asked for. Sampling far apart from the full picture would pick single
/// pixels out; from a half, each pixel is the mean of four.
/// </summary>
internal sealed class PicturePyramid(FaceImage full)
{
    /// <summary>Samples may lie up to this many pixels apart before the next half is taken.</summary>
    private const float WidestStep = 1.8f;

    private readonly List<FaceImage> _levels = [full];

    public FaceImage Full => full;

    /// <summary>The level to sample at a step of so many full pixels, and how many full pixels make one of its.</summary>
    public (FaceImage Level, int Reduction) LevelFor(float step)
    {
        var (level, reduction) = (0, 1);
        while (step / reduction >= WidestStep && _levels[level].Width > 1 && _levels[level].Height > 1)
        {
            level++;
            reduction *= 2;
            if (level == _levels.Count)
            {
                _levels.Add(Halve(_levels[level - 1]));
            }
        }

        return (_levels[level], reduction);
    }

    /// <summary>Wipes every level.</summary>
    public void Clear()
    {
        foreach (var level in _levels)
        {
            Array.Clear(level.Rgb);
        }
    }

    private static FaceImage Halve(FaceImage image)
    {
        var (width, height) = (image.Width / 2, image.Height / 2);
        var (source, stride) = (image.Rgb, image.Width * 3);
        var target = new byte[width * height * 3];
        for (var y = 0; y < height; y++)
        {
            var above = source.AsSpan(2 * y * stride, stride);
            var below = source.AsSpan(((2 * y) + 1) * stride, stride);
            var row = target.AsSpan(y * width * 3, width * 3);
            for (int to = 0, from = 0; to < row.Length; to += 3, from += 6)
            {
                row[to] = (byte)((above[from] + above[from + 3] + below[from] + below[from + 3] + 2) >> 2);
                row[to + 1] = (byte)((above[from + 1] + above[from + 4] + below[from + 1] + below[from + 4] + 2) >> 2);
                row[to + 2] = (byte)((above[from + 2] + above[from + 5] + below[from + 2] + below[from + 5] + 2) >> 2);
            }
        }

        return new FaceImage(width, height, target);
    }
}
