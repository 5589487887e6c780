namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Why a face is asked for, in the words of the wire (<c>metadata.reason</c>). Constants, so that they can stand in an
/// attribute. An application adds its own with <see cref="BiometricStepUpOptions.Reasons"/>.
/// </summary>
public static class StepUpReason
{
    /// <summary>
    /// A sign-in from a device that is not known. On an endpoint: account access, where one face is good for a window that
    /// slides with activity (<see cref="BiometricStepUpOptions.Access"/>); it needs <c>AddAuthentication().AddBiometric()</c>.
    /// </summary>
    public const string LoginNewDevice = "login_new_device";

    /// <summary>A payment: bound to exactly one amount and one payee (RTS article 5).</summary>
    public const string HighValueTransaction = "high_value_txn";

    /// <summary>A change of a password, a limit, a trusted payee: one face, one action.</summary>
    public const string SettingsChange = "settings_change";

    /// <summary>Getting back into an account, before there is a signed-in user: an endpoint that names it stops the start.</summary>
    public const string AccountRecovery = "account_recovery";

    /// <summary>Our own word for enrolling a face; never sent to the provider and never usable on an endpoint.</summary>
    internal const string Enrolment = "enrolment";
}
