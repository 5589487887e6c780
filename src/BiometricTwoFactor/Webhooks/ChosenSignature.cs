using System.Runtime.InteropServices;

namespace BiometricTwoFactor;

/// <summary>
/// The one header that decides about a delivery. <c>X-Signature-V2</c> decides alone where it is present; a weaker one
/// counts only where the stronger are absent and its option is on, so that nobody can choose the weaker (attack 35).
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct ChosenSignature
{
    private readonly string? _text;

    private ChosenSignature(string? text, WebhookSignatureForm form, bool mayBeCanonical)
    {
        _text = text;
        Form = form;
        MayBeCanonical = mayBeCanonical;
    }

    /// <summary>The form to try first.</summary>
    public WebhookSignatureForm Form { get; }

    /// <summary>The canonical form is tried when the first does not match.</summary>
    public bool MayBeCanonical { get; }

    public static ChosenSignature From(in WebhookHeaders headers, WebhookVerifierOptions options)
    {
        if (headers.SignatureV2 is { } v2)
        {
            return new ChosenSignature(v2, WebhookSignatureForm.RawBody, mayBeCanonical: true);
        }

        if (headers.Signature is { } raw)
        {
            return options.AcceptRawSignatureHeader ? new ChosenSignature(raw, WebhookSignatureForm.RawBody, mayBeCanonical: false) : default;
        }

        return headers.SignatureSimple is { } simple && options.AcceptSimpleSignatureAsHint
            ? new ChosenSignature(simple, WebhookSignatureForm.Simple, mayBeCanonical: false)
            : default;
    }

    /// <summary>Decodes the header; <see cref="WebhookOutcome.NotVerified"/> when there is a signature to be checked, else why not.</summary>
    public WebhookOutcome Outcome(Span<byte> mac)
    {
        if (_text is null)
        {
            return WebhookOutcome.MissingSignature;
        }

        return SignatureCheck.TryDecode(_text, mac) ? WebhookOutcome.NotVerified : WebhookOutcome.MalformedSignature;
    }
}
