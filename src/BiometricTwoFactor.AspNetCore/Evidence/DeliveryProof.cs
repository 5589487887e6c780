namespace BiometricTwoFactor.AspNetCore;

/// <summary>A delivery as it came: the bytes and headers that its signature covers, and the rule that verified it.</summary>
/// <param name="Mark">How the store remembers it.</param>
/// <param name="Body">The bytes, only during the request.</param>
/// <param name="Headers">The headers that sign it.</param>
/// <param name="Form">Over which form the signature was right.</param>
/// <param name="SecretLabel">The secret's label.</param>
internal sealed record DeliveryProof(
    DeliveryMark Mark, ReadOnlyMemory<byte> Body, WebhookHeaders Headers, WebhookSignatureForm Form, string? SecretLabel)
{
    public DeliveryFacts Facts => new()
    {
        SignatureV2 = Headers.SignatureV2,
        Signature = Headers.Signature,
        SignatureSimple = Headers.SignatureSimple,
        Timestamp = Headers.Timestamp,
        Form = Form.ToString(),
        SecretLabel = SecretLabel,
        EventId = Mark.EventId,
        Bytes = Body.Length,
    };

    /// <summary>The form only.</summary>
    public override string ToString() => Form.ToString();
}
