namespace BiometricTwoFactor;

/// <summary>Which of the provider's two worlds a session belongs to. A sandbox verdict never counts in the live one .</summary>
public enum ProviderEnvironment
{
    /// <summary>Missing or another text than <c>live</c> and <c>sandbox</c>.</summary>
    Unknown = 0,

    /// <summary><c>live</c>.</summary>
    Live,

    /// <summary><c>sandbox</c>.</summary>
    Sandbox,
}
