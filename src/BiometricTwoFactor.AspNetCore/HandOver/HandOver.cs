namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// That a challenge is finished on another device than the one that asked, and how far that has come (protocol 4.2). A
/// challenge without it is finished where it was asked, and accepts no digits.
/// </summary>
public sealed record HandOver
{
    /// <summary>When the person chose the other device.</summary>
    public required DateTimeOffset OfferedAt { get; init; }

    /// <summary>What the asking device showed of itself: the other device names it, so that a stranger's request is noticed.</summary>
    public DeviceTraits AskedOn { get; init; } = DeviceTraits.Unknown;

    /// <summary>
    /// The code of the link and the two digits, under Data Protection: the asking page is shown again at every step, and a link
    /// that was sent already must stay good. Null once the digits were given, since there is nothing more to show.
    /// </summary>
    public byte[]? SealedCode { get; init; }

    /// <summary>How often other digits were given. The third time ends the challenge.</summary>
    public int WrongDigits { get; init; }

    /// <summary>When the right digits were given on the other device; null before.</summary>
    public DateTimeOffset? TakenAt { get; init; }

    /// <summary>SHA-256 of the value of that device's cookie; null before the digits. Only who has the cookie starts and claims.</summary>
    public string? CookieHash { get; init; }

    /// <summary>How far it has come, and nothing that opens it.</summary>
    public override string ToString() => TakenAt is null ? "offered" : "taken";

    /// <summary>True when both values are to be started by the same device: the asking one, or the one with that cookie.</summary>
    internal static bool HasSameStarter(StepUpChallenge one, StepUpChallenge other) =>
        (one.HandOver is null) == (other.HandOver is null)
        && string.Equals(one.HandOver?.CookieHash, other.HandOver?.CookieHash, StringComparison.Ordinal);
}
