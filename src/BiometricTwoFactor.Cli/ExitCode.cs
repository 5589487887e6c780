namespace BiometricTwoFactor.Cli;

/// <summary>What the tool ends with.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>The delivery does not verify.</summary>
    public const int Refused = 1;

    /// <summary>The tool was called wrongly, or could not do what it was asked.</summary>
    public const int Usage = 2;
}
