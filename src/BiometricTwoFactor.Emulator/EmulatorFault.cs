namespace BiometricTwoFactor.Emulator;

/// <summary>One planned misbehaviour, in general or of one session. Plan it by <see cref="EmulatorFaults.Plan"/>.</summary>
public sealed record EmulatorFault
{
    /// <summary>What goes wrong.</summary>
    public required EmulatorFaultKind Kind { get; init; }

    /// <summary>The only session that it concerns; null, the default, means any. A fault of one session is used before a general one.</summary>
    public SessionId? SessionId { get; init; }

    /// <summary>
    /// How often it happens, up to 268435456; null means until it is removed. Default once. A verdict's fault happens once
    /// to a session: its webhook and its decision then say the same wrong thing, however often they are read.
    /// </summary>
    public int? Times { get; init; } = 1;

    /// <summary>The kind's wait or age, up to 30 days; null takes the kind's default.</summary>
    public TimeSpan? Delay { get; init; }

    /// <summary>The kind's number, up to 268435456; null takes the kind's default.</summary>
    public int? Count { get; init; }

    /// <summary>The kind's text; null takes the kind's default.</summary>
    public string? Text { get; init; }

    /// <summary>Its number in the plan, from 1; 0 before it is planned.</summary>
    public long Id { get; init; }
}
