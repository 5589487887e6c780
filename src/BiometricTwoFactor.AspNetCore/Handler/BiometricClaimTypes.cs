namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// The claims that say how somebody was recognised, and never who it is. A sign-in that a face completed keeps them in its
/// ticket; for a step-up and for account access they are on the request alone and never in a cookie.
/// </summary>
public static class BiometricClaimTypes
{
    /// <summary>
    /// <c>amr</c>, once for each method in the words of RFC 8176: <c>face</c>, what else was evidenced (such as <c>pwd</c>),
    /// and <c>mfa</c> only when two independent categories were.
    /// </summary>
    public const string Method = "amr";

    /// <summary><c>acr</c>: what <see cref="BiometricStepUpOptions.Acr"/> calls it.</summary>
    public const string ContextClass = "acr";

    /// <summary><c>auth_time</c>: when the face was approved, in seconds since 1970 UTC.</summary>
    public const string Time = "auth_time";

    /// <summary>The id of the challenge.</summary>
    public const string ChallengeId = "biometric_challenge";

    /// <summary>The digest of what was asked, lower-hex SHA-256 (<see cref="StepUpChallenge.Digest"/>).</summary>
    public const string Digest = "biometric_digest";
}
