using BiometricTwoFactor.Emulator;

namespace BiometricTwoFactor.Testing;

/// <summary>A capture that was finished in the customer's place.</summary>
public sealed class FinishedCapture
{
    /// <summary>The session as it is afterwards.</summary>
    public required EmulatedSession Session { get; init; }

    /// <summary>
    /// Where the browser goes now: the application's callback with <c>verificationSessionId</c> and <c>status</c> appended;
    /// null when the session has none. Carries the callback's code: not for logs.
    /// </summary>
    public Uri? Callback { get; init; }

    /// <summary>The session's id and status; neither token nor address.</summary>
    public override string ToString() => $"{Session.Id} {Session.Status.ToWire()}";
}
