namespace BiometricTwoFactor.ReferenceMatcher.Imaging;

/// <summary>
/// Turns, scales and shifts: a point (x, y) becomes (A x - B y + X, B x + A y + Y).
/// </summary>
internal readonly record struct Similarity(float A, float B, float X, float Y)
{
    public float Scale => MathF.Sqrt((A * A) + (B * B));

    public FacePoint Apply(FacePoint point) => new((A * point.X) - (B * point.Y) + X, (B * point.X) + (A * point.Y) + Y);

    /// <summary>The one that brings <paramref name="from"/> closest to <paramref name="to"/>, by least squares; null when the points are one.</summary>
    public static Similarity? Fit(ReadOnlySpan<FacePoint> from, ReadOnlySpan<FacePoint> to)
    {
        var (fromMean, toMean) = (Mean(from), Mean(to));
        float along = 0, across = 0, spread = 0;
        for (var i = 0; i < from.Length; i++)
        {
            var (fx, fy) = (from[i].X - fromMean.X, from[i].Y - fromMean.Y);
            var (tx, ty) = (to[i].X - toMean.X, to[i].Y - toMean.Y);
            along += (fx * tx) + (fy * ty);
            across += (fx * ty) - (fy * tx);
            spread += (fx * fx) + (fy * fy);
        }

        if (!(spread > 1e-6f))
        {
            return null;
        }

        var (a, b) = (along / spread, across / spread);
        return new Similarity(a, b, toMean.X - (a * fromMean.X) + (b * fromMean.Y), toMean.Y - (b * fromMean.X) - (a * fromMean.Y));
    }

    private static FacePoint Mean(ReadOnlySpan<FacePoint> points)
    {
        var (x, y) = (0f, 0f);
        foreach (var point in points)
        {
            x += point.X;
            y += point.Y;
        }

        return new FacePoint(x / points.Length, y / points.Length);
    }
}
