namespace BiometricTwoFactor.AspNetCore;

/// <summary>How giving the digits ended.</summary>
internal enum TakeOutcome
{
    /// <summary>No such code, used, void or over; the end by a third wrong try is told in the same way.</summary>
    Unknown = 0,

    /// <summary>Not two digits, which is no try.</summary>
    NoDigits,

    /// <summary>Other digits than the asking screen shows.</summary>
    Wrong,

    /// <summary>This device has it now.</summary>
    Taken,
}

/// <summary>How giving the digits ended, with the challenge and the device's cookie where it succeeded.</summary>
internal sealed record TakeResult(TakeOutcome Outcome, StepUpChallenge? Challenge, HandedCookie.Content? Cookie)
{
    public static TakeResult Unknown { get; } = new(TakeOutcome.Unknown, null, null);
}
