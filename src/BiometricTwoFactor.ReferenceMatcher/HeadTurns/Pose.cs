namespace BiometricTwoFactor.ReferenceMatcher.HeadTurns;

/// <summary>
/// How one frame shows the head that the first frames showed: a linear map of the head's three directions (across, down,
/// out of the face) to the picture, as a camera at some distance has it, and what the map leaves unexplained.
/// </summary>
/// <param name="AcrossX">Where the direction across the face points in the picture; of the first frames' eye distance.</param>
/// <param name="AcrossY">See <paramref name="AcrossX"/>.</param>
/// <param name="DownX">Where the direction from forehead to chin points.</param>
/// <param name="DownY">See <paramref name="DownX"/>.</param>
/// <param name="OutX">Where the direction from the ears to the nose points: nowhere for a face towards the camera, and never far for a flat picture.</param>
/// <param name="OutY">See <paramref name="OutX"/>.</param>
/// <param name="Residual">Root mean square of what is left, in eye distances.</param>
internal readonly record struct Pose(double AcrossX, double AcrossY, double DownX, double DownY, double OutX, double OutY, double Residual)
{
    /// <summary>Pixels for one eye distance, from the direction that a turn does not shorten.</summary>
    public double Scale => Math.Sqrt((DownX * DownX) + (DownY * DownY));

    /// <summary>
    /// How far the head is turned, if it is as deep as an average head: positive to the person's own left. Taken from the
    /// depth alone, so that a narrowed picture is not mistaken for a turned head.
    /// </summary>
    public double YawDegrees
    {
        get
        {
            // Across the head's own upright: a lean to the shoulder is no turn.
            var sideways = ((OutX * DownY) - (OutY * DownX)) / (Scale * Scale);
            return Math.Asin(Math.Clamp(sideways, -1, 1)) * 180 / Math.PI;
        }
    }
}
