using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using BiometricTwoFactor.Emulator;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>
/// A payment whose face was shown, while the one delivery that says so has not arrived yet: the test has it in hand. The
/// provider answers nothing meanwhile, so that whatever happens to the challenge is the work of what the test delivers.
/// </summary>
internal sealed class HeldApproval : IAsyncDisposable
{
    private readonly HttpClient _http;
    private readonly Uri _callback;
    private int _events;

    private HeldApproval(RelyingParty bank, ManualTime time, Browser browser, string id, Uri callback, WebhookDelivery delivery)
    {
        _http = new HttpClient { BaseAddress = bank.Address };
        _callback = callback;
        Bank = bank;
        Time = time;
        Browser = browser;
        Id = id;
        Delivery = delivery;
    }

    public RelyingParty Bank { get; }

    public ManualTime Time { get; }

    public Browser Browser { get; }

    public string Id { get; }

    /// <summary>The approval, as the provider made and signed it.</summary>
    public WebhookDelivery Delivery { get; }

    public string Body => Delivery.Body;

    public byte[] Bytes => Encoding.UTF8.GetBytes(Body);

    public WebhookSecret Secret => new(Bank.Provider.WebhookSecret);

    /// <summary>The signature of the reference, over the canonical form.</summary>
    public string Signature => Delivery.Headers[WebhookHeaders.SignatureV2Name];

    public static async Task<HeldApproval> StartAsync(Action<RelyingPartySetup>? configure = null)
    {
        var time = new ManualTime();
        var bank = await RelyingParty.StartAsync(setup =>
        {
            setup.Time = time;
            configure?.Invoke(setup);
        });
        var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        await browser.StartedAsync(id);
        bank.Provider.Faults.Unavailable = true;
        bank.Provider.Faults.DropWebhooks = true;
        var callback = await bank.Provider.CompleteAsync(bank.LastSession().Id);
        var delivery = bank.Provider.Deliveries.Last(delivery => delivery.Status == SessionStatus.Approved);
        return new HeldApproval(bank, time, browser, id, callback!, delivery);
    }

    /// <summary>The approval as an event of its own (the same event id with another body is another attack), with changes to its members.</summary>
    public byte[] Changed(Action<JsonObject> change)
    {
        var body = JsonNode.Parse(Body)!.AsObject();
        body["event_id"] = $"00000000-0000-4000-8000-{++_events:D12}";
        change(body);
        return Encoding.UTF8.GetBytes(body.ToJsonString());
    }

    /// <summary>The approval with a status of the attacker's, given as JSON, everywhere that it has one; null takes it out of the envelope.</summary>
    public byte[] WithStatus(string? json) => Changed(body =>
    {
        body.Remove("status");
        if (json is not null)
        {
            body["status"] = JsonNode.Parse(json);
            body["decision"]!["status"] = JsonNode.Parse(json);
        }
    });

    public string SignRaw(byte[] body) => WebhookSigner.SignRaw(body, Secret);

    /// <summary>Delivers bytes rightly signed: what the provider itself could send.</summary>
    public Task<HttpResponseMessage> SendSignedAsync(byte[] body, params (string Name, string Value)[] headers) =>
        SendAsync(body, [(WebhookHeaders.SignatureV2Name, SignRaw(body)), .. headers]);

    public async Task<HttpResponseMessage> SendAsync(byte[] body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/biometric/webhook") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        foreach (var (name, value) in headers)
        {
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        }

        return await _http.SendAsync(request);
    }

    /// <summary>Delivers the approval exactly as the provider would have.</summary>
    public Task<HttpResponseMessage> SendTrueAsync() => SendAsync(
        Bytes, [.. Delivery.Headers.Where(header => header.Key.StartsWith("X-", StringComparison.Ordinal)).Select(header => (header.Key, header.Value))]);

    /// <summary>What was delivered approved nothing, carried out nothing, and let nobody in.</summary>
    public async Task NothingHappenedAsync()
    {
        var challenge = await Bank.ChallengeAsync(Id);
        Assert.Equal((ChallengeState.Pending, null), (challenge.State, challenge.ApprovedAt));
        Assert.DoesNotContain(StepUpEventKind.Approved, Bank.Events.Kinds);
        using var again = await Browser.TransferAsync();
        await Browser.ExpectAsync(HttpStatusCode.SeeOther, again);
        Assert.Equal(Id, Browser.IdOf(again));
        Assert.Empty(Bank.Executed);
    }

    /// <summary>Nothing happened, and nothing was looked up at the provider either.</summary>
    public async Task NothingHappenedAndNothingWasReadAsync()
    {
        await NothingHappenedAsync();
        Assert.Null((await Bank.ChallengeAsync(Id)).LastReadAt);
    }

    /// <summary>The honest counterpart: the provider's own delivery is accepted, and its approval pays once.</summary>
    public async Task TheTrueOneCountsAsync()
    {
        using var answer = await SendTrueAsync();
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await ItCountsAsync();
    }

    /// <summary>What was delivered just now approved the challenge, and the approval pays once.</summary>
    public async Task ItCountsAsync()
    {
        Assert.Equal(ChallengeState.Approved, (await Bank.ChallengeAsync(Id)).State);
        Assert.Equal(HttpStatusCode.OK, (await Browser.ClaimAsync(_callback)).Status);
        using var done = await Browser.ResumeAsync(Id);
        Assert.Equal($"executed {Id}", await done.Content.ReadAsStringAsync());
        Assert.Single(Bank.Executed);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        Browser.Dispose();
        await Bank.DisposeAsync();
    }
}
