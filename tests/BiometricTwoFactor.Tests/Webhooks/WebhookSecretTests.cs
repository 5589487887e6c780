using System.Collections.ObjectModel;
using System.Text;

namespace BiometricTwoFactor.Tests.Webhooks;

/// <summary>Secrets: which count, until when, and that all of them are tried (attacks 42, 43, 54).</summary>
public sealed class WebhookSecretTests
{
    private const string Old = "old_secret_old_secret_0001";
    private const string New = "new_secret_new_secret_0002";
    private const string Body = "{\"session_id\":\"s-1\",\"status\":\"Approved\"}";
    private static readonly byte[] Bytes = Encoding.UTF8.GetBytes(Body);
    private static readonly byte[] Reordered = Encoding.UTF8.GetBytes("{\"status\":\"Approved\", \"session_id\":\"s-1\"}");

    [Theory]
    [InlineData("")]
    [InlineData("wh_")]
    [InlineData("twenty-three-bytes-long")]
    public void A_short_secret_cannot_be_made(string text)
    {
        var error = Assert.Throws<ArgumentException>(() => new WebhookSecret(text));
        Assert.True(text.Length == 0 || !error.Message.Contains(text, StringComparison.Ordinal));
    }

    [Fact]
    public void The_secret_is_its_literal_text_and_is_never_decoded()
    {
        const string Base64 = "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo=";

        Assert.Equal(WebhookOutcome.Valid, Verify(Delivery.Options(Base64), Delivery.Hmac(Body, Base64)));
    }

    [Fact]
    public void While_two_secrets_overlap_both_count_and_the_label_tells_which()
    {
        var options = new WebhookVerifierOptions { Secrets = [new WebhookSecret(Old, label: "old"), new WebhookSecret(New, label: "new")] };
        var verifier = Delivery.Verifier(options);

        Assert.Equal("old", verifier.Verify(Bytes, new WebhookHeaders { SignatureV2 = Delivery.Hmac(Body, Old) }).SecretLabel);
        Assert.Equal("new", verifier.Verify(Bytes, new WebhookHeaders { SignatureV2 = Delivery.Hmac(Body, New) }).SecretLabel);
        Assert.Null(verifier.Verify(Bytes, new WebhookHeaders { SignatureV2 = Delivery.Hmac(Body) }).SecretLabel);
    }

    [Fact]
    public void Without_a_list_of_secrets_everything_is_refused_and_nothing_thrown()
    {
        var options = new WebhookVerifierOptions { Secrets = null! };

        Assert.Equal(WebhookOutcome.SignatureMismatch, Verify(options, Delivery.Hmac(Body)));
    }

    [Fact]
    public void A_gap_in_the_list_of_secrets_is_passed_over()
    {
        var options = new WebhookVerifierOptions { Secrets = [null!, new WebhookSecret(New)] };

        Assert.Equal(WebhookOutcome.Valid, Verify(options, Delivery.Hmac(Body, New)));
        Assert.Equal(WebhookOutcome.SignatureMismatch, Verify(options, Delivery.Hmac(Body, Old)));
    }

    [Fact]
    public void An_old_secret_counts_up_to_its_end_and_not_at_it()
    {
        var clock = new ManualClock(Delivery.Now);
        var end = clock.GetUtcNow().AddSeconds(60);
        var verifier = new WebhookVerifier(new WebhookVerifierOptions { Secrets = [new WebhookSecret(Old, end), new WebhookSecret(New)] }, clock);
        var byOld = new WebhookHeaders { SignatureV2 = Delivery.Hmac(Body, Old) };
        var byNew = new WebhookHeaders { SignatureV2 = Delivery.Hmac(Body, New) };

        clock.Set(end.AddTicks(-1));
        Assert.Equal(WebhookOutcome.Valid, verifier.VerifySignature(Bytes, byOld));
        Assert.Equal(WebhookOutcome.Valid, verifier.Verify(Reordered, byOld).Outcome);
        clock.Set(end);
        Assert.Equal(WebhookOutcome.SignatureMismatch, verifier.VerifySignature(Bytes, byOld));
        Assert.Equal(WebhookOutcome.SignatureMismatch, verifier.Verify(Reordered, byOld).Outcome);
        Assert.Equal(WebhookOutcome.Valid, verifier.VerifySignature(Bytes, byNew));
    }

    [Fact]
    public void Secrets_are_rotated_without_a_new_verifier()
    {
        var options = Delivery.Options(Old);
        var verifier = Delivery.Verifier(options);
        var byNew = new WebhookHeaders { SignatureV2 = Delivery.Hmac(Body, New) };

        Assert.Equal(WebhookOutcome.SignatureMismatch, verifier.VerifySignature(Bytes, byNew));
        options.Secrets = [new WebhookSecret(New)];
        Assert.Equal(WebhookOutcome.Valid, verifier.VerifySignature(Bytes, byNew));
        Assert.Equal(WebhookOutcome.SignatureMismatch, verifier.VerifySignature(Bytes, new WebhookHeaders { SignatureV2 = Delivery.Hmac(Body, Old) }));
    }

    [Fact]
    public void A_verifier_over_a_monitor_asks_for_its_options_on_every_call()
    {
        var current = Delivery.Options(Old);
        var verifier = new WebhookVerifier(() => current, new ManualClock(Delivery.Now));
        var byNew = new WebhookHeaders { SignatureV2 = Delivery.Hmac(Body, New) };

        Assert.False(verifier.Verify(Bytes, byNew).IsValid);
        current = Delivery.Options(New);
        Assert.True(verifier.Verify(Bytes, byNew).IsValid);
    }

    [Fact]
    public void Without_a_live_secret_everything_is_refused()
    {
        var expired = new WebhookVerifierOptions { Secrets = [new WebhookSecret(Old, DateTimeOffset.FromUnixTimeSeconds(Delivery.Now))] };

        Assert.Equal(WebhookOutcome.SignatureMismatch, Verify(new WebhookVerifierOptions(), Delivery.Hmac(Body, Old)));
        Assert.Equal(WebhookOutcome.SignatureMismatch, Verify(expired, Delivery.Hmac(Body, Old)));
        Assert.Equal(WebhookOutcome.SignatureMismatch, Verify(new WebhookVerifierOptions(), new string('0', 64)));
    }

    [Fact]
    public void A_ninth_secret_verifies_nothing()
    {
        var secrets = Enumerable.Range(0, 9).Select(i => $"secret_number_{i}_secret_000").ToArray();

        Assert.Equal(WebhookOutcome.Valid, Verify(Delivery.Options(secrets), Delivery.Hmac(Body, secrets[7])));
        Assert.Equal(WebhookOutcome.SignatureMismatch, Verify(Delivery.Options(secrets), Delivery.Hmac(Body, secrets[8])));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(-1)]
    public void Every_secret_is_tried_whichever_it_is_that_signed(int signer)
    {
        string[] texts = [Old, New, "third_secret_third_secret_3"];
        var secrets = new CountingSecrets([.. texts.Select(t => new WebhookSecret(t))]);
        var signature = Delivery.Hmac(Body, signer < 0 ? Delivery.SecretText : texts[signer]);

        // The body is its own canonical form, and the MAC of a forgery is tried over both.
        Delivery.Verifier(new WebhookVerifierOptions { Secrets = secrets }).VerifySignature(Bytes, new WebhookHeaders { SignatureV2 = signature });

        Assert.Equal(signer < 0 ? [0, 1, 2, 0, 1, 2] : [0, 1, 2], secrets.Asked);
    }

    [Fact]
    public void Options_name_every_setting_that_is_wrong()
    {
        var problems = new WebhookVerifierOptions { MaxBodyBytes = 0, MaxDepth = 65, TimestampTolerance = TimeSpan.Zero }.Validate();

        Assert.Equal(
            ["Secrets", "MaxBodyBytes", "MaxDepth", "TimestampTolerance"],
            problems.Select(p => p[..p.IndexOf(':', StringComparison.Ordinal)]),
            StringComparer.Ordinal);
        Assert.Single(new WebhookVerifierOptions { Secrets = [null!] }.Validate());
        Assert.Single(Delivery.Options([.. Enumerable.Repeat(Old, 9)]).Validate());
        Assert.Empty(Delivery.Options().Validate());
    }

    [Fact]
    public void The_defaults_are_the_promised_ones()
    {
        var options = new WebhookVerifierOptions();

        Assert.Equal(262144, options.MaxBodyBytes);
        Assert.Equal(16, options.MaxDepth);
        Assert.Equal(TimeSpan.FromMinutes(5), options.TimestampTolerance);
        Assert.False(options.RequireTimestamp || options.AcceptRawSignatureHeader || options.AcceptSimpleSignatureAsHint);
    }

    private static WebhookOutcome Verify(WebhookVerifierOptions options, string signature) =>
        Delivery.Verifier(options).VerifySignature(Bytes, new WebhookHeaders { SignatureV2 = signature });

    private sealed class CountingSecrets(List<WebhookSecret> inner) : Collection<WebhookSecret>, IList<WebhookSecret>
    {
        public List<int> Asked { get; } = [];

        int ICollection<WebhookSecret>.Count => inner.Count;

        WebhookSecret IList<WebhookSecret>.this[int index]
        {
            get
            {
                Asked.Add(index);
                return inner[index];
            }

            set => inner[index] = value;
        }
    }
}
