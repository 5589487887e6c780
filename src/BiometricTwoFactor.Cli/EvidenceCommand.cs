using System.CommandLine;

namespace BiometricTwoFactor.Cli;

/// <summary><c>biometric2fa evidence</c>: what the application recorded of its step-ups, checked without the application.</summary>
internal static class EvidenceCommand
{
    public static Command Create(ToolContext context) => new("evidence", "Checks exported evidence, reports on one authentication, and makes the keys.")
    {
        EvidenceVerifyCommand.Create(context),
        EvidenceReportCommand.Create(context),
        EvidenceKeysCommand.Create(context),
    };
}
