namespace BiometricTwoFactor.AspNetCore;

/// <summary>What the application has just verified of the caller, for one challenge (<see cref="StepUpService.CompleteSecondFactorAsync"/>).</summary>
/// <param name="Factors">
/// The factor in the words of <c>amr</c> (RFC 8176), at least one of them a thing that the person has: <c>hwk</c>,
/// <c>swk</c>, <c>sc</c>, <c>otp</c>, <c>pop</c>. Codes by SMS or telephone are refused, and so is every unknown word.
/// </param>
/// <param name="Digest">
/// The <see cref="StepUpChallenge.Digest"/> that the factor was bound to, such as the digest inside of the signed WebAuthn
/// challenge: what the person saw is what was signed. Take it from what was signed, not from the challenge.
/// </param>
public sealed record SecondFactorProof(IReadOnlyCollection<string> Factors, string Digest)
{
    /// <summary>The factors only.</summary>
    public override string ToString() => string.Join(' ', Factors ?? []);
}
