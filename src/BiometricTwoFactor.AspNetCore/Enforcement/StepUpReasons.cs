namespace BiometricTwoFactor.AspNetCore;

/// <summary>Which reasons an endpoint may name.</summary>
internal static class StepUpReasons
{
    public static bool HasShape(string reason) =>
        reason is { Length: > 0 and <= 40 } && reason.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_');

    public static bool IsBuiltIn(string reason) =>
        reason is StepUpReason.LoginNewDevice or StepUpReason.HighValueTransaction or StepUpReason.SettingsChange
            or StepUpReason.AccountRecovery or StepUpReason.Enrolment;

    /// <summary>Why an endpoint may not name this reason; null when it may.</summary>
    public static string? Problem(string reason, BiometricStepUpOptions options) => reason switch
    {
        // It happens before there is a signed-in user, so that an attribute cannot serve it.
        StepUpReason.AccountRecovery => $"The reason '{reason}' belongs to the sign-in flow and cannot be enforced on an endpoint.",
        // For who is signed in: a face for account access, good for a window (protocol 2.1).
        StepUpReason.LoginNewDevice or StepUpReason.HighValueTransaction or StepUpReason.SettingsChange => null,
        _ when options.Reasons.ContainsKey(reason) => null,
        _ => $"The reason '{reason}' is unknown. Add it to Biometric:Reasons.",
    };
}
