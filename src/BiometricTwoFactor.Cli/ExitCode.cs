namespace BiometricTwoFactor.Cli;

/// <summary>What the tool ends with.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>The answer is no: the delivery does not verify, the faces do not match, the capture is not live.</summary>
    public const int Refused = 1;

    /// <summary>The tool was called wrongly, or could not do what it was asked.</summary>
    public const int Usage = 2;
}
