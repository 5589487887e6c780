namespace BiometricTwoFactor.Emulator;

/// <summary>What goes wrong with one event, for all of its destinations.</summary>
internal sealed record WebhookStrike
{
    public static WebhookStrike None { get; } = new();

    /// <summary>Never sent.</summary>
    public bool Drops { get; init; }

    /// <summary>Sent after the next one.</summary>
    public bool Reorders { get; init; }

    /// <summary>Sent that much later.</summary>
    public TimeSpan? Delay { get; init; }

    /// <summary>Sent that many times more.</summary>
    public int Copies { get; init; }

    /// <summary>The destinations' secrets are replaced before it is signed.</summary>
    public bool Rotates { get; init; }

    /// <summary>Signed with this instead of the destinations' secrets.</summary>
    public WebhookSecret? Secret { get; init; }

    /// <summary>Dated that far in the past.</summary>
    public TimeSpan Age { get; init; }

    /// <summary>Only the first half of the body is sent.</summary>
    public bool CutsShort { get; init; }

    /// <summary>Padded to that many bytes.</summary>
    public int? Bytes { get; init; }
}
