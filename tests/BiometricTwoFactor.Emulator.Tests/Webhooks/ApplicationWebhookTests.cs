using System.Text.Json.Nodes;

namespace BiometricTwoFactor.Emulator.Tests;

public sealed class ApplicationWebhookTests
{
    private const string Path = "/v3/webhook/";

    private static async Task<JsonNode> SendAsync(RelyingParty party, HttpMethod method, string? json = null)
    {
        var (status, body) = await party.SendAsync(method, Path, json);
        Assert.Equal(200, status);
        return JsonNode.Parse(body)!;
    }

    private static async Task ApproveAsync(RelyingParty party)
    {
        var session = await party.CreatedKycAsync();
        await party.Emulator.CompleteAsync(session.Id);
    }

    [Fact]
    public async Task It_is_used_only_while_no_destination_is_enabled()
    {
        var clock = new ManualTimeProvider(Deliveries.Start);
        await using var party = await RelyingParty.StartAsync(options => options.TimeProvider = clock);
        await using var legacy = await Receiver.StartAsync();
        var set = await SendAsync(party, HttpMethod.Patch, $$"""{"webhook_url":"{{legacy.Url}}"}""");
        await ApproveAsync(party);
        Assert.Empty(legacy.All);

        party.Emulator.WebhookUrl = null;
        await ApproveAsync(party);

        Assert.Single(party.Receiver.All);
        Assert.Equal(WebhookOutcome.Valid, Deliveries.Outcome(Assert.Single(legacy.All), clock, (string)set["secret_shared_key"]!));
        Assert.Single(party.Emulator.WebhookDestinations);
    }

    [Fact]
    public async Task Rotating_kills_the_old_secret_at_once()
    {
        var clock = new ManualTimeProvider(Deliveries.Start);
        await using var party = await RelyingParty.StartAsync(options => (options.TimeProvider, options.WebhookUrl) = (clock, null));
        var before = await SendAsync(party, HttpMethod.Patch, $$"""{"webhook_url":"{{party.Receiver.Url}}"}""");
        var after = await SendAsync(party, HttpMethod.Patch, """{"rotate_secret_key":true}""");
        Assert.NotEqual((string?)before["secret_shared_key"], (string?)after["secret_shared_key"]);
        Assert.Equal(party.Receiver.Url.AbsoluteUri, (string?)after["webhook_url"]);
        Assert.True(JsonNode.DeepEquals(after, await SendAsync(party, HttpMethod.Get)));
        await ApproveAsync(party);
        var received = Assert.Single(party.Receiver.All);
        Assert.Equal(WebhookOutcome.SignatureMismatch, Deliveries.Outcome(received, clock, (string)before["secret_shared_key"]!));
        Assert.Equal(WebhookOutcome.Valid, Deliveries.Outcome(received, clock, (string)after["secret_shared_key"]!));
    }

    [Fact]
    public async Task Null_turns_it_off()
    {
        await using var party = await RelyingParty.StartAsync(options => options.WebhookUrl = null);
        Assert.Null((await SendAsync(party, HttpMethod.Get))["webhook_url"]);
        await SendAsync(party, HttpMethod.Patch, $$"""{"webhook_url":"{{party.Receiver.Url}}","webhook_version":"v2"}""");
        var off = await SendAsync(party, HttpMethod.Patch, """{"webhook_url":null}""");
        Assert.Equal("v2", (string?)off["webhook_version"]);
        await ApproveAsync(party);
        Assert.Empty(party.Receiver.All);
    }

    [Theory]
    [InlineData("""{"webhook_url":"http://bank.example/"}""", """{"webhook_url":["The URL must use HTTPS, or HTTP to this machine."]}""")]
    [InlineData("""{"webhook_url":3}""", """{"webhook_url":["Enter a valid URL."]}""")]
    [InlineData("""{"webhook_version":"v4"}""", """{"webhook_version":["\"v4\" is not a valid choice."]}""")]
    [InlineData("""{"rotate_secret_key":"yes"}""", """{"rotate_secret_key":["Must be a valid boolean."]}""")]
    public async Task What_is_wrong_is_named(string request, string expected)
    {
        await using var party = await RelyingParty.StartAsync();
        var before = await SendAsync(party, HttpMethod.Get);
        Assert.Equal((400, expected), await party.SendAsync(HttpMethod.Patch, Path, request));
        Assert.True(JsonNode.DeepEquals(before, await SendAsync(party, HttpMethod.Get)));
    }

    [Fact]
    public async Task Without_the_key_it_is_403()
    {
        await using var party = await RelyingParty.StartAsync();
        party.Http.DefaultRequestHeaders.Remove("x-api-key");
        Assert.Equal(403, (await party.SendAsync(HttpMethod.Get, Path)).Status);
        Assert.Equal(403, (await party.SendAsync(HttpMethod.Patch, Path, "{}")).Status);
    }
}
