namespace BiometricTwoFactor.ReferenceMatcher.HeadTurns;

/// <summary>
/// How deep the thing is that turned. A rigid thing keeps its directions across and down equally long and at right angles,
/// whatever the turn; what narrowing takes from one of them in the picture, the direction out of the face has to give
/// back. How much it gives back depends on the depth only: an average head's depth balances a head's narrowing, a tenth
/// of it a nearly flat thing's. All frames together, by least squares in 1 / depth^2.
/// </summary>
internal static class DepthEstimate
{
    public const double Largest = 3;

    /// <returns>Depth as a share of an average head's.</returns>
    public static double Of(IEnumerable<Pose> poses)
    {
        double product = 0, square = 0;
        foreach (var pose in poses)
        {
            // Both conditions at once, as the real and the imaginary part of a square: they turn with the picture.
            var scale = pose.Scale * pose.Scale;
            var outReal = ((pose.OutX * pose.OutX) - (pose.OutY * pose.OutY)) / scale;
            var outImaginary = 2 * pose.OutX * pose.OutY / scale;
            var real = ((pose.AcrossX * pose.AcrossX) + (pose.DownX * pose.DownX) - (pose.AcrossY * pose.AcrossY) - (pose.DownY * pose.DownY)) / scale;
            var imaginary = 2 * ((pose.AcrossX * pose.AcrossY) + (pose.DownX * pose.DownY)) / scale;
            product -= (outReal * real) + (outImaginary * imaginary);
            square += (outReal * outReal) + (outImaginary * outImaginary);
        }

        // Not narrowed at all (or widened, by noise): nothing speaks for a shallow thing.
        return square > 0 && product > square / (Largest * Largest) ? Math.Sqrt(square / product) : Largest;
    }
}
