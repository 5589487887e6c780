namespace BiometricTwoFactor.AspNetCore;

/// <summary>What the authentication handler is called where nothing else is said.</summary>
public static class BiometricDefaults
{
    /// <summary>
    /// The scheme's name. It has no display name by default: a page that lists external providers must not offer a face in
    /// place of a sign-in.
    /// </summary>
    public const string AuthenticationScheme = "Biometric";

    /// <summary>Where a challenge is completed, with its id as the next segment: <c>/biometric/complete/{id}</c>.</summary>
    public const string CallbackPath = "/biometric/complete";
}
