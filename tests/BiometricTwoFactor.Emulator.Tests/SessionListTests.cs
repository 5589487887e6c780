using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace BiometricTwoFactor.Emulator.Tests;

public sealed class SessionListTests
{
    private static async Task<JsonNode> ListAsync(RelyingParty party, string address)
    {
        using var response = await party.Http.GetAsync(address);
        Assert.Equal(200, (int)response.StatusCode);
        return (await response.Content.ReadFromJsonAsync<JsonNode>())!;
    }

    private static string Numbers(JsonNode page) =>
        string.Join(' ', page["results"]!.AsArray().Select(row => (int)row!["session_number"]!));

    [Fact]
    public async Task Pages_are_newest_first_and_linked_with_the_filters_kept()
    {
        await using var party = await RelyingParty.StartAsync();
        for (var i = 0; i < 5; i++)
        {
            await party.CreatedKycAsync($"user-{i}");
        }

        var first = await ListAsync(party, "/v3/sessions/?limit=2&status=Not%20Started");
        Assert.Equal(5, (int?)first["count"]);
        Assert.Null(first["previous"]);
        Assert.Equal("5 4", Numbers(first));
        var next = new Uri((string)first["next"]!);
        Assert.Equal(party.Emulator.BaseAddress.Authority, next.Authority);
        Assert.Contains("status=Not%20Started", next.Query, StringComparison.Ordinal);

        var second = await ListAsync(party, next.PathAndQuery);
        Assert.Equal("3 2", Numbers(second));
        Assert.NotNull(second["previous"]);
        var third = await ListAsync(party, new Uri((string)second["next"]!).PathAndQuery);
        Assert.Equal("1", Numbers(third));
        Assert.Null(third["next"]);
    }

    [Fact]
    public async Task Filters_combine_and_unknown_values_match_nothing()
    {
        await using var party = await RelyingParty.StartAsync();
        party.Emulator.StoreFace("a");
        var approved = await party.CreatedKycAsync("a");
        await party.CreatedAsync(new { workflow_id = EmulatedWorkflow.BiometricAuthenticationId, vendor_data = "a" });
        await party.CreatedKycAsync("b");
        await party.Emulator.CompleteAsync(approved.Id);

        Assert.Equal("2 1", Numbers(await ListAsync(party, "/v3/sessions/?vendor_data=a")));
        Assert.Equal("", Numbers(await ListAsync(party, "/v3/sessions/?vendor_data=A")));
        Assert.Equal("1", Numbers(await ListAsync(party, "/v3/sessions/?status=Approved,Declined")));
        Assert.Equal("", Numbers(await ListAsync(party, "/v3/sessions/?status=approved")));
        Assert.Equal("3 1", Numbers(await ListAsync(party, $"/v3/sessions/?workflow_id={EmulatedWorkflow.KycEnrolmentId}")));
        Assert.Equal("2", Numbers(await ListAsync(party, "/v3/sessions/?vendor_data=a&status=Not%20Started")));
        Assert.Equal("", Numbers(await ListAsync(party, "/v3/sessions/?session_kind=business")));
        Assert.Equal("1", Numbers(await ListAsync(party, $"/v3/sessions/?search={approved.Id}")));
    }

    [Fact]
    public async Task A_row_tells_each_features_status()
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await party.CreatedKycAsync();
        await party.Emulator.CompleteAsync(session.Id, SandboxScenario.DeclineFaceMatchLowSimilarity);
        var row = Assert.Single((await ListAsync(party, "/v3/sessions/"))["results"]!.AsArray())!;
        Assert.Equal(session.Id.ToString(), (string?)row["session_id"]);
        Assert.Equal("Declined", (string?)row["status"]);
        Assert.Equal(
            """[{"feature":"ID_VERIFICATION","status":"Approved"},{"feature":"LIVENESS","status":"Approved"},{"feature":"FACE_MATCH","status":"Declined"}]""",
            row["features"]!.ToJsonString());
    }

    [Fact]
    public async Task Deleted_sessions_are_not_listed()
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await party.CreatedKycAsync();
        await party.SendAsync(HttpMethod.Delete, $"/v3/session/{session.Id}/delete/");
        Assert.Equal(0, (int?)(await ListAsync(party, "/v3/sessions/"))["count"]);
    }

    [Theory]
    [InlineData("session_kind=robot", """{"session_kind":"Must be \"user\", \"business\", or \"all\"."}""")]
    [InlineData("date_from=yesterday", """{"date_from":["Enter a valid date."]}""")]
    [InlineData("date_to=2026-02-30", """{"date_to":["Enter a valid date."]}""")]
    public async Task A_malformed_filter_is_400(string query, string expected)
    {
        await using var party = await RelyingParty.StartAsync();
        Assert.Equal((400, expected), await party.SendAsync(HttpMethod.Get, $"/v3/sessions/?{query}"));
    }

    [Fact]
    public async Task Dates_include_their_whole_day()
    {
        var clock = new ManualTimeProvider(new DateTimeOffset(2026, 6, 1, 23, 59, 0, TimeSpan.Zero));
        await using var party = await RelyingParty.StartAsync(options => options.TimeProvider = clock);
        await party.CreatedKycAsync("first of June");
        clock.Advance(TimeSpan.FromMinutes(2));
        await party.CreatedKycAsync("second of June");
        Assert.Equal("1", Numbers(await ListAsync(party, "/v3/sessions/?date_to=2026-06-01")));
        Assert.Equal("2", Numbers(await ListAsync(party, "/v3/sessions/?date_from=2026-06-02")));
    }
}
