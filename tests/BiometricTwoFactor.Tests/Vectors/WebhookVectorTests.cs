using BiometricTwoFactor.Tests.Webhooks;

namespace BiometricTwoFactor.Tests.Vectors;

public sealed class WebhookVectorTests
{
    public static TheoryData<string> Valid => [.. WebhookVector.All.Where(v => v.Expect == "valid").Select(v => v.Name)];

    public static TheoryData<string> Rejected => [.. WebhookVector.All.Where(v => v.Expect == "reject").Select(v => v.Name)];

    /// <summary>Each rejected vector with the outcome it must have; one that is missing here fails.</summary>
    private static readonly Dictionary<string, WebhookOutcome> Outcomes = new(StringComparer.Ordinal)
    {
        ["reject/timestamp-prefixed-mac"] = WebhookOutcome.SignatureMismatch,
        ["reject/wrong-secret"] = WebhookOutcome.SignatureMismatch,
        ["reject/stale"] = WebhookOutcome.Stale,
        ["reject/header-rewritten"] = WebhookOutcome.Stale,
        ["reject/duplicate-member"] = WebhookOutcome.Malformed,
        ["reject/simple-only"] = WebhookOutcome.MissingSignature,
        ["reject/v2-wrong-simple-right"] = WebhookOutcome.SignatureMismatch,
        ["reject/prefixed-hex"] = WebhookOutcome.MalformedSignature,
        ["reject/trailing-data"] = WebhookOutcome.Malformed,
    };

    [Fact]
    public void All_twenty_vectors_are_here() => Assert.Equal((11, 9), (Valid.Count, Rejected.Count));

    [Theory]
    [MemberData(nameof(Valid))]
    public void A_delivery_that_the_provider_signed_is_valid(string name)
    {
        var vector = WebhookVector.Get(name);
        var verifier = Verifier(vector);

        var verification = verifier.Verify(vector.Bytes, vector.Headers);

        Assert.Equal(WebhookOutcome.Valid, verification.Outcome);
        Assert.NotNull(verification.Event);
        Assert.Equal(SessionStatus.Approved, verification.Event.Status);
        Assert.Equal("vector", verification.SecretLabel);
        Assert.Equal(WebhookOutcome.Valid, verifier.VerifySignature(vector.Bytes, vector.Headers));
    }

    [Theory]
    [MemberData(nameof(Rejected))]
    public void A_delivery_that_must_not_pass_is_refused_for_its_own_reason(string name)
    {
        var vector = WebhookVector.Get(name);

        var verification = Verifier(vector).Verify(vector.Bytes, vector.Headers);

        Assert.Equal(Outcomes[name], verification.Outcome);
        Assert.False(verification.IsValid);
        Assert.Null(verification.Event);
    }

    [Theory]
    [MemberData(nameof(Valid))]
    public void The_signer_gives_the_provider_s_signatures(string name)
    {
        var vector = WebhookVector.Get(name);
        var secret = new WebhookSecret(vector.Secret);
        var guide = vector.Name.StartsWith("guide/", StringComparison.Ordinal);

        Assert.Equal(vector.Headers.SignatureV2, guide ? WebhookSigner.SignRaw(vector.Bytes, secret) : WebhookSigner.SignCanonical(vector.Bytes, secret));
        if (!guide)
        {
            Assert.Equal(vector.Headers.Signature, WebhookSigner.SignRaw(vector.Bytes, secret));
            Assert.Equal(vector.Headers.SignatureSimple, WebhookSigner.SignSimple(vector.Bytes, secret));
        }
    }

    private static WebhookVerifier Verifier(WebhookVector vector) =>
        new(new WebhookVerifierOptions { Secrets = [new WebhookSecret(vector.Secret, label: "vector")] }, new ManualClock(vector.Now));
}
