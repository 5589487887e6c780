using System.Security.Cryptography;

namespace BiometricTwoFactor;

/// <summary>
/// Verifies deliveries of the provider on bytes, without ASP.NET Core. Accepts <c>X-Signature-V2</c> over the raw bytes
/// (guide) or over the canonical form (reference) under any live secret (contract, "The rule: read both, write one").
/// Thread safe: nothing is shared between calls but the options.
/// </summary>
public sealed class WebhookVerifier
{
    private readonly Func<WebhookVerifierOptions> _options;
    private readonly TimeProvider _clock;

    /// <summary>Makes a verifier over options that are read on each call.</summary>
    /// <param name="options">The options; see <see cref="WebhookVerifierOptions.Validate"/>, which this does not call.</param>
    /// <param name="timeProvider">The clock for freshness and expiring secrets; the system's by default.</param>
    public WebhookVerifier(WebhookVerifierOptions options, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = () => options;
        _clock = timeProvider ?? TimeProvider.System;
    }

    /// <summary>Makes a verifier that asks for its options on each call, such as <c>() => monitor.CurrentValue</c>.</summary>
    /// <param name="options">Gives the options; called once for each verification.</param>
    /// <param name="timeProvider">The clock for freshness and expiring secrets; the system's by default.</param>
    public WebhookVerifier(Func<WebhookVerifierOptions> options, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _clock = timeProvider ?? TimeProvider.System;
    }

    /// <summary>
    /// Checks the MAC and nothing else: neither freshness nor, where the raw bytes are signed, that the body is strict
    /// JSON. For hosts that verify now and put the bytes into a queue; whoever takes them out calls <see cref="Verify"/>.
    /// Allocates nothing.
    /// </summary>
    /// <param name="body">The body, byte for byte as received.</param>
    /// <param name="headers">The headers.</param>
    public WebhookOutcome VerifySignature(ReadOnlySpan<byte> body, in WebhookHeaders headers)
    {
        var options = _options();
        if (body.Length > options.MaxBodyBytes)
        {
            return WebhookOutcome.TooLarge;
        }

        var signature = ChosenSignature.From(in headers, options);
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        if (signature.Outcome(mac) is var refused and not WebhookOutcome.NotVerified)
        {
            return refused;
        }

        if (signature.Form == WebhookSignatureForm.RawBody && SignatureCheck.Match(body, mac, options.Secrets, _clock) is not null)
        {
            return WebhookOutcome.Valid;
        }

        if (!signature.MayBeCanonical && signature.Form != WebhookSignatureForm.Simple)
        {
            return WebhookOutcome.SignatureMismatch;
        }

        if (JsonTape.Parse(body, options.MaxBodyBytes, options.MaxDepth, out var tape) != JsonReadError.None)
        {
            return WebhookOutcome.SignatureMismatch;
        }

        using (tape)
        {
            if (signature.Form == WebhookSignatureForm.Simple)
            {
                return SignatureCheck.Match(WebhookSigner.SimpleForm(tape.Root), mac, options.Secrets, _clock) is null
                    ? WebhookOutcome.SignatureMismatch
                    : WebhookOutcome.HintOnly;
            }

            return MatchCanonical(in tape, body, mac, options) is null ? WebhookOutcome.SignatureMismatch : WebhookOutcome.Valid;
        }
    }

    /// <summary>Checks everything: size, MAC, strict JSON, agreement of the body with itself, freshness; and reads the event.</summary>
    /// <param name="body">The body, byte for byte as received.</param>
    /// <param name="headers">The headers.</param>
    public WebhookVerification Verify(ReadOnlySpan<byte> body, in WebhookHeaders headers)
    {
        var options = _options();
        if (body.Length > options.MaxBodyBytes)
        {
            return new WebhookVerification(WebhookOutcome.TooLarge);
        }

        var signature = ChosenSignature.From(in headers, options);
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        if (signature.Outcome(mac) is var refused and not WebhookOutcome.NotVerified)
        {
            return new WebhookVerification(refused);
        }

        var secret = signature.Form == WebhookSignatureForm.RawBody ? SignatureCheck.Match(body, mac, options.Secrets, _clock) : null;
        if (secret is null && !signature.MayBeCanonical && signature.Form != WebhookSignatureForm.Simple)
        {
            return new WebhookVerification(WebhookOutcome.SignatureMismatch);
        }

        if (JsonTape.Parse(body, options.MaxBodyBytes, options.MaxDepth, out var tape) != JsonReadError.None)
        {
            // A broken body has no canonical form that could have been signed: without a raw match the MAC has failed.
            return secret is null
                ? new WebhookVerification(WebhookOutcome.SignatureMismatch)
                : new WebhookVerification(WebhookOutcome.Malformed) { Form = WebhookSignatureForm.RawBody, SecretLabel = secret.Label };
        }

        using (tape)
        {
            return VerifyParsed(in tape, body, mac, in headers, signature.Form, secret, options);
        }
    }

    private WebhookVerification VerifyParsed(
        in JsonTape tape, ReadOnlySpan<byte> body, ReadOnlySpan<byte> mac, in WebhookHeaders headers, WebhookSignatureForm form, WebhookSecret? secret, WebhookVerifierOptions options)
    {
        if (form == WebhookSignatureForm.Simple)
        {
            secret = SignatureCheck.Match(WebhookSigner.SimpleForm(tape.Root), mac, options.Secrets, _clock);
            return secret is null
                ? new WebhookVerification(WebhookOutcome.SignatureMismatch)
                : new WebhookVerification(WebhookOutcome.HintOnly) { Form = form, SecretLabel = secret.Label, SessionIdHint = SessionDecisionReader.Id(tape.Root["session_id"u8]) };
        }

        var has = CanonicalWriter.TryWrite(in tape, body.Length, out var writer);
        try
        {
            if (secret is null)
            {
                form = WebhookSignatureForm.Canonical;
                secret = has ? SignatureCheck.Match(writer.Written, mac, options.Secrets, _clock) : null;
                if (secret is null)
                {
                    return new WebhookVerification(WebhookOutcome.SignatureMismatch);
                }
            }

            return has
                ? Conclude(tape.Root, writer.Written, in headers, form, secret, options)
                : new WebhookVerification(WebhookOutcome.Malformed) { Form = form, SecretLabel = secret.Label };
        }
        finally
        {
            writer.Dispose();
        }
    }

    private WebhookVerification Conclude(
        JsonCursor root, ReadOnlySpan<byte> canonical, in WebhookHeaders headers, WebhookSignatureForm form, WebhookSecret secret, WebhookVerifierOptions options)
    {
        var envelope = new SessionMembers(root);
        var freshness = Freshness.Check(envelope[SessionMember.Timestamp], headers.Timestamp, options, _clock, out var timestamp);
        var parsed = freshness == WebhookOutcome.Malformed ? null : WebhookEventReader.Read(in envelope, timestamp, headers.IsTest);
        if (parsed is null)
        {
            return new WebhookVerification(WebhookOutcome.Malformed) { Form = form, SecretLabel = secret.Label };
        }

        if (freshness != WebhookOutcome.Valid)
        {
            return new WebhookVerification(freshness) { Form = form, SecretLabel = secret.Label, SessionIdHint = parsed.SessionId };
        }

        return new WebhookVerification(parsed, canonical) { Form = form, SecretLabel = secret.Label };
    }

    private WebhookSecret? MatchCanonical(in JsonTape tape, ReadOnlySpan<byte> body, ReadOnlySpan<byte> mac, WebhookVerifierOptions options)
    {
        var has = CanonicalWriter.TryWrite(in tape, body.Length, out var writer);
        try
        {
            return has ? SignatureCheck.Match(writer.Written, mac, options.Secrets, _clock) : null;
        }
        finally
        {
            writer.Dispose();
        }
    }
}
