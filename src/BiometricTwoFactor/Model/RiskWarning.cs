namespace BiometricTwoFactor;

/// <summary>A warning of a step (contract 2.4). The list of risk codes grows, so they stay texts.</summary>
/// <param name="Risk">The code, such as <c>LOW_FACE_MATCH_SIMILARITY</c>.</param>
/// <param name="Severity">How the provider logs it; anything but the two milder exact texts is an error.</param>
public sealed record RiskWarning(string Risk, WarningSeverity Severity);

/// <summary>The provider's <c>log_type</c> of a warning. Unknown texts count as the worst.</summary>
public enum WarningSeverity
{
    /// <summary><c>error</c>, a missing or an unknown text.</summary>
    Error = 0,

    /// <summary><c>warning</c>.</summary>
    Warning,

    /// <summary><c>information</c>.</summary>
    Information,
}
