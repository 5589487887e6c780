namespace BiometricTwoFactor.ReferenceMatcher.Detection;

/// <summary>Which face a picture is of: the sure, large and central one.</summary>
internal static class Prominence
{
    /// <summary>A second face stands out when it has at least this share of the first one's size: a passer-by has less.</summary>
    private const float SecondFaceShare = 0.5f;

    /// <summary>And when it is surely one: below, most are half a head at the picture's edge, or a pattern.</summary>
    private const float SecondFaceConfidence = 0.75f;

    public static IReadOnlyList<FaceDetection> Order(List<FaceDetection> faces, int width, int height) =>
        [.. faces.OrderByDescending(face => Of(face, width, height))];

    /// <summary>How many faces stand out, the first included.</summary>
    public static int Count(IReadOnlyList<FaceDetection> ordered) =>
        1 + ordered.Skip(1).Count(face => face.Confidence >= SecondFaceConfidence && Size(face) >= SecondFaceShare * Size(ordered[0]));

    private static float Of(FaceDetection face, int width, int height)
    {
        var (x, y) = (face.Box.X + (face.Box.Width / 2), face.Box.Y + (face.Box.Height / 2));
        var off = MathF.Sqrt(Square((x - (width / 2f)) / width) + Square((y - (height / 2f)) / height));
        return face.Confidence * Size(face) * (1 - MathF.Min(off, 0.9f));
    }

    private static float Size(FaceDetection face) => MathF.Sqrt(face.Box.Width * face.Box.Height);

    private static float Square(float value) => value * value;
}
