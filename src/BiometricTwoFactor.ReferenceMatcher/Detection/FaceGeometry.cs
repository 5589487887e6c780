namespace BiometricTwoFactor.ReferenceMatcher.Detection;

/// <summary>What a face's key points say about how the head is held.</summary>
internal static class FaceGeometry
{
    /// <summary>
    /// How far the nose tip stands before the line through the ears, in half distances between the ears: about 120 mm
    /// to 75 mm in adults.
    /// </summary>
    private const float NoseReach = 1.6f;

    public static FaceDetection Describe(FaceBox box, FaceKeyPoints points, float confidence) =>
        new(box, points, confidence, Roll(points), Yaw(points));

    /// <summary>The same face with every length multiplied.</summary>
    public static FaceDetection Scale(FaceDetection face, float factor)
    {
        var (box, points) = (face.Box, face.KeyPoints);
        return face with
        {
            Box = new FaceBox(box.X * factor, box.Y * factor, box.Width * factor, box.Height * factor),
            KeyPoints = new FaceKeyPoints(
                Point(points.RightEye), Point(points.LeftEye), Point(points.NoseTip), Point(points.Mouth), Point(points.RightEar), Point(points.LeftEar)),
        };

        FacePoint Point(FacePoint point) => new(point.X * factor, point.Y * factor);
    }

    private static float Roll(FaceKeyPoints points) =>
        float.RadiansToDegrees(MathF.Atan2(points.LeftEye.Y - points.RightEye.Y, points.LeftEye.X - points.RightEye.X));

    private static float Yaw(FaceKeyPoints points)
    {
        var (acrossX, acrossY) = (points.LeftEar.X - points.RightEar.X, points.LeftEar.Y - points.RightEar.Y);
        var length = (acrossX * acrossX) + (acrossY * acrossY);
        if (!(length > 0))
        {
            return 0;
        }

        var (noseX, noseY) = (points.NoseTip.X - ((points.RightEar.X + points.LeftEar.X) / 2), points.NoseTip.Y - ((points.RightEar.Y + points.LeftEar.Y) / 2));
        var place = 2 * ((noseX * acrossX) + (noseY * acrossY)) / length; // -1 at the right ear, 1 at the left one
        return float.RadiansToDegrees(MathF.Atan(place / NoseReach));
    }
}
