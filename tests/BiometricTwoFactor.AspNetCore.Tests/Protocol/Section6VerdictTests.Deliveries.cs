using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.DependencyInjection;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Protocol 6: one judge, three ways to it, statuses in any order.</summary>
public sealed partial class Section6VerdictTests
{
    [Fact]
    public async Task Rule_6_4_A_delivery_under_another_secret_is_401_and_leaves_no_trace()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        await browser.StartedAsync(id);
        var before = await bank.ChallengeAsync(id);
        bank.Provider.Faults.SigningSecretOverride = "another-secret-of-sufficient-length";
        await bank.Provider.CompleteAsync(bank.LastSession().Id);
        await bank.Provider.WebhooksIdleAsync();

        Assert.All(bank.Provider.Deliveries, delivery => Assert.Equal(401, delivery.ResponseStatus));
        Assert.NotEmpty(bank.Provider.Deliveries);
        Assert.Equal(before, await bank.ChallengeAsync(id));
    }

    [Theory]
    [InlineData("amount", "9999.00")]
    [InlineData("payee_account", "GB33BUKB20201555555555")]
    [InlineData("currency", "USD")]
    [InlineData("nonce", "AAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("amount", null)]
    [InlineData("payee_account", null)]
    public async Task Rule_6_5_A_verdict_that_echoes_something_else_ends_the_challenge(string member, string? value)
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        await browser.StartedAsync(id);
        bank.Provider.Faults.NextWebhookBody = body => Deliveries.Echo(body, member, value);
        await bank.Provider.CompleteAsync(bank.LastSession().Id);

        // A delivery without our nonce is incomplete: it only makes us read the decision, which is the truth (protocol 6.2).
        var ended = await bank.UntilAsync(id, challenge => challenge.State != ChallengeState.Pending);
        Assert.Equal(ChallengeState.Violated, ended.State);
        Assert.Empty(bank.Executed);
        using var resumed = await browser.GetAsync($"/biometric/resume/{id}");
        Assert.Equal($"/biometric/confirm/{id}", resumed.Headers.Location!.ToString());
    }

    [Fact]
    public async Task Rule_6_5_A_sandbox_verdict_counts_for_nothing_in_the_live_world()
    {
        await using var bank = await RelyingParty.StartAsync(setup => setup.Options = options => options.Environment = ProviderEnvironment.Live);
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        await browser.StartedAsync(id);
        await bank.Provider.CompleteAsync(bank.LastSession().Id);
        var ended = await bank.UntilAsync(id, challenge => challenge.State != ChallengeState.Pending);
        Assert.Equal(ChallengeState.Violated, ended.State);
        Assert.Contains(JudgementReason.EnvironmentDiffers, ended.ReasonCodes);
    }

    [Fact]
    public async Task Rule_6_3_The_same_delivery_again_has_no_second_effect_and_is_acknowledged()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        await browser.StartedAsync(id);
        await bank.Provider.CompleteAsync(bank.LastSession().Id);
        await bank.Provider.WebhooksIdleAsync();
        var approval = bank.Provider.Deliveries.Last(delivery => delivery.Body.Contains("\"Approved\"", StringComparison.Ordinal));
        var before = await bank.ChallengeAsync(id);

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => bank.Provider.RedeliverAsync(approval)));
        Assert.All(bank.Provider.Deliveries, delivery => Assert.Equal(200, delivery.ResponseStatus));
        Assert.Equal(before, await bank.ChallengeAsync(id));
    }

    [Fact]
    public async Task Rule_6_1_A_lost_webhook_loses_nothing()
    {
        await using var bank = await RelyingParty.StartAsync();
        bank.Provider.Faults.DropWebhooks = true;
        using var browser = await bank.SignedInAsync("alice");
        var id = await Payments.ApprovedAsync(bank, browser);
        using var done = await browser.ResumeAsync(id);
        Assert.Equal($"executed {id}", await done.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData(ApiEdition.Guide, ApiEdition.Guide)]
    [InlineData(ApiEdition.Auto, ApiEdition.Guide)]
    [InlineData(ApiEdition.Reference, ApiEdition.Reference)]
    [InlineData(ApiEdition.Auto, ApiEdition.Reference)]
    public async Task Rule_6_2_Both_editions_lead_to_the_same_end(ApiEdition client, ApiEdition webhook)
    {
        await using var bank = await RelyingParty.StartAsync(setup => { setup.ClientEdition = client; setup.WebhookEdition = webhook; });
        using var browser = await bank.SignedInAsync("alice");
        var id = await Payments.ApprovedAsync(bank, browser);
        using var done = await browser.ResumeAsync(id);
        Assert.Equal($"executed {id}", await done.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Rule_6_4_A_stale_delivery_is_acknowledged_and_only_makes_us_read()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        await browser.StartedAsync(id);
        var session = bank.LastSession();
        var body = $$"""{"session_id":"{{session.Id}}","status":"Approved","timestamp":{{DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 400}},"vendor_data":"alice","webhook_type":"status.updated"}""";

        using var answer = await Deliveries.SendAsync(bank, body);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await bank.UntilAsync(id, challenge => challenge.LastReadAt is not null);
        Assert.Equal(ChallengeState.Pending, (await bank.ChallengeAsync(id)).State);
    }

    [Fact]
    public async Task Rule_6_4_A_late_retry_of_a_true_verdict_is_settled_by_a_read()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        await browser.StartedAsync(id);
        bank.Provider.Faults.NextWebhookBody = body =>
        {
            body["timestamp"] = DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 400;
            return body;
        };
        await bank.Provider.CompleteAsync(bank.LastSession().Id);
        Assert.Equal(ChallengeState.Approved, (await bank.UntilAsync(id, challenge => challenge.State != ChallengeState.Pending)).State);
    }

    [Fact]
    public async Task Rule_6_4_A_verdict_that_is_faster_than_the_answer_to_create_is_kept()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();

        // A delivery for a session that nobody here knows yet, but whose nonce names an open challenge.
        using var parked = await Deliveries.SendAsync(bank, Deliveries.Verdict("11111111-2222-4333-8444-555555555555", id));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, parked.StatusCode);
        using var stranger = await Deliveries.SendAsync(bank, Deliveries.Verdict("11111111-2222-4333-8444-555555555555", "AAAAAAAAAAAAAAAAAAAAAAAAAAA"));
        Assert.Equal(HttpStatusCode.OK, stranger.StatusCode);
        Assert.True(await bank.Store.TakeParkedAsync("", SessionId.Parse("11111111-2222-4333-8444-555555555555"), DateTimeOffset.UtcNow));
    }

    [Theory]
    [InlineData("text/plain", null, 415)]
    [InlineData(null, null, 415)]
    [InlineData("application/json; charset=utf-16", null, 415)]
    [InlineData("application/json", "gzip", 415)]
    [InlineData("application/json", null, 401)]
    public async Task Rule_6_4_What_cannot_be_a_delivery_is_refused_without_a_word(string? contentType, string? encoding, int status)
    {
        await using var bank = await RelyingParty.StartAsync();
        using var http = new HttpClient { BaseAddress = bank.Address };
        using var content = new ByteArrayContent("{}"u8.ToArray());
        content.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);
        if (encoding is not null)
        {
            content.Headers.ContentEncoding.Add(encoding);
        }

        using var answer = await http.PostAsync("/biometric/webhook", content);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("", await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("""{"status":"Declined","session_id":"s-1","status":"Approved"}""", 400)]
    [InlineData("""{"session_id":"s-1","status":"Approved"}{}""", 400)]
    [InlineData("[]", 400)]
    [InlineData("", 400)]
    [InlineData("""{"webhook_type":"user.status.updated","status":"BLOCKED"}""", 200)]
    [InlineData("""{"webhook_type":"something.new"}""", 200)]
    [InlineData("""{"session_id":"s-unknown","status":"Approved","vendor_data":"alice"}""", 200)]
    public async Task Rule_6_4_An_authentic_delivery_is_answered_by_what_it_is(string body, int status)
    {
        await using var bank = await RelyingParty.StartAsync();
        using var answer = await Deliveries.SendAsync(bank, body);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Rule_6_4_A_body_over_the_limit_is_413_whether_it_tells_its_length_or_not()
    {
        await using var bank = await RelyingParty.StartAsync(setup => setup.Options = options => options.MaxWebhookBytes = 2048);
        using var http = new HttpClient { BaseAddress = bank.Address };
        foreach (var chunked in new[] { false, true })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/biometric/webhook");
            request.Content = new ByteArrayContent(new byte[5000]);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            request.Headers.TransferEncodingChunked = chunked ? true : null;
            using var answer = await http.SendAsync(request);
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Rule_6_2_A_trial_delivery_of_the_console_authorises_nothing()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        await browser.StartedAsync(id);
        bank.Provider.Faults.DropWebhooks = true;
        bank.Provider.Faults.NextWebhookBody = null;
        var session = bank.LastSession();
        using var answer = await Deliveries.SendAsync(bank, Deliveries.Verdict(session.Id.ToString(), id), test: true);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(ChallengeState.Pending, (await bank.ChallengeAsync(id)).State);
    }

    [Fact]
    public async Task Rule_6_4_Two_values_of_the_signature_header_are_none()
    {
        await using var bank = await RelyingParty.StartAsync();
        const string Body = """{"webhook_type":"something.new"}""";
        using var http = new HttpClient { BaseAddress = bank.Address };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/biometric/webhook");
        request.Content = new StringContent(Body, Encoding.UTF8, "application/json");
        request.Headers.Add("X-Signature-V2", [Deliveries.Sign(bank, Body), Deliveries.Sign(bank, Body)]);
        using var answer = await http.SendAsync(request);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task Rule_6_4_A_changed_secret_counts_without_a_restart()
    {
        BiometricStepUpOptions? live = null;
        await using var bank = await RelyingParty.StartAsync(setup => setup.Options = options => live = options);
        const string Body = """{"webhook_type":"something.new"}""";
        live!.WebhookSecrets.Clear();
        live.WebhookSecrets.Add(new WebhookSecret("the-new-secret-after-rotation"));
        using var old = await Deliveries.SendAsync(bank, Body);
        Assert.Equal(HttpStatusCode.Unauthorized, old.StatusCode);
        using var fresh = await Deliveries.SendAsync(bank, Body, secret: "the-new-secret-after-rotation");
        Assert.Equal(HttpStatusCode.OK, fresh.StatusCode);
    }

    [Fact]
    public async Task Rule_6_4_A_store_in_trouble_makes_the_provider_send_again()
    {
        await using var bank = await RelyingParty.StartAsync(setup => setup.ConfigureServices = services =>
            services.AddSingleton<IWebhookEventHandler, FailingEventHandler>());
        using var answer = await Deliveries.SendAsync(bank, """{"webhook_type":"user.status.updated"}""");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
    }
}
