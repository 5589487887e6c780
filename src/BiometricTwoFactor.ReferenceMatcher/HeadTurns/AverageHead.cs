namespace BiometricTwoFactor.ReferenceMatcher.HeadTurns;

/// <summary>
/// Where the six points are on an average adult's head, in distances between the pupils (63 mm): across to the picture's
/// right, down, and out of the face. The order is that of <see cref="FaceKeyPoints"/>.
/// </summary>
internal static class AverageHead
{
    public const int Points = 6;
    public const int RightEar = 4;
    public const int LeftEar = 5;

    public static ReadOnlySpan<double> Across => [-0.5, 0.5, 0, 0, -1.0, 1.0];

    public static ReadOnlySpan<double> Down => [0, 0, 0.65, 1.1, 0.42, 0.42];

    public static ReadOnlySpan<double> Out => [0, 0, 0.36, 0.08, -1.5, -1.5];
}
