using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Attacks on the webhook receiver: signatures and secrets.</summary>
public sealed partial class WebhookAttackTests
{
    [Theory]
    [InlineData("missing", "MissingSignature")]
    [InlineData("empty", "MalformedSignature")]
    [InlineData("twice", "MalformedSignature")]
    [InlineData("candidates", "MalformedSignature")]
    [InlineData("too short", "MalformedSignature")]
    [InlineData("too long", "MalformedSignature")]
    [InlineData("not hex", "MalformedSignature")]
    [InlineData("upper case", "MalformedSignature")]
    [InlineData("prefixed", "MalformedSignature")]
    [InlineData("wrong", "SignatureMismatch")]
    public async Task Attack_34_A_signature_that_is_missing_repeated_or_malformed_is_refused_before_any_hashing(string how, string outcome)
    {
        await using var held = await HeldApproval.StartAsync();
        using var measured = new Measured(held.Bank.Services);
        var right = held.Signature;
        (string, string)[] headers = how switch
        {
            "missing" => [],
            "empty" => [(WebhookHeaders.SignatureV2Name, "")],
            "twice" => [(WebhookHeaders.SignatureV2Name, right), (WebhookHeaders.SignatureV2Name, right)],
            "candidates" => [(WebhookHeaders.SignatureV2Name, string.Join(',', Enumerable.Repeat(new string('0', 64), 300).Append(right)))],
            "too short" => [(WebhookHeaders.SignatureV2Name, right[..63])],
            "too long" => [(WebhookHeaders.SignatureV2Name, right + "0")],
            "not hex" => [(WebhookHeaders.SignatureV2Name, "g" + right[1..])],
            "upper case" => [(WebhookHeaders.SignatureV2Name, right.ToUpperInvariant())],
            "prefixed" => [(WebhookHeaders.SignatureV2Name, "sha256=" + right)],
            _ => [(WebhookHeaders.SignatureV2Name, new string('0', 64))],
        };

        using var answer = await held.SendAsync(held.Bytes, headers);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        // Only a header of the right form is worth a MAC: the outcome says how far it came.
        Assert.Equal(1, measured.Sum($"biometric.webhooks{{biometric.outcome={outcome}}}"));
        await held.NothingHappenedAndNothingWasReadAsync();

        // More than the server itself takes: so many candidates are one text of the wrong length to the verifier.
        var flood = string.Join(',', Enumerable.Repeat(right, 100_000));
        var verifier = new WebhookVerifier(new WebhookVerifierOptions { Secrets = [held.Secret] }, held.Time);
        Assert.Equal(WebhookOutcome.MalformedSignature, verifier.Verify(held.Bytes, new WebhookHeaders { SignatureV2 = flood }).Outcome);
        await held.TheTrueOneCountsAsync();
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task Attack_35_Nobody_can_choose_the_weaker_signature(bool weakIsConfigured, bool strongIsSent)
    {
        await using var held = await HeldApproval.StartAsync(setup => setup.Options = options => options.AcceptRawSignatureHeader = weakIsConfigured);
        (string, string)[] weak = [(WebhookHeaders.SignatureName, held.SignRaw(held.Bytes)), (WebhookHeaders.SignatureSimpleName, WebhookSigner.SignSimple(held.Bytes, held.Secret))];
        using var answer = await held.SendAsync(held.Bytes, strongIsSent ? [.. weak, (WebhookHeaders.SignatureV2Name, new string('0', 64))] : weak);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        await held.NothingHappenedAndNothingWasReadAsync();

        if (weakIsConfigured)
        {
            using var configured = await held.SendAsync(held.Bytes, weak);
            Assert.Equal(HttpStatusCode.OK, configured.StatusCode);
            await held.ItCountsAsync();
        }
        else
        {
            await held.TheTrueOneCountsAsync();
        }
    }

    [Fact]
    public async Task Attack_36_A_signature_over_four_fields_vouches_for_nothing_else()
    {
        await using var held = await HeldApproval.StartAsync(setup => setup.Options = options => options.AcceptRawSignatureHeader = true);
        // Amount and payee of a true delivery are swapped; what the simple signature covers stays as it was.
        var swapped = held.Changed(body => Deliveries.Echo(Deliveries.Echo(body, "amount", "9999.00"), "payee_account", "GB33BUKB20201555555555"));
        var simple = WebhookSigner.SignSimple(held.Bytes, held.Secret);
        Assert.Equal(simple, WebhookSigner.SignSimple(swapped, held.Secret));
        foreach (var body in (byte[][])[swapped, held.Bytes])
        {
            using var answer = await held.SendAsync(body, (WebhookHeaders.SignatureSimpleName, simple));
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            await held.NothingHappenedAndNothingWasReadAsync();
        }

        // Where a host of the verifier turns it on, it is told which session to read, and nothing that could be acted on.
        var verifier = new WebhookVerifier(new WebhookVerifierOptions { Secrets = [held.Secret], AcceptSimpleSignatureAsHint = true }, held.Time);
        var hint = verifier.Verify(swapped, new WebhookHeaders { SignatureSimple = simple });
        Assert.Equal((WebhookOutcome.HintOnly, false, null, held.Delivery.SessionId), (hint.Outcome, hint.IsValid, hint.Event, hint.SessionIdHint));
        await held.TheTrueOneCountsAsync();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("whsec_")]
    [InlineData("twenty-three-bytes-long")]
    [InlineData("                        ")]
    public async Task Attack_42_Without_a_secret_of_at_least_24_bytes_nothing_starts(string? secret)
    {
        var starting = new Starting();
        starting.Settings["Biometric:WebhookSecrets:0"] = secret;
        Assert.Contains("Biometric:WebhookSecrets", await starting.ProblemAsync(), StringComparison.Ordinal);
        starting.Settings["Biometric:WebhookSecrets:0"] = "exactly-24-bytes-of-text";
        Assert.Null(await starting.ProblemAsync());
        Assert.ThrowsAny<ArgumentException>(() => new WebhookSecret(secret!));

        // Not even an application that loses its secrets while it runs takes a signature under an empty key.
        BiometricStepUpOptions? live = null;
        await using var held = await HeldApproval.StartAsync(setup => setup.Options = options => live = options);
        var kept = live!.WebhookSecrets.ToArray();
        live.WebhookSecrets.Clear();
        var empty = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret ?? ""), held.Bytes));
        using var forged = await held.SendAsync(held.Bytes, (WebhookHeaders.SignatureV2Name, empty));
        Assert.Equal(HttpStatusCode.Unauthorized, forged.StatusCode);
        await held.NothingHappenedAndNothingWasReadAsync();
        live.WebhookSecrets.Add(kept[0]);
        await held.TheTrueOneCountsAsync();
    }

    [Fact]
    public async Task Attack_43_A_secret_counts_until_the_instant_of_its_end_and_a_new_one_without_a_restart()
    {
        const string Old = "the-secret-before-the-rotation-0123456789";
        const string New = "the-secret-after-the-rotation-0123456789";
        BiometricStepUpOptions? live = null;
        await using var held = await HeldApproval.StartAsync(setup => setup.Options = options => live = options);
        live!.WebhookSecrets.Add(new WebhookSecret(Old, held.Time.GetUtcNow().AddMinutes(1), "old"));
        Assert.Equal(HttpStatusCode.Unauthorized, await OtherEventAsync(held, New));

        held.Time.Advance(TimeSpan.FromMinutes(1) - TimeSpan.FromTicks(1));
        Assert.Equal(HttpStatusCode.OK, await OtherEventAsync(held, Old));
        held.Time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(HttpStatusCode.Unauthorized, await OtherEventAsync(held, Old));
        using var late = await held.SendAsync(held.Bytes, (WebhookHeaders.SignatureV2Name, WebhookSigner.SignCanonical(held.Bytes, new WebhookSecret(Old))));
        Assert.Equal(HttpStatusCode.Unauthorized, late.StatusCode);
        await held.NothingHappenedAsync();

        live.WebhookSecrets.Add(new WebhookSecret(New, label: "new"));
        Assert.Equal(HttpStatusCode.OK, await OtherEventAsync(held, New));
        await held.TheTrueOneCountsAsync();
    }

    /// <summary>Within one application, too: <see cref="Section10TenantTests"/> has the rest.</summary>
    [Fact]
    public async Task Attack_44_One_tenants_signature_opens_nothing_of_anothers()
    {
        await using var banks = await TwoTenants.StartAsync();
        using var alice = await banks.SignedInAsync(TwoTenants.North);
        var id = await alice.AskAsync();
        await alice.StartedAsync(id);
        banks.Providers[TwoTenants.North].Faults.HoldWebhooks = true;
        await banks.Providers[TwoTenants.North].CompleteAsync(banks.LastSession(TwoTenants.North).Id);
        var verdict = banks.Providers[TwoTenants.North].Deliveries.Last(delivery => delivery.Status == SessionStatus.Approved);
        var body = Encoding.UTF8.GetBytes(verdict.Body);
        var (north, south) = (verdict.Headers[WebhookHeaders.SignatureV2Name], WebhookSigner.SignCanonical(body, new WebhookSecret(banks.Providers[TwoTenants.South].WebhookSecret)));

        foreach (var (route, signature, status) in ((string, string, HttpStatusCode)[])
        [
            ("south", north, HttpStatusCode.Unauthorized), // a true verdict, at the wrong door
            ("north", south, HttpStatusCode.Unauthorized), // another's signature at the right one
            ("south", south, HttpStatusCode.OK), // authentic for who signs, and about what is not theirs
        ])
        {
            using var answer = await PostAsync(banks.Bank, body, signature, "/biometric/webhook/" + route);
            Assert.Equal(status, answer.StatusCode);
            Assert.Equal(ChallengeState.Pending, (await banks.Bank.ChallengeAsync(id)).State);
        }

        Assert.Contains(StepUpEventKind.ForeignTenant, banks.Bank.Events.Kinds);
        using var own = await PostAsync(banks.Bank, body, north, "/biometric/webhook/north");
        Assert.Equal(HttpStatusCode.OK, own.StatusCode);
        Assert.Equal(ChallengeState.Approved, (await banks.Bank.ChallengeAsync(id)).State);
    }

    [Fact]
    public async Task Attack_44_What_is_signed_for_one_application_moves_nothing_of_another()
    {
        await using var held = await HeldApproval.StartAsync();
        await using var other = await RelyingParty.StartAsync(setup =>
        {
            setup.Time = held.Time;
            setup.Options = options => options.WebhookSecrets.Add(new WebhookSecret("a-secret-that-both-tenants-share-01234")); // by mistake
        });
        using var browser = await other.SignedInAsync("alice");
        var id = await browser.AskAsync();
        await browser.StartedAsync(id);
        other.Provider.Faults.Unavailable = true;
        var theirs = other.LastSession().Id.ToString();

        // The other tenant's signature on a route of ours: a true approval there, nobody's here.
        var forged = held.Changed(body => Renamed(body, theirs, id));
        using var strange = await PostAsync(other, forged, held.SignRaw(forged));
        Assert.Equal(HttpStatusCode.Unauthorized, strange.StatusCode);

        // With a shared secret it is authentic, and still names a session, a nonce and a person that must all be of this tenant.
        var shared = new WebhookSecret("a-secret-that-both-tenants-share-01234");
        using var foreign = await PostAsync(other, held.Bytes, WebhookSigner.SignRaw(held.Bytes, shared));
        Assert.Equal(HttpStatusCode.OK, foreign.StatusCode);
        Assert.Equal(ChallengeState.Pending, (await other.ChallengeAsync(id)).State);
        await held.NothingHappenedAsync();

        // A route that names a tenant whom nobody configured does not exist, however well it is signed.
        using var unknown = await PostAsync(held.Bank, held.Bytes, held.Signature, "/biometric/webhook/other-tenant");
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        await held.NothingHappenedAndNothingWasReadAsync();
        await held.TheTrueOneCountsAsync();
        Assert.Empty(other.Executed);
    }

    [Theory]
    [InlineData(ProviderEnvironment.Sandbox, "Violated")]
    [InlineData(ProviderEnvironment.Live, "Approved")]
    public async Task Attack_45_A_sandbox_approval_counts_for_nothing_in_the_live_world(ProviderEnvironment provider, string state)
    {
        await using var held = await HeldApproval.StartAsync(setup =>
        {
            setup.ProviderEnvironment = provider;
            setup.Options = options => options.Environment = ProviderEnvironment.Live;
        });
        using var answer = await held.SendTrueAsync();
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var challenge = await held.Bank.ChallengeAsync(held.Id);
        Assert.Equal(state, challenge.State.ToString());
        if (challenge.State == ChallengeState.Approved)
        {
            await held.ItCountsAsync();
            return;
        }

        Assert.Equal([JudgementReason.EnvironmentDiffers], challenge.ReasonCodes);
        using var again = await held.Browser.TransferAsync();
        Assert.NotEqual(held.Id, Browser.IdOf(again));
        Assert.Empty(held.Bank.Executed);
    }

    private static JsonObject Renamed(JsonObject body, string session, string nonce)
    {
        Deliveries.Echo(body, "nonce", nonce);
        body["session_id"] = session;
        if (body["decision"] is JsonObject decision && decision.ContainsKey("session_id"))
        {
            decision["session_id"] = session;
        }

        return body;
    }

    /// <summary>An authentic delivery of something that concerns no challenge: 200 says that its signature counted.</summary>
    private static async Task<HttpStatusCode> OtherEventAsync(HeldApproval held, string secret)
    {
        var body = """{"webhook_type":"user.updated"}"""u8.ToArray();
        using var answer = await held.SendAsync(body, (WebhookHeaders.SignatureV2Name, WebhookSigner.SignRaw(body, new WebhookSecret(secret))));
        return answer.StatusCode;
    }

    private static async Task<HttpResponseMessage> PostAsync(RelyingParty bank, byte[] body, string signature, string path = "/biometric/webhook")
    {
        using var http = new HttpClient { BaseAddress = bank.Address };
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new("application/json");
        content.Headers.Add(WebhookHeaders.SignatureV2Name, signature);
        return await http.PostAsync(path, content);
    }
}
