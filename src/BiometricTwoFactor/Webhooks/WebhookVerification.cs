using System.Diagnostics;
using System.Security.Cryptography;

namespace BiometricTwoFactor;

/// <summary>The result of <see cref="WebhookVerifier.Verify"/>.</summary>
public sealed class WebhookVerification
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly byte[]? _canonical;

    private string? _bodyHash;

    internal WebhookVerification(WebhookOutcome outcome) => Outcome = outcome;

    internal WebhookVerification(WebhookEvent valid, ReadOnlySpan<byte> canonical)
        : this(WebhookOutcome.Valid)
    {
        Event = valid;
        _canonical = canonical.ToArray();
    }

    /// <summary>What became of it.</summary>
    public WebhookOutcome Outcome { get; }

    /// <summary>True for <see cref="WebhookOutcome.Valid"/> and nothing else.</summary>
    public bool IsValid => Outcome == WebhookOutcome.Valid;

    /// <summary>The event; there when, and only when, <see cref="IsValid"/>.</summary>
    public WebhookEvent? Event { get; }

    /// <summary>
    /// The session named by a delivery that is <see cref="WebhookOutcome.Stale"/>, <see cref="WebhookOutcome.TimestampMissing"/>
    /// or <see cref="WebhookOutcome.HintOnly"/>. It may lead to a decision read, and to nothing else.
    /// </summary>
    public SessionId? SessionIdHint { get; internal init; }

    /// <summary>Over which form the signature was right.</summary>
    public WebhookSignatureForm Form { get; internal init; }

    /// <summary>The label of the secret that signed; null when none did.</summary>
    public string? SecretLabel { get; internal init; }

    /// <summary>
    /// SHA-256 of the canonical form as lower-case hex: the same for every encoding of the same document, and so the
    /// key for deduplication beside the event id (protocol 6.3). There when, and only when, <see cref="IsValid"/>. Computed when first
    /// asked for, since hashing costs as much as the rest of the reading.
    /// </summary>
    public string? BodyHash => _bodyHash ??= _canonical is null ? null : Convert.ToHexStringLower(SHA256.HashData(_canonical));

    /// <summary>The outcome, nothing of the delivery.</summary>
    public override string ToString() => Outcome.ToString();
}
