using BiometricTwoFactor.ReferenceMatcher.HeadTurns;

namespace BiometricTwoFactor.ReferenceMatcher;

/// <summary>
/// Active liveness from the key points of a short series of frames: did the face begin towards the camera, turn as asked,
/// and move as a solid head rather than as a picture of one?
/// <para>
/// A flat picture that is tilted moves by one plane map (a homography): its nose and ears keep their places between eyes
/// and mouth. On a head the nose, before the eyes, and the ears, far behind them, shift against each other, and by a
/// definite amount for the narrowing that goes with it. From both follows how deep the thing is that turned. No learned
/// model, geometry alone; the README has the error rates, which come from made-up motion.
/// </para>
/// <para>
/// What it cannot see: a video of a turning head on a screen, frames that were never taken by a camera, a mask or a bust,
/// a slide show of many photographs of the same head a few degrees apart, a picture bent tightly and turned far (some
/// pass), and whether a real person acts freely. It does not compare whose face it is. A turn that was asked for at
/// random and seconds ago makes a prepared video harder, no more. Not a certified defence.
/// </para>
/// </summary>
public static class HeadTurnCheck
{
    private const int LeastFrames = 5;

    // In a series of an ordinary camera a head moves less than this from frame to frame.
    private const double MaxShift = 1.5;
    private const double MaxZoom = 1.5;

    // Eye distances: beyond the detector's error and what perspective does to a near head.
    private const double MaxResidual = 0.12;

    // Below both there is no motion that could tell a depth.
    private const double TellingTurn = 8;
    private const double TellingNarrowing = 0.15;

    /// <summary>Judges a series. Never throws on what the frames hold: points that are no numbers or in one place make a frame without a face.</summary>
    /// <param name="frames">The frames in order, null for one without a face. Not mirrored, all from one camera at one size. 8 to 40 over the turn are best.</param>
    /// <param name="asked">Which way the person was asked to turn.</param>
    /// <param name="thresholds">Null for the defaults.</param>
    public static HeadTurnResult Judge(IReadOnlyList<FaceDetection?> frames, HeadTurn asked, HeadTurnThresholds? thresholds = null)
    {
        ArgumentNullException.ThrowIfNull(frames);
        thresholds ??= HeadTurnThresholds.Default;
        var usable = frames.Select(FaceFrame.Of).OfType<FaceFrame>().ToArray();
        if (usable.Length < Math.Max(LeastFrames, thresholds.MinFrames))
        {
            return Refused(HeadTurnOutcome.TooFewFrames, null, FaceWarningCode.NoFaceDetected, "Too few frames show a face to judge a head turn.");
        }

        if (!(usable.Length >= (1 - thresholds.MaxLostShare) * frames.Count))
        {
            return Refused(HeadTurnOutcome.FaceLost, null, FaceWarningCode.NoFaceDetected, "The face was lost in too many of the frames.");
        }

        return HeadTurnMeasures.Of(usable) is { } measures
            ? Decide(measures, usable.Length, asked, thresholds)
            : Refused(HeadTurnOutcome.NotRigid, null, FaceWarningCode.LivenessFaceAttack, "The key points of a frame are not those of a face.");
    }

    // Every comparison is written so that a value which is no number refuses.
    private static HeadTurnResult Decide(HeadTurnMeasures measures, int frames, HeadTurn asked, HeadTurnThresholds thresholds)
    {
        var (there, back) = asked switch
        {
            HeadTurn.Left => (measures.LeftDegrees, measures.RightDegrees),
            HeadTurn.Right => (measures.RightDegrees, measures.LeftDegrees),
            _ => (0, 0),
        };
        var isDeep = measures.Depth >= thresholds.MinDepth;
        if (!(Math.Abs(measures.StartDegrees) <= thresholds.MaxStartDegrees))
        {
            return Refused(HeadTurnOutcome.NotFrontal, measures, FaceWarningCode.LowLivenessScore, "The face did not begin towards the camera.");
        }

        if (!(back < thresholds.MinTurnDegrees))
        {
            return Refused(HeadTurnOutcome.WrongWay, measures, FaceWarningCode.LowLivenessScore, "The face turned the other way.");
        }

        if (!(there >= thresholds.MinTurnDegrees))
        {
            return !isDeep && measures.Narrowing >= TellingNarrowing
                ? Refused(HeadTurnOutcome.Flat, measures, FaceWarningCode.LivenessFaceAttack, "The face narrowed as a tilted picture does, not as a head that turns.")
                : Refused(HeadTurnOutcome.TooLittle, measures, FaceWarningCode.LowLivenessScore, "The face did not turn far enough.");
        }

        // One step of most of the turn is a cut. The fewer frames, the larger an honest step.
        if (!(measures.LargestStep <= Math.Min(0.78, 0.27 + (2.9 / frames)) * (there + back)) || !(measures.LargestShift <= MaxShift) || !(measures.LargestZoom <= MaxZoom))
        {
            return Refused(HeadTurnOutcome.Jumped, measures, FaceWarningCode.LivenessFaceAttack, "The face jumped between two frames, as when pictures are exchanged.");
        }

        if (!isDeep)
        {
            return Refused(HeadTurnOutcome.Flat, measures, FaceWarningCode.LivenessFaceAttack, "What turned is too shallow for a head: a flat or bent picture.");
        }

        return measures.Residual <= MaxResidual
            ? Result(HeadTurnOutcome.Turned, measures, [])
            : Refused(HeadTurnOutcome.NotRigid, measures, FaceWarningCode.LivenessFaceAttack, "The key points do not move as those of one head.");
    }

    private static HeadTurnResult Refused(HeadTurnOutcome outcome, HeadTurnMeasures? measures, string code, string reason) =>
        Result(outcome, measures, [new FaceWarning(code, reason)]);

    private static HeadTurnResult Result(HeadTurnOutcome outcome, HeadTurnMeasures? measures, IReadOnlyList<FaceWarning> warnings)
    {
        if (measures is null)
        {
            return new HeadTurnResult(outcome, 0, 0, null, warnings);
        }

        var telling = measures.LeftDegrees >= TellingTurn || measures.RightDegrees >= TellingTurn || measures.Narrowing >= TellingNarrowing;
        return new HeadTurnResult(
            outcome, -(float)measures.RightDegrees, (float)measures.LeftDegrees, telling ? (float)measures.Depth : null, warnings);
    }
}
