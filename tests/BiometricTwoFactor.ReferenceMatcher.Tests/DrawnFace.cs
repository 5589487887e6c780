namespace BiometricTwoFactor.ReferenceMatcher.Tests;

/// <summary>
/// A face painted by code: ellipses with soft edges and shading. The detector takes it for one, so that the matcher is
/// tested whole without anybody's photograph.
/// </summary>
internal sealed record DrawnFace
{
    /// <summary>Between the eyes and the mouth, in pixels.</summary>
    public double X { get; init; } = 160;

    public double Y { get; init; } = 160;

    /// <summary>Half the face's width, in pixels.</summary>
    public double Size { get; init; } = 60;

    /// <summary>Clockwise in the picture, as <see cref="FaceDetection.RollDegrees"/>.</summary>
    public double RollDegrees { get; init; }

    /// <summary>Turned to the person's own left, as <see cref="FaceDetection.YawDegrees"/>: a solid head, seen from afar.</summary>
    public double YawDegrees { get; init; }

    /// <summary>1, or less where what was drawn is a picture that is tilted: it narrows, and nothing shifts.</summary>
    public double Narrowing { get; init; } = 1;

    /// <summary>Multiplies every value.</summary>
    public double Light { get; init; } = 1;

    /// <summary>Added after the light, in grey levels.</summary>
    public double Haze { get; init; }

    /// <summary>Other proportions, for another person: 0 to 1.</summary>
    public double Character { get; init; }

    /// <summary>Red, green and blue, row by row.</summary>
    public static byte[] Paint(int width, int height, params DrawnFace[] faces)
    {
        var rgb = new byte[width * height * 3];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                // A wall, a little darker below.
                var (r, g, b) = (150.0 - (40.0 * y / height), 160.0 - (40.0 * y / height), 170.0 - (30.0 * x / width));
                foreach (var face in faces)
                {
                    face.Shade(x + 0.5, y + 0.5, ref r, ref g, ref b);
                }

                var (light, haze) = (faces[0].Light, faces[0].Haze);
                var at = ((y * width) + x) * 3;
                rgb[at] = Byte((r * light) + haze);
                rgb[at + 1] = Byte((g * light) + haze);
                rgb[at + 2] = Byte((b * light) + haze);
            }
        }

        return rgb;
    }

    private static byte Byte(double value) => (byte)Math.Clamp(Math.Round(value), 0, 255);

    private void Shade(double x, double y, ref double r, ref double g, ref double b)
    {
        var (sin, cos) = Math.SinCos(RollDegrees * Math.PI / 180);
        var (dx, dy) = ((x - X) / Size, (y - Y) / Size);
        var (u, v) = ((dx * cos) + (dy * sin), (dy * cos) - (dx * sin));
        if (Math.Abs(u) > 3 || Math.Abs(v) > 4)
        {
            return;
        }

        u /= Narrowing;
        // Shirt, neck with the chin's shadow; then the head.
        Blend(Ellipse(u, v - 2.9, 1.9, 1.35), 60, 80, 120, ref r, ref g, ref b);
        Blend(Step(0.5 - Math.Abs(u)) * Step(v - 0.6) * Step(1.9 - v), 150, 108, 88, ref r, ref g, ref b);
        Blend(Ellipse(u + (0.4 * Math.Sin(YawDegrees * Math.PI / 180)), v + 0.2, 1.05, 1), 52, 38, 30, ref r, ref g, ref b);
        if (Turn(u) is var (turned, nose))
        {
            ShadeHead(turned, v, nose, ref r, ref g, ref b);
        }
    }

    /// <summary>
    /// What of the frontal face a turned head shows at a place, and by how much its nose is shifted there: the head is an
    /// ellipse from above, the nose stands out of it. Null beside the head.
    /// </summary>
    private (double U, double Nose)? Turn(double u)
    {
        const double Half = 1.12, Depth = 1.4, Nose = 0.35;
        var (sin, cos) = Math.SinCos(YawDegrees * Math.PI / 180);
        var seen = Math.Sqrt(Square(Half * cos) + Square(Depth * sin));
        if (Math.Abs(u) >= seen)
        {
            return null;
        }

        var angle = Math.Atan2(Depth * sin, Half * cos);
        return (Frontal(u), Frontal(Math.Clamp((Depth + Nose) * sin, -seen, seen)));

        // Behind the temples nothing of the frontal face is left.
        double Frontal(double at) => Math.Asin(at / seen) - angle is var around && Math.Abs(around) <= Math.PI / 2 ? Half * Math.Sin(around) : Half;
    }

    private void ShadeHead(double u, double v, double nose, ref double r, ref double g, ref double b)
    {
        var eyes = 0.38 + (0.05 * Character);
        var mouth = 0.70 + (0.06 * Character);
        var (side, flank) = (Math.Abs(u), Math.Abs(u - nose));
        Blend(Ellipse(u, v + 0.25, 1.1, 1.22), 52, 38, 30, ref r, ref g, ref b);
        Blend(Ellipse(side - 0.93, v - 0.05, 0.12, 0.26), 175, 125, 104, ref r, ref g, ref b);
        // The face: lit from the upper left, darker where it turns away.
        var edge = Square(u / 0.92) + Square((v - 0.12) / 1.2);
        var lit = 1.02 - (0.22 * edge * edge) - (0.08 * u) - (0.04 * v);
        var face = Ellipse(u, v - 0.12, 0.92, 1.2);
        Blend(face, 212 * lit, 166 * lit, 140 * lit, ref r, ref g, ref b);
        // Hair line.
        Blend(face * Step((-0.68 - v + (0.12 * u) + (0.25 * u * u)) * 0.7), 58, 42, 33, ref r, ref g, ref b);
        // Sockets, cheeks, the nose's flanks, below the nose and below the lip.
        Darken(0.30 * Soft(side - eyes, v + 0.08, 0.22, 0.13), ref r, ref g, ref b);
        Darken(0.14 * Soft(flank - 0.15, v - 0.12, 0.07, 0.25), ref r, ref g, ref b);
        Darken(-0.12 * Soft(u - nose, v - 0.15, 0.06, 0.3), ref r, ref g, ref b);
        Darken(-0.08 * Soft(side - 0.5, v - 0.3, 0.18, 0.15), ref r, ref g, ref b);
        Darken(0.30 * Soft(u - nose, v - 0.44, 0.16, 0.05), ref r, ref g, ref b);
        Darken(0.55 * Soft(flank - 0.09, v - 0.385, 0.045, 0.03), ref r, ref g, ref b);
        Darken(0.20 * Soft(u, v - mouth - 0.17, 0.2, 0.05), ref r, ref g, ref b);
        // Brows, eyes, lips.
        Blend(0.85 * Ellipse(side - eyes, v + 0.31 - (0.08 * Math.Abs(side - eyes)), 0.22, 0.045), 60, 44, 36, ref r, ref g, ref b);
        Blend(Ellipse(side - eyes, v + 0.09, 0.165, 0.075), 225, 218, 212, ref r, ref g, ref b);
        Blend(Ellipse(side - eyes, v + 0.09, 0.075, 0.075), 70, 50, 38, ref r, ref g, ref b);
        Blend(Ellipse(side - eyes, v + 0.09, 0.035, 0.035), 15, 12, 10, ref r, ref g, ref b);
        Blend(0.8 * Ellipse(side - eyes, v + 0.16, 0.18, 0.028), 55, 38, 32, ref r, ref g, ref b);
        Blend(0.9 * Ellipse(u, v - mouth, 0.30, 0.085), 168, 92, 88, ref r, ref g, ref b);
        Blend(0.8 * Ellipse(u, v - mouth + 0.005, 0.31, 0.018), 80, 36, 36, ref r, ref g, ref b);
    }

    private static double Square(double value) => value * value;

    /// <summary>1 inside, 0 outside, with an edge of a twentieth.</summary>
    private static double Step(double distance) => Math.Clamp((distance / 0.05) + 0.5, 0, 1);

    private static double Ellipse(double u, double v, double width, double height)
    {
        var radius = Math.Sqrt(Square(u / width) + Square(v / height));
        return Step((1 - radius) * Math.Min(width, height));
    }

    private static double Soft(double u, double v, double width, double height) => Math.Exp(-Square(u / width) - Square(v / height));

    private static void Blend(double share, double red, double green, double blue, ref double r, ref double g, ref double b)
    {
        r += share * (red - r);
        g += share * (green - g);
        b += share * (blue - b);
    }

    private static void Darken(double share, ref double r, ref double g, ref double b)
    {
        r *= 1 - share;
        g *= 1 - share;
        b *= 1 - share;
    }
}
