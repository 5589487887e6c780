namespace BiometricTwoFactor;

/// <summary>
/// How deliveries are verified. Read anew on every call, so that a rotated secret counts without a restart: assign a
/// new list to <see cref="Secrets"/> rather than changing one that is in use. There is no switch that turns
/// verification off.
/// </summary>
public sealed class WebhookVerifierOptions
{
    /// <summary>How many secrets may be accepted at a time: 8. Further ones verify nothing.</summary>
    public const int MaxSecrets = 8;

    /// <summary>The accepted secrets, 1 to 8. Expired ones count no more; without a live one everything is refused.</summary>
    public IList<WebhookSecret> Secrets { get; set; } = [];

    /// <summary>The greatest body, in bytes; 256 KiB by default.</summary>
    public int MaxBodyBytes { get; set; } = 256 * 1024;

    /// <summary>How deep objects and arrays may nest, 1 to 64; 16 by default.</summary>
    public int MaxDepth { get; set; } = JsonTape.DefaultMaxDepth;

    /// <summary>How far the signed timestamp may lie from now, in both directions; 300 seconds by default, which still pass.</summary>
    public TimeSpan TimestampTolerance { get; set; } = TimeSpan.FromSeconds(300);

    /// <summary>Refuses bodies without a signed timestamp. Off by default, since the guide's bodies carry none.</summary>
    public bool RequireTimestamp { get; set; }

    /// <summary>Accepts <c>X-Signature</c> (raw bytes) where <c>X-Signature-V2</c> is absent. Off by default.</summary>
    public bool AcceptRawSignatureHeader { get; set; }

    /// <summary>Reports <c>X-Signature-Simple</c> as <see cref="WebhookOutcome.HintOnly"/> where both others are absent. Off by default.</summary>
    public bool AcceptSimpleSignatureAsHint { get; set; }

    /// <summary>The problems of this configuration, each naming its setting; empty when there are none.</summary>
    public IReadOnlyList<string> Validate()
    {
        List<string> problems = [];
        if (Secrets is null or { Count: 0 })
        {
            problems.Add($"{nameof(Secrets)}: at least one webhook secret is needed.");
        }
        else if (Secrets.Count > MaxSecrets)
        {
            problems.Add($"{nameof(Secrets)}: at most {MaxSecrets} webhook secrets are accepted at a time.");
        }
        else if (Secrets.Contains(null!))
        {
            problems.Add($"{nameof(Secrets)}: an entry is null.");
        }

        if (MaxBodyBytes is < 1 or > 64 * 1024 * 1024)
        {
            problems.Add($"{nameof(MaxBodyBytes)}: must lie between 1 byte and 64 MiB.");
        }

        if (MaxDepth is < 1 or > JsonTape.GreatestMaxDepth)
        {
            problems.Add($"{nameof(MaxDepth)}: must lie between 1 and {JsonTape.GreatestMaxDepth}.");
        }

        if (TimestampTolerance <= TimeSpan.Zero || TimestampTolerance > TimeSpan.FromDays(1))
        {
            problems.Add($"{nameof(TimestampTolerance)}: must be positive and at most one day.");
        }

        return problems;
    }
}
