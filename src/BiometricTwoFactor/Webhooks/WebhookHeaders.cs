using System.Runtime.InteropServices;

namespace BiometricTwoFactor;

/// <summary>
/// The headers of a delivery that matter (contract 4.3), each as the one value that was received, untrimmed, or null
/// when it was absent. A header that came more than once, or joined by commas, is <see cref="Several"/> or the joined
/// text: neither is ever a signature or a timestamp, so that the delivery is refused rather than a candidate chosen.
/// </summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct WebhookHeaders
{
    /// <summary>The header name <c>X-Signature-V2</c>.</summary>
    public const string SignatureV2Name = "X-Signature-V2";

    /// <summary>The header name <c>X-Signature</c>.</summary>
    public const string SignatureName = "X-Signature";

    /// <summary>The header name <c>X-Signature-Simple</c>.</summary>
    public const string SignatureSimpleName = "X-Signature-Simple";

    /// <summary>The header name <c>X-Timestamp</c>.</summary>
    public const string TimestampName = "X-Timestamp";

    /// <summary>The header name <c>X-Didit-Test-Webhook</c>.</summary>
    public const string TestWebhookName = "X-Didit-Test-Webhook";

    /// <summary>What a host passes for a header that occurred more than once. It satisfies no rule.</summary>
    public const string Several = ",";

    /// <summary><c>X-Signature-V2</c>: HMAC-SHA256 over the raw bytes (guide) or the canonical form (reference). Where present it alone decides.</summary>
    public string? SignatureV2 { get; init; }

    /// <summary><c>X-Signature</c>: HMAC-SHA256 over the raw bytes. Counts only where <see cref="WebhookVerifierOptions.AcceptRawSignatureHeader"/> is set.</summary>
    public string? Signature { get; init; }

    /// <summary><c>X-Signature-Simple</c>: covers four values of the envelope only. At most a hint.</summary>
    public string? SignatureSimple { get; init; }

    /// <summary><c>X-Timestamp</c>: unix seconds. Covered by no signature; it may only agree with the signed one.</summary>
    public string? Timestamp { get; init; }

    /// <summary><c>X-Didit-Test-Webhook</c>: any value but <c>false</c> marks a test delivery, which never authorises anything.</summary>
    public string? TestWebhook { get; init; }

    /// <summary>Which headers are there, never their values.</summary>
    public override string ToString() =>
        $"V2 {Told(SignatureV2)}, raw {Told(Signature)}, simple {Told(SignatureSimple)}, timestamp {Told(Timestamp)}";

    internal bool IsTest => TestWebhook is not (null or "false");

    private static string Told(string? value) => value is null ? "absent" : "present";
}
