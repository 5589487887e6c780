namespace BiometricTwoFactor.AspNetCore;

/// <summary>What the application has just verified in the face's place, for one challenge (<see cref="StepUpService.CompleteByAlternativeAsync"/>).</summary>
/// <param name="Name">The <see cref="IStepUpAlternative.Name"/> of the way that was used.</param>
/// <param name="Factors">
/// The factors in the words of <c>amr</c> (RFC 8176), at least one of them a thing that the person has (<c>hwk</c>,
/// <c>swk</c>, <c>sc</c>, <c>otp</c>, <c>pop</c>) or is (<c>fpt</c>, <c>iris</c>, <c>retina</c>, <c>vbm</c>). Knowledge alone,
/// codes by SMS or telephone, and every unknown word are refused.
/// </param>
/// <param name="Digest">
/// The <see cref="StepUpChallenge.Digest"/> that the proof was bound to: what the person saw is what was confirmed. Take it
/// from what was signed, not from the challenge.
/// </param>
public sealed record AlternativeProof(string Name, IReadOnlyCollection<string> Factors, string Digest)
{
    /// <summary>The way's name only.</summary>
    public override string ToString() => Name;
}
