namespace BiometricTwoFactor.Cli;

/// <summary>A reason to stop that its user can do something about. Its message is shown, and holds no secret.</summary>
internal sealed class ToolException(string message) : Exception(message);
