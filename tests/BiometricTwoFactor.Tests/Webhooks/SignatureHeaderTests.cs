using System.Text;

namespace BiometricTwoFactor.Tests.Webhooks;

/// <summary>Which header counts and what it must look like (attacks 34 to 36, 54, 56).</summary>
public sealed class SignatureHeaderTests
{
    private const string Body = "{" + Delivery.Plain + "}";
    private static readonly byte[] Bytes = Encoding.UTF8.GetBytes(Body);
    private static readonly string Right = Delivery.Hmac(Body);
    private static readonly string Simple = Delivery.Hmac("1774970000:s-1:Approved:status.updated");

    public static TheoryData<string> NotSignatures =>
    [
        "",
        " ",
        WebhookHeaders.Several,
        Right + "," + Right,
        Right + ", " + Right,
        Right + " ",
        " " + Right,
        Right[1..],
        Right + "0",
        "0x" + Right[2..],
        "sha256=" + Right,
        Right.ToUpperInvariant(),
        Right[..63] + "g",
        Right[..63] + "\uff11",
        new string('a', 100_000),
        string.Join(',', Enumerable.Repeat(Right, 1000)),
    ];

    [Theory]
    [MemberData(nameof(NotSignatures))]
    public void A_header_that_is_not_exactly_64_lower_case_hex_digits_is_malformed(string header)
    {
        var headers = new WebhookHeaders { SignatureV2 = header, Signature = Right, SignatureSimple = Simple };
        var options = Delivery.Options();
        options.AcceptRawSignatureHeader = true;
        options.AcceptSimpleSignatureAsHint = true;

        Assert.Equal(WebhookOutcome.MalformedSignature, Delivery.Verifier(options).Verify(Bytes, headers).Outcome);
        Assert.Equal(WebhookOutcome.MalformedSignature, Delivery.Verifier(options).VerifySignature(Bytes, headers));
    }

    [Fact]
    public void Without_a_signature_nothing_is_verified()
    {
        Assert.Equal(WebhookOutcome.MissingSignature, Delivery.Verifier().Verify(Bytes, default).Outcome);
        Assert.Equal(WebhookOutcome.MissingSignature, Delivery.Verifier().VerifySignature(Bytes, new WebhookHeaders { Timestamp = "1774970000" }));
    }

    [Fact]
    public void The_raw_header_counts_only_when_it_is_turned_on()
    {
        var headers = new WebhookHeaders { Signature = Right };
        var on = Delivery.Options();
        on.AcceptRawSignatureHeader = true;

        Assert.Equal(WebhookOutcome.MissingSignature, Delivery.Verifier().Verify(Bytes, headers).Outcome);
        Assert.Equal(WebhookOutcome.Valid, Delivery.Verifier(on).Verify(Bytes, headers).Outcome);
        Assert.Equal(WebhookOutcome.Valid, Delivery.Verifier(on).VerifySignature(Bytes, headers));
    }

    [Fact]
    public void The_raw_header_covers_the_bytes_and_never_the_canonical_form()
    {
        const string Spaced = "{ " + Delivery.Plain + "}";
        var options = Delivery.Options();
        options.AcceptRawSignatureHeader = true;
        var headers = new WebhookHeaders { Signature = Delivery.Hmac(Body) };

        Assert.Equal(WebhookOutcome.SignatureMismatch, Delivery.Verifier(options).Verify(Encoding.UTF8.GetBytes(Spaced), headers).Outcome);
        Assert.Equal(WebhookOutcome.SignatureMismatch, Delivery.Verifier(options).VerifySignature(Encoding.UTF8.GetBytes(Spaced), headers));
    }

    [Fact]
    public void The_weakest_header_never_counts_for_the_bytes()
    {
        var options = Delivery.Options();
        options.AcceptSimpleSignatureAsHint = true;
        var headers = new WebhookHeaders { SignatureSimple = Right }; // the MAC of the body, in the header that covers four fields

        Assert.Equal(WebhookOutcome.SignatureMismatch, Delivery.Verifier(options).Verify(Bytes, headers).Outcome);
        Assert.Equal(WebhookOutcome.SignatureMismatch, Delivery.Verifier(options).VerifySignature(Bytes, headers));
    }

    [Fact]
    public void A_wrong_strong_header_is_not_saved_by_a_right_weaker_one()
    {
        var options = Delivery.Options();
        options.AcceptRawSignatureHeader = true;
        options.AcceptSimpleSignatureAsHint = true;
        var wrongV2 = new WebhookHeaders { SignatureV2 = new string('0', 64), Signature = Right, SignatureSimple = Simple };
        var wrongRaw = new WebhookHeaders { Signature = new string('0', 64), SignatureSimple = Simple };

        Assert.Equal(WebhookOutcome.SignatureMismatch, Delivery.Verifier(options).Verify(Bytes, wrongV2).Outcome);
        Assert.Equal(WebhookOutcome.SignatureMismatch, Delivery.Verifier(options).Verify(Bytes, wrongRaw).Outcome);
    }

    [Fact]
    public void A_raw_header_that_is_turned_off_still_keeps_the_simple_one_from_counting()
    {
        var options = Delivery.Options();
        options.AcceptSimpleSignatureAsHint = true;
        var headers = new WebhookHeaders { Signature = Right, SignatureSimple = Simple };

        Assert.Equal(WebhookOutcome.MissingSignature, Delivery.Verifier(options).Verify(Bytes, headers).Outcome);
    }

    [Fact]
    public void The_simple_header_is_at_most_a_hint_to_read_the_decision()
    {
        var headers = new WebhookHeaders { SignatureSimple = Simple };
        var on = Delivery.Options();
        on.AcceptSimpleSignatureAsHint = true;

        Assert.Equal(WebhookOutcome.MissingSignature, Delivery.Verifier().Verify(Bytes, headers).Outcome);
        var hint = Delivery.Verifier(on).Verify(Bytes, headers);
        Assert.Equal(WebhookOutcome.HintOnly, hint.Outcome);
        Assert.Equal(WebhookOutcome.HintOnly, Delivery.Verifier(on).VerifySignature(Bytes, headers));
        Assert.False(hint.IsValid);
        Assert.Null(hint.Event);
        Assert.Null(hint.BodyHash);
        Assert.Equal("s-1", hint.SessionIdHint.ToString());
        Assert.Equal(WebhookSignatureForm.Simple, hint.Form);
    }

    [Fact]
    public void The_simple_header_leaves_missing_values_empty_and_keeps_the_colons()
    {
        var options = Delivery.Options();
        options.AcceptSimpleSignatureAsHint = true;
        var body = "{\"status\":\"Approved\",\"timestamp\":1774970000.0}"u8;

        Assert.Equal(WebhookOutcome.HintOnly, Delivery.Verifier(options).VerifySignature(body, new WebhookHeaders { SignatureSimple = Delivery.Hmac("1774970000::Approved:") }));
        Assert.Equal(WebhookOutcome.SignatureMismatch, Delivery.Verifier(options).VerifySignature("{\"status\""u8, new WebhookHeaders { SignatureSimple = Delivery.Hmac(":::") }));
    }

    [Fact]
    public void The_headers_print_nothing_of_what_they_hold()
    {
        var headers = new WebhookHeaders { SignatureV2 = Right, Timestamp = "1774970000" };

        Assert.Equal("V2 present, raw absent, simple absent, timestamp present", headers.ToString());
    }
}
