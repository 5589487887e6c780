using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace BiometricTwoFactor;

/// <summary>
/// A webhook secret: its literal UTF-8 text is the HMAC key (contract 4.1), never base64-decoded. May end at a time, so
/// that an old and a new secret overlap while they are rotated. Its <see cref="ToString"/> shows the label only.
/// </summary>
[DebuggerDisplay("{Label,nq}")]
public sealed class WebhookSecret
{
    /// <summary>The least number of UTF-8 bytes that a secret must have: 24. The provider's own have 43.</summary>
    public const int MinimumBytes = 24;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly byte[] _key;

    /// <summary>Wraps a secret.</summary>
    /// <param name="value">The secret's text, as the provider shows it.</param>
    /// <param name="expiresAt">From this instant on the secret verifies nothing; null for no end.</param>
    /// <param name="label">A name for logs, such as <c>2026-q4</c>; never the secret.</param>
    /// <exception cref="ArgumentException">Shorter than <see cref="MinimumBytes"/>, or nothing but white space.</exception>
    public WebhookSecret(string value, DateTimeOffset? expiresAt = null, string label = "default")
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentException.ThrowIfNullOrWhiteSpace(label);
        _key = Encoding.UTF8.GetBytes(value);
        if (_key.Length < MinimumBytes || string.IsNullOrWhiteSpace(value))
        {
            throw new ArgumentException($"A webhook secret is more than white space and has at least {MinimumBytes} bytes.", nameof(value));
        }

        ExpiresAt = expiresAt;
        Label = label;
    }

    /// <summary>From when on the secret no longer counts; null for no end.</summary>
    public DateTimeOffset? ExpiresAt { get; }

    /// <summary>The secret's name in logs.</summary>
    public string Label { get; }

    /// <summary>True when the other secret is the same text, whatever its label and end. Takes the same time for every text of one length.</summary>
    /// <param name="other">The other secret.</param>
    public bool HasSameValueAs(WebhookSecret other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return CryptographicOperations.FixedTimeEquals(_key, other._key);
    }

    internal ReadOnlySpan<byte> Key => _key;

    internal bool IsLive(DateTimeOffset now) => ExpiresAt is not { } end || now < end;

    /// <summary>The label, never the secret.</summary>
    public override string ToString() => Label;
}
