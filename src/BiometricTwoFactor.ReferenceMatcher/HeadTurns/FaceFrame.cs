namespace BiometricTwoFactor.ReferenceMatcher.HeadTurns;

/// <summary>One frame's six points, in the order of <see cref="FaceKeyPoints"/>. Every number is finite and the eyes are apart.</summary>
internal sealed class FaceFrame
{
    // Below, a detector's rounding is as large as the motion.
    private const double MinEyeDistance = 6;

    // Above, squares lose what matters; no picture is that large.
    private const float MaxCoordinate = 1e6f;

    private FaceFrame(double[] x, double[] y)
    {
        X = x;
        Y = y;
        EyeDistance = Math.Sqrt(Math.Pow(x[1] - x[0], 2) + Math.Pow(y[1] - y[0], 2));
    }

    public double[] X { get; }

    public double[] Y { get; }

    public double EyeDistance { get; }

    /// <summary>The frame, or null when there is no face in it or one that nothing can be measured on.</summary>
    public static FaceFrame? Of(FaceDetection? face)
    {
        if (face is null)
        {
            return null;
        }

        var points = face.KeyPoints;
        ReadOnlySpan<FacePoint> all = [points.RightEye, points.LeftEye, points.NoseTip, points.Mouth, points.RightEar, points.LeftEar];
        var x = new double[all.Length];
        var y = new double[all.Length];
        for (var i = 0; i < all.Length; i++)
        {
            // Written so that a value which is no number fails too.
            if (!(Math.Abs(all[i].X) <= MaxCoordinate && Math.Abs(all[i].Y) <= MaxCoordinate))
            {
                return null;
            }

            x[i] = all[i].X;
            y[i] = all[i].Y;
        }

        var frame = new FaceFrame(x, y);
        return frame.EyeDistance >= MinEyeDistance ? frame : null;
    }
}
