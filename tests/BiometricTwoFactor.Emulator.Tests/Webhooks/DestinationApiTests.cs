using System.Text.Json.Nodes;

namespace BiometricTwoFactor.Emulator.Tests;

public sealed class DestinationApiTests
{
    private const string All = "/v3/webhook/destinations/";

    private static readonly string[] RowMembers =
    [
        "average_response_time_ms", "created_at", "deliveries_count", "enabled", "error_rate_percentage", "failed_deliveries_count", "label",
        "last_delivery_at", "subscribed_events", "subscribed_events_count", "updated_at", "url", "uuid", "webhook_version",
    ];

    private static Task<RelyingParty> StartAsync(TimeProvider? clock = null) => RelyingParty.StartAsync(options =>
    {
        options.WebhookUrl = null;
        options.TimeProvider = clock ?? TimeProvider.System;
    });

    private static async Task<JsonObject> CreateAsync(RelyingParty party, string url, string? more = """, "subscribed_events": ["status.updated"]""")
    {
        var (status, body) = await party.SendAsync(HttpMethod.Post, All, $$"""{"label":"Prod","url":"{{url}}"{{more}}}""");
        Assert.Equal(201, status);
        return JsonNode.Parse(body)!.AsObject();
    }

    private static async Task<JsonArray> ListAsync(RelyingParty party)
    {
        var (status, body) = await party.SendAsync(HttpMethod.Get, All);
        Assert.Equal(200, status);
        return JsonNode.Parse(body)!.AsArray();
    }

    private static async Task<JsonObject> GetAsync(RelyingParty party, string? uuid)
    {
        var (status, body) = await party.SendAsync(HttpMethod.Get, $"{All}{uuid}/");
        Assert.Equal(200, status);
        return JsonNode.Parse(body)!.AsObject();
    }

    [Fact]
    public async Task A_new_destination_is_answered_whole_with_its_secret()
    {
        await using var party = await StartAsync(new ManualTimeProvider(Deliveries.Start));
        var made = await CreateAsync(party, "https://bank.example/hook", """, "webhook_version": "v2", "enabled": false, "subscribed_events": ["data.updated", "status.updated", "data.updated"]""");

        var uuid = (string?)made["uuid"];
        var secret = (string?)made["secret_shared_key"];
        Assert.Matches("^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", uuid);
        Assert.Matches("^[A-Za-z0-9_-]{43}$", secret);
        var expected = $$"""
            {
              "uuid": "{{uuid}}", "label": "Prod", "url": "https://bank.example/hook", "enabled": false, "webhook_version": "v2",
              "secret_shared_key": "{{secret}}", "subscribed_events": ["data.updated", "status.updated"],
              "created_at": "2026-03-31T15:13:20.000000Z", "updated_at": "2026-03-31T15:13:20.000000Z",
              "summary": {
                "total_deliveries": 0, "failed_deliveries": 0, "error_rate_percentage": 0, "min_response_time_ms": null,
                "avg_response_time_ms": null, "max_response_time_ms": null, "last_delivery_at": null
              }
            }
            """;
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), made), made.ToJsonString());
        Assert.True(JsonNode.DeepEquals(made, await GetAsync(party, uuid)));
    }

    [Fact]
    public async Task The_list_is_oldest_first_with_health_and_without_secrets()
    {
        var clock = new ManualTimeProvider(Deliveries.Start);
        await using var party = await StartAsync(clock);
        await CreateAsync(party, party.Receiver.Url.AbsoluteUri);
        clock.Advance(TimeSpan.FromSeconds(1));
        await CreateAsync(party, "https://b.example/");
        party.Emulator.SetWebhookDestinationEnabled(party.Emulator.WebhookDestinations[1].Id, enabled: false);
        party.Receiver.AnswerNext(200, 400, 200);
        var session = await party.CreatedKycAsync();
        await party.Emulator.OpenAsync(session.Id);
        await party.Emulator.CompleteAsync(session.Id, SandboxScenario.ReviewFaceMatchBorderline);
        await party.Emulator.ReviewAsync(session.Id, approved: true);

        var list = await ListAsync(party);

        Assert.Equal([party.Receiver.Url.AbsoluteUri, "https://b.example/"], list.Select(row => (string?)row!["url"]));
        Assert.All(list, row => Assert.Equal(RowMembers, row!.AsObject().Select(member => member.Key).Order(StringComparer.Ordinal)));
        Assert.Equal((3, 1, 33, "2026-03-31T15:13:21.000000Z", 0), (
            (int)list[0]!["deliveries_count"]!, (int)list[0]!["failed_deliveries_count"]!, (int)list[0]!["error_rate_percentage"]!,
            (string?)list[0]!["last_delivery_at"], (int?)list[0]!["average_response_time_ms"]));
        Assert.Equal((0, 0), ((int)list[1]!["deliveries_count"]!, (int)list[1]!["error_rate_percentage"]!));
        Assert.Null(list[1]!["average_response_time_ms"]);
        var summary = (await GetAsync(party, (string?)list[0]!["uuid"]))["summary"]!;
        Assert.Equal((3, 1), ((int)summary["total_deliveries"]!, (int)summary["failed_deliveries"]!));
    }

    [Fact]
    public async Task A_destination_made_over_the_api_receives_what_its_secret_verifies()
    {
        var clock = new ManualTimeProvider(Deliveries.Start);
        await using var party = await StartAsync(clock);
        var made = await CreateAsync(party, party.Receiver.Url.AbsoluteUri);
        var session = await party.CreatedKycAsync();
        await party.Emulator.CompleteAsync(session.Id);
        Assert.Equal(WebhookOutcome.Valid, Deliveries.Outcome(Assert.Single(party.Receiver.All), clock, (string)made["secret_shared_key"]!));
    }

    [Fact]
    public async Task Without_events_a_destination_is_subscribed_to_nothing()
    {
        await using var party = await StartAsync();
        var made = await CreateAsync(party, party.Receiver.Url.AbsoluteUri, more: "");
        Assert.Empty(made["subscribed_events"]!.AsArray());
        Assert.Equal("v3", (string?)made["webhook_version"]);
        Assert.True((bool)made["enabled"]!);
        var session = await party.CreatedKycAsync();
        await party.Emulator.CompleteAsync(session.Id);
        Assert.Empty(party.Receiver.All);
    }

    [Fact]
    public async Task An_update_replaces_the_events_and_leaves_the_secret_and_what_is_not_sent()
    {
        var clock = new ManualTimeProvider(Deliveries.Start);
        await using var party = await StartAsync(clock);
        var made = await CreateAsync(party, "https://bank.example/hook", """, "subscribed_events": ["status.updated", "data.updated"]""");
        clock.Advance(TimeSpan.FromMinutes(1));
        var (status, body) = await party.SendAsync(HttpMethod.Patch, $"{All}{made["uuid"]}/", """{"subscribed_events":["transaction.created"]}""");
        Assert.Equal(200, status);
        made["subscribed_events"] = new JsonArray("transaction.created");
        made["updated_at"] = "2026-03-31T15:14:20.000000Z";
        Assert.True(JsonNode.DeepEquals(made, JsonNode.Parse(body)), body);

        var (_, moved) = await party.SendAsync(
            HttpMethod.Patch, $"{All}{made["uuid"]}/", """{"label":"Prod 2","url":"https://bank.example/2","enabled":false,"webhook_version":"v1"}""");
        (made["label"], made["url"], made["enabled"], made["webhook_version"]) = ("Prod 2", "https://bank.example/2", false, "v1");
        Assert.True(JsonNode.DeepEquals(made, JsonNode.Parse(moved)), moved);
    }

    [Fact]
    public async Task A_deleted_destination_is_gone_and_its_deliveries_stay_in_the_log()
    {
        await using var party = await StartAsync();
        var made = await CreateAsync(party, party.Receiver.Url.AbsoluteUri);
        var session = await party.CreatedKycAsync();
        await party.Emulator.OpenAsync(session.Id);
        var path = $"{All}{made["uuid"]}/";
        Assert.Equal((204, ""), await party.SendAsync(HttpMethod.Delete, path));

        const string Gone = """{"detail":"Webhook destination not found."}""";
        Assert.Equal((404, Gone), await party.SendAsync(HttpMethod.Delete, path));
        Assert.Equal((404, Gone), await party.SendAsync(HttpMethod.Get, path));
        Assert.Equal((404, Gone), await party.SendAsync(HttpMethod.Patch, path, "{}"));
        Assert.Equal((404, Gone), await party.SendAsync(HttpMethod.Get, path + "deliveries/"));
        Assert.Equal((404, Gone), await party.SendAsync(HttpMethod.Post, path + "test/"));
        Assert.Empty(await ListAsync(party));
        await party.Emulator.CompleteAsync(session.Id);
        Assert.Single(party.Receiver.All);
        Assert.Equal((string?)made["uuid"], Assert.Single(party.Emulator.Deliveries).DestinationId);

        await CreateAsync(party, party.Receiver.Url.AbsoluteUri); // the URL is free again
    }

    [Theory]
    [InlineData("""{}""", """{"label":["This field is required."],"url":["This field is required."]}""")]
    [InlineData("""{"label":null,"url":null}""", """{"label":["This field may not be null."],"url":["This field may not be null."]}""")]
    [InlineData("""{"label":" ","url":""}""", """{"label":["This field may not be blank."],"url":["This field may not be blank."]}""")]
    [InlineData("""{"label":1,"url":[]}""", """{"label":["Not a valid string."],"url":["Not a valid string."]}""")]
    [InlineData("""{"label":"a","url":"bank"}""", """{"url":["Enter a valid URL."]}""")]
    [InlineData("""{"label":"a","url":"ftp://bank.example/"}""", """{"url":["Enter a valid URL."]}""")]
    [InlineData("""{"label":"a","url":"/etc/passwd"}""", """{"url":["Enter a valid URL."]}""")]
    [InlineData("""{"label":"a","url":"http://bank.example/"}""", """{"url":["The URL must use HTTPS, or HTTP to this machine."]}""")]
    [InlineData("""{"label":"a","url":"http://localhost.bank.example/"}""", """{"url":["The URL must use HTTPS, or HTTP to this machine."]}""")]
    [InlineData("""{"label":"a","url":"https://taken.example/"}""", """{"url":["This webhook destination already exists for the application."]}""")]
    [InlineData("""{"label":"a","url":"https://b.example/","subscribed_events":[]}""", """{"subscribed_events":["At least one subscribed event is required."]}""")]
    [InlineData("""{"label":"a","url":"https://b.example/","subscribed_events":["foo.bar"]}""", """{"subscribed_events":["Unsupported webhook events: foo.bar"]}""")]
    [InlineData("""{"label":"a","url":"https://b.example/","subscribed_events":["*","status.updated","all"]}""", """{"subscribed_events":["Unsupported webhook events: *, all"]}""")]
    [InlineData("""{"label":"a","url":"https://b.example/","subscribed_events":"status.updated"}""", """{"subscribed_events":["Expected a list of event names."]}""")]
    [InlineData("""{"label":"a","url":"https://b.example/","subscribed_events":[1,null]}""", """{"subscribed_events":["Expected a list of event names."]}""")]
    [InlineData("""{"label":"a","url":"https://b.example/","enabled":"yes"}""", """{"enabled":["Must be a valid boolean."]}""")]
    [InlineData("""{"label":"a","url":"https://b.example/","webhook_version":"v4"}""", """{"webhook_version":["\"v4\" is not a valid choice."]}""")]
    [InlineData("""{"label":"a","url":"https://b.example/","webhook_version":3}""", """{"webhook_version":["\"3\" is not a valid choice."]}""")]
    [InlineData("""[]""", """{"non_field_errors":["Invalid data. Expected a dictionary."]}""")]
    [InlineData("""{"label":""", """{"detail":"JSON parse error."}""")]
    public async Task What_is_wrong_is_named_field_by_field(string request, string expected)
    {
        await using var party = await StartAsync();
        await CreateAsync(party, "https://taken.example/");
        Assert.Equal((400, expected), await party.SendAsync(HttpMethod.Post, All, request));
        Assert.Single(party.Emulator.WebhookDestinations);
    }

    [Theory]
    [InlineData("""{"label":""}""", """{"label":["This field may not be blank."]}""")]
    [InlineData("""{"url":"https://taken.example/"}""", """{"url":["This webhook destination already exists for the application."]}""")]
    [InlineData("""{"subscribed_events":[]}""", """{"subscribed_events":["At least one subscribed event is required."]}""")]
    [InlineData("""{"subscribed_events":["status.*"]}""", """{"subscribed_events":["Unsupported webhook events: status.*"]}""")]
    [InlineData("""{"enabled":null,"webhook_version":null}""", """{"enabled":["This field may not be null."],"webhook_version":["This field may not be null."]}""")]
    public async Task A_wrong_update_changes_nothing(string request, string expected)
    {
        await using var party = await StartAsync();
        await CreateAsync(party, "https://taken.example/");
        var made = await CreateAsync(party, "https://bank.example/hook");
        Assert.Equal((400, expected), await party.SendAsync(HttpMethod.Patch, $"{All}{made["uuid"]}/", request));
        Assert.True(JsonNode.DeepEquals(made, await GetAsync(party, (string?)made["uuid"])));
    }

    [Fact]
    public async Task A_label_has_at_most_255_characters()
    {
        await using var party = await StartAsync();
        var longest = new string('x', 255);
        Assert.Equal(201, (await party.SendAsync(HttpMethod.Post, All, $$"""{"label":"{{longest}}","url":"https://a.example/"}""")).Status);
        Assert.Equal(
            (400, """{"label":["Ensure this field has no more than 255 characters."]}"""),
            await party.SendAsync(HttpMethod.Post, All, $$"""{"label":"{{longest}}x","url":"https://b.example/"}"""));
    }

    [Theory]
    [InlineData("http://localhost:5000/hook")]
    [InlineData("http://127.0.0.1:5000/hook")]
    [InlineData("http://[::1]:5000/hook")]
    public async Task Http_is_taken_on_this_machine(string url)
    {
        await using var party = await StartAsync();
        Assert.Equal(url, (string?)(await CreateAsync(party, url))["url"]);
    }

    [Fact]
    public async Task An_update_may_repeat_the_url_that_it_has()
    {
        await using var party = await StartAsync();
        var made = await CreateAsync(party, "https://bank.example/hook");
        Assert.Equal(200, (await party.SendAsync(HttpMethod.Patch, $"{All}{made["uuid"]}/", """{"url":"https://bank.example/hook"}""")).Status);
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("POST", "")]
    [InlineData("GET", "11111111-2222-4333-8444-555555555555/")]
    [InlineData("PATCH", "11111111-2222-4333-8444-555555555555/")]
    [InlineData("DELETE", "11111111-2222-4333-8444-555555555555/")]
    [InlineData("POST", "11111111-2222-4333-8444-555555555555/test/")]
    [InlineData("GET", "11111111-2222-4333-8444-555555555555/deliveries/")]
    [InlineData("GET", "11111111-2222-4333-8444-555555555555/deliveries/11111111-2222-4333-8444-555555555555/")]
    [InlineData("POST", "11111111-2222-4333-8444-555555555555/deliveries/11111111-2222-4333-8444-555555555555/resend/")]
    [InlineData("POST", "11111111-2222-4333-8444-555555555555/deliveries/11111111-2222-4333-8444-555555555555/replay/")]
    public async Task Without_the_key_everything_is_403(string method, string path)
    {
        await using var party = await StartAsync();
        party.Http.DefaultRequestHeaders.Remove("x-api-key");
        const string Forbidden = """{"detail":"You do not have permission to perform this action."}""";
        Assert.Equal((403, Forbidden), await party.SendAsync(new HttpMethod(method), All + path, method == "GET" ? null : "{}"));
        party.Http.DefaultRequestHeaders.Add("x-api-key", "wrong");
        Assert.Equal((403, Forbidden), await party.SendAsync(new HttpMethod(method), All + path, method == "GET" ? null : "{}"));
    }

    [Theory]
    [InlineData("not-a-uuid/")]
    [InlineData("not-a-uuid/deliveries/")]
    [InlineData("AAAAAAAA-2222-4333-8444-555555555555/")]
    public async Task What_is_no_uuid_is_a_page_of_html(string path)
    {
        await using var party = await StartAsync();
        var (status, body) = await party.SendAsync(HttpMethod.Get, All + path);
        Assert.Equal(404, status);
        Assert.StartsWith("<!doctype html>", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Concurrent_creates_of_one_url_make_one_destination()
    {
        await using var party = await StartAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ =>
            party.SendAsync(HttpMethod.Post, All, """{"label":"a","url":"https://bank.example/"}""")));
        Assert.Equal(1, answers.Count(answer => answer.Status == 201));
        Assert.Equal(19, answers.Count(answer => answer.Status == 400));
        Assert.Single(party.Emulator.WebhookDestinations);
    }
}
