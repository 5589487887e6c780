namespace BiometricTwoFactor;

/// <summary>Over which form of the body the signature was right.</summary>
public enum WebhookSignatureForm
{
    /// <summary>None was.</summary>
    None = 0,

    /// <summary>The bytes as received (the guide's <c>X-Signature-V2</c>; <c>X-Signature</c>).</summary>
    RawBody,

    /// <summary>The canonical form (the reference's <c>X-Signature-V2</c>, contract 4.5).</summary>
    Canonical,

    /// <summary>The four values of <c>X-Signature-Simple</c> (contract 4.6).</summary>
    Simple,
}
