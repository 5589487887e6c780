namespace BiometricTwoFactor.ReferenceMatcher;

/// <summary>What a series of frames with a requested head turn comes to.</summary>
/// <param name="Outcome">The decision.</param>
/// <param name="MinYawDegrees">Furthest turn to the person's own right, in degrees from where the face began; 0 or less. A rough measure.</param>
/// <param name="MaxYawDegrees">Furthest turn to the person's own left, in degrees from where the face began; 0 or more. A rough measure.</param>
/// <param name="Depth">
/// How deep the thing that turned is, from nose to ears, as a share of an average head's depth: near 1 for a head, near
/// 0 for a picture, about a third for a picture bent around a can; at most 3. Null when it did not turn enough to tell.
/// </param>
/// <param name="Warnings">Why the outcome is not <see cref="HeadTurnOutcome.Turned"/>; empty when it is.</param>
public sealed record HeadTurnResult(
    HeadTurnOutcome Outcome, float MinYawDegrees, float MaxYawDegrees, float? Depth, IReadOnlyList<FaceWarning> Warnings)
{
    /// <summary>A solid head turned as asked. Anything else is not live.</summary>
    public bool IsLive => Outcome == HeadTurnOutcome.Turned;
}
