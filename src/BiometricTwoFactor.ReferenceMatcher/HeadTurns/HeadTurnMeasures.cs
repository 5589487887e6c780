namespace BiometricTwoFactor.ReferenceMatcher.HeadTurns;

/// <summary>What is measured over a series of frames, before anything is decided.</summary>
/// <param name="StartDegrees">How far the first frames are turned, against an average head: positive to the person's left.</param>
/// <param name="LeftDegrees">Furthest turn to the person's left from there, 0 or more.</param>
/// <param name="RightDegrees">Furthest turn to the person's right from there, 0 or more.</param>
/// <param name="LargestStep">The largest turn from one frame to the next, in degrees.</param>
/// <param name="LargestShift">The furthest the face moves from one frame to the next, in eye distances.</param>
/// <param name="LargestZoom">The most the face grows or shrinks from one frame to the next: 1 is not at all.</param>
/// <param name="Depth">See <see cref="DepthEstimate"/>.</param>
/// <param name="Narrowing">How much narrower the face becomes than it is high, at most: 0 not at all.</param>
/// <param name="Residual">Root mean square, over all frames, of what no pose explains, in eye distances.</param>
internal sealed record HeadTurnMeasures(
    double StartDegrees, double LeftDegrees, double RightDegrees, double LargestStep, double LargestShift, double LargestZoom,
    double Depth, double Narrowing, double Residual)
{
    // A turn by less is no reason not to count a frame among the first.
    private const double SameAsFirst = 5;

    /// <returns>Null when the points of a frame determine no pose.</returns>
    public static HeadTurnMeasures? Of(ReadOnlySpan<FaceFrame> frames)
    {
        var absolute = new double[frames.Length];
        for (var i = 0; i < frames.Length; i++)
        {
            if (PoseFit.Fit(AverageHead.Across, AverageHead.Down, frames[i]) is not { } pose)
            {
                return null;
            }

            absolute[i] = pose.YawDegrees;
        }

        var start = Median(absolute.AsSpan(0, Math.Clamp(frames.Length / 5, 1, 5)));
        var first = 1;
        while (first < frames.Length / 2 && Math.Abs(absolute[first] - start) <= SameAsFirst)
        {
            first++;
        }

        var (across, down) = FrontalShape.Of(frames[..first]);
        var poses = new Pose[frames.Length];
        for (var i = 0; i < frames.Length; i++)
        {
            if (PoseFit.Fit(across, down, frames[i]) is not { } pose)
            {
                return null;
            }

            poses[i] = pose;
        }

        return Of(frames, poses, start);
    }

    private static HeadTurnMeasures Of(ReadOnlySpan<FaceFrame> frames, Pose[] poses, double start)
    {
        double step = 0, shift = 0, zoom = 1;
        for (var i = 1; i < poses.Length; i++)
        {
            step = Math.Max(step, Math.Abs(poses[i].YawDegrees - poses[i - 1].YawDegrees));
            var larger = poses[i].Scale / poses[i - 1].Scale;
            zoom = Math.Max(zoom, Math.Max(larger, 1 / larger));
            var (x, y) = (frames[i].X.Average() - frames[i - 1].X.Average(), frames[i].Y.Average() - frames[i - 1].Y.Average());
            shift = Math.Max(shift, Math.Sqrt((x * x) + (y * y)) / poses[i - 1].Scale);
        }

        var left = poses.Select(pose => pose.YawDegrees).OrderDescending().Take(2).Average();
        var right = poses.Select(pose => -pose.YawDegrees).OrderDescending().Take(2).Average();
        var narrow = poses.Select(pose => 1 - (Math.Sqrt((pose.AcrossX * pose.AcrossX) + (pose.AcrossY * pose.AcrossY)) / pose.Scale)).OrderDescending().Take(2).Average();
        return new HeadTurnMeasures(
            start, Math.Max(left, 0), Math.Max(right, 0), step, shift, zoom,
            DepthEstimate.Of(poses), narrow, Math.Sqrt(poses.Average(pose => pose.Residual * pose.Residual)));
    }

    private static double Median(ReadOnlySpan<double> values)
    {
        var sorted = values.ToArray();
        Array.Sort(sorted);
        return sorted[sorted.Length / 2];
    }
}
