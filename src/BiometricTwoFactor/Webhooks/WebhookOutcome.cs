namespace BiometricTwoFactor;

/// <summary>What became of a delivery's verification. Only <see cref="Valid"/> may be acted on.</summary>
public enum WebhookOutcome
{
    /// <summary>Nothing was verified: the default, which permits nothing.</summary>
    NotVerified = 0,

    /// <summary>Authentic and, from <see cref="WebhookVerifier.Verify"/>, strict and fresh.</summary>
    Valid,

    /// <summary>No signature header that counts was sent. Answer 401.</summary>
    MissingSignature,

    /// <summary>The signature header is not exactly 64 lower-case hex digits. Answer 401.</summary>
    MalformedSignature,

    /// <summary>No live secret signed these bytes in an accepted form. Answer 401.</summary>
    SignatureMismatch,

    /// <summary>The body exceeds <see cref="WebhookVerifierOptions.MaxBodyBytes"/>; nothing else was looked at. Answer 413.</summary>
    TooLarge,

    /// <summary>The MAC is right, but the body breaks the strict JSON rules (contract 4.5) or contradicts itself. Answer 2xx, act on nothing.</summary>
    Malformed,

    /// <summary>
    /// Authentic, but the signed timestamp is outside of the tolerance, or <c>X-Timestamp</c> differs from it or is not
    /// 1 to 12 ASCII digits. Answer 2xx; one decision read may follow (protocol 6.4).
    /// </summary>
    Stale,

    /// <summary>Authentic, without a signed timestamp, and <see cref="WebhookVerifierOptions.RequireTimestamp"/> is set. Answer 2xx; one decision read may follow.</summary>
    TimestampMissing,

    /// <summary>
    /// Only <c>X-Signature-Simple</c> was sent, and it is right. It covers neither decision nor metadata: at most a hint
    /// to read the decision.
    /// </summary>
    HintOnly,
}
