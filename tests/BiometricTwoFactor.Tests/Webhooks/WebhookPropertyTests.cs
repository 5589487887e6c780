using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace BiometricTwoFactor.Tests.Webhooks;

/// <summary>What holds for every document, not only for those somebody thought of.</summary>
public sealed class WebhookPropertyTests
{
    private static readonly WebhookSecret Secret = new(Delivery.SecretText);
    private static readonly WebhookVerifier Verifier = Delivery.Verifier();

    private static readonly Arbitrary<int> Styles = Arb.From(Gen.Choose(0, int.MaxValue));

    [Fact]
    public void Whatever_the_signer_signs_over_the_bytes_verifies() =>
        Prop.ForAll(GeneratedDocument.Documents, Styles, (document, style) =>
        {
            var body = GeneratedDocument.Write(document, style);
            var verification = Verifier.Verify(body, new WebhookHeaders { SignatureV2 = WebhookSigner.SignRaw(body, Secret) });
            return verification is { IsValid: true, Form: WebhookSignatureForm.RawBody };
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Whatever_the_signer_signs_canonically_verifies_in_every_other_spelling() =>
        Prop.ForAll(GeneratedDocument.Documents, Styles, Styles, (document, sent, received) =>
        {
            var signature = WebhookSigner.SignCanonical(GeneratedDocument.Write(document, sent), Secret);
            var body = GeneratedDocument.Write(document, received);
            var headers = new WebhookHeaders { SignatureV2 = signature };
            return Verifier.Verify(body, headers).IsValid && Verifier.VerifySignature(body, headers) == WebhookOutcome.Valid;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_canonical_form_is_its_own_canonical_form_and_the_same_document() =>
        Prop.ForAll(GeneratedDocument.Documents, Styles, (document, style) =>
        {
            var body = GeneratedDocument.Write(document, style);
            var canonical = Json.CanonicalFormTests.Canonical(Encoding.UTF8.GetString(body));
            return Json.CanonicalFormTests.Canonical(canonical) == canonical && SameDocument.Are(body, Encoding.UTF8.GetBytes(canonical));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_change_of_any_byte_of_the_body_is_refused_or_leaves_the_document_the_same()
    {
        var changes = Arb.From(Gen.Choose(1, 255).Select(i => (byte)i));
        Prop.ForAll(GeneratedDocument.Documents, Styles, changes, (document, style, change) =>
        {
            var body = GeneratedDocument.Write(document, style);
            var raw = new WebhookHeaders { SignatureV2 = WebhookSigner.SignRaw(body, Secret) };
            var canonical = new WebhookHeaders { SignatureV2 = WebhookSigner.SignCanonical(body, Secret) };
            for (var at = 0; at < body.Length; at += 1 + (body.Length / 64))
            {
                byte[] changed = [.. body];
                changed[at] ^= change;
                foreach (var headers in new[] { raw, canonical })
                {
                    if (Verifier.Verify(changed, headers).IsValid && !SameDocument.Are(body, changed))
                    {
                        return false;
                    }
                }
            }

            return true;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_change_of_any_digit_of_the_signature_is_refused()
    {
        var body = GeneratedDocument.Write(new Members([KeyValuePair.Create<string, Value>("status", new Text("Approved"))]), 0);
        foreach (var signature in new[] { WebhookSigner.SignRaw(body, Secret), WebhookSigner.SignCanonical(body, Secret) })
        {
            Assert.True(Verifier.Verify(body, new WebhookHeaders { SignatureV2 = signature }).IsValid);
            for (var at = 0; at < signature.Length; at++)
            {
                foreach (var digit in "0123456789abcdefABCDEF ,".Where(d => d != signature[at]))
                {
                    var changed = signature[..at] + digit + signature[(at + 1)..];
                    Assert.False(Verifier.Verify(body, new WebhookHeaders { SignatureV2 = changed }).IsValid);
                }
            }
        }
    }

    [Fact]
    public void No_bytes_whatever_make_the_verifier_throw() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes =>
        {
            byte[] body = [.. "{\"a\":"u8, .. bytes, .. "}"u8];
            var outcome = Verifier.Verify(body, new WebhookHeaders { SignatureV2 = Delivery.Hmac(body) }).Outcome;
            return outcome is WebhookOutcome.Valid or WebhookOutcome.Malformed
                && Verifier.Verify(bytes, new WebhookHeaders { SignatureV2 = new string('0', 64) }).Outcome == WebhookOutcome.SignatureMismatch;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void No_header_whatever_is_a_timestamp_unless_it_is_the_signed_one() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string?>(), header =>
        {
            var expected = header is null ? WebhookOutcome.Valid : WebhookOutcome.Stale;
            return Delivery.Verify("{" + Delivery.Plain + "}", timestampHeader: header).Outcome == expected;
        }).QuickCheckThrowOnFailure();
}
