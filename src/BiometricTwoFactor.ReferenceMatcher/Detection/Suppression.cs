namespace BiometricTwoFactor.ReferenceMatcher.Detection;

/// <summary>Makes one face of the many anchors that saw it: their mean, each weighted by its confidence.</summary>
internal static class Suppression
{
    private const float SameFaceOverlap = 0.3f;

    public static List<FaceDetection> Merge(List<FaceDetection> seen)
    {
        List<FaceDetection> merged = [];
        var left = seen.OrderByDescending(face => face.Confidence).ToList();
        while (left.Count > 0)
        {
            var best = left[0];
            var same = left.FindAll(face => Overlap(face.Box, best.Box) > SameFaceOverlap || ReferenceEquals(face, best));
            left.RemoveAll(same.Contains);
            merged.Add(Mean(same, best.Confidence));
        }

        return merged;
    }

    /// <summary>The shared area as a part of the area of both together.</summary>
    public static float Overlap(FaceBox a, FaceBox b)
    {
        var width = MathF.Min(a.X + a.Width, b.X + b.Width) - MathF.Max(a.X, b.X);
        var height = MathF.Min(a.Y + a.Height, b.Y + b.Height) - MathF.Max(a.Y, b.Y);
        if (!(width > 0 && height > 0))
        {
            return 0;
        }

        var shared = width * height;
        return shared / ((a.Width * a.Height) + (b.Width * b.Height) - shared);
    }

    private static FaceDetection Mean(List<FaceDetection> faces, float confidence)
    {
        var total = faces.Sum(face => face.Confidence);
        var box = new FaceBox(Of(face => face.Box.X), Of(face => face.Box.Y), Of(face => face.Box.Width), Of(face => face.Box.Height));
        var points = new FaceKeyPoints(
            Point(all => all.RightEye), Point(all => all.LeftEye), Point(all => all.NoseTip), Point(all => all.Mouth), Point(all => all.RightEar), Point(all => all.LeftEar));
        return FaceGeometry.Describe(box, points, confidence);

        float Of(Func<FaceDetection, float> value) => faces.Sum(face => face.Confidence * value(face)) / total;
        FacePoint Point(Func<FaceKeyPoints, FacePoint> point) => new(Of(face => point(face.KeyPoints).X), Of(face => point(face.KeyPoints).Y));
    }
}
