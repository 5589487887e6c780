using BiometricTwoFactor.ReferenceMatcher;

namespace BiometricTwoFactor.Emulator;

/// <summary>What a series of frames comes to where a turn of the head was asked for (<c>ACTIVE_3D</c>).</summary>
internal static class HeadTurnJudge
{
    /// <summary>A measured step: 0 to 100 is how deep the thing was that turned, as a share of an average head's depth.</summary>
    /// <param name="turn">What the matcher saw.</param>
    /// <param name="threshold">0 to 100; strictly above passes.</param>
    public static CaptureStep Judge(HeadTurnResult turn, decimal threshold)
    {
        if (!turn.IsLive)
        {
            return new CaptureStep(FeatureStatus.Declined, 0m, [.. FaceWarnings.About(FaceWarnings.Liveness, turn)]);
        }

        var score = PictureNumbers.Percent(turn.Depth ?? 0);
        return score > threshold
            ? new CaptureStep(FeatureStatus.Approved, score)
            : new CaptureStep(FeatureStatus.Declined, score, FaceWarnings.LowLiveness);
    }

    /// <summary>
    /// What the person can do better, and null where there is nothing: a head that turned, or something that is no head,
    /// which gets no second try.
    /// </summary>
    public static PictureProblem? Problem(HeadTurnResult turn) => turn.Outcome switch
    {
        HeadTurnOutcome.Turned or HeadTurnOutcome.Flat or HeadTurnOutcome.NotRigid => null,
        HeadTurnOutcome.NotFrontal => Of(turn, "problem_turn_start"),
        HeadTurnOutcome.TooLittle => Of(turn, "problem_turn_little"),
        HeadTurnOutcome.WrongWay => Of(turn, "problem_turn_other_way"),
        HeadTurnOutcome.Jumped => Of(turn, "problem_turn_jumped"),
        _ => Of(turn, "problem_turn_lost"),
    };

    private static PictureProblem Of(HeadTurnResult turn, string text) => new(turn.Warnings[0].Code, text);
}
