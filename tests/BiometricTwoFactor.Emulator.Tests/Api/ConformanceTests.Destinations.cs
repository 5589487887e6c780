using System.Net.Http.Json;

namespace BiometricTwoFactor.Emulator.Tests.Api;

public sealed partial class ConformanceTests
{
    private static async Task DestinationsAsync(Answers answers)
    {
        await using var party = await StartAsync();
        const string All = "/v3/webhook/destinations/";
        const string Unknown = All + "11111111-2222-3333-4444-555555555555/";
        Task<HttpResponseMessage> Make(string url, params string[] events) => party.PostAsync(All, new { label = "One", url, webhook_version = "v3", subscribed_events = events });

        var made = await answers.CheckAsync(Make("https://example.com/one", "status.updated", "data.updated"), 201);
        var one = $"{All}{made?["uuid"]}/";
        await answers.CheckAsync(Make("https://example.com/two", "status.updated"), 201);
        await answers.CheckAsync(Make("https://example.com/one", "status.updated"), 400, "Duplicate URL");
        await answers.CheckAsync(Make("https://example.com/three"), 400, "Empty events list");
        await answers.CheckAsync(Make("https://example.com/three", "foo.bar"), 400, "Unknown event");
        await answers.CheckAsync(WithoutKey(party, HttpMethod.Post, All), 403, "Forbidden");
        await answers.CheckAsync(party.Http.GetAsync(All), 200);
        await answers.CheckAsync(WithoutKey(party, HttpMethod.Get, All), 403, "Forbidden");
        await answers.CheckAsync(party.Http.GetAsync(one), 200);
        await answers.CheckAsync(WithoutKey(party, HttpMethod.Get, one), 403, "Forbidden");
        await answers.CheckAsync(party.Http.GetAsync(Unknown), 404, "Not found");
        await answers.CheckAsync(party.Http.PatchAsJsonAsync(one, new { enabled = false }), 200);
        await answers.CheckAsync(party.Http.PatchAsJsonAsync(one, new { url = "https://example.com/two" }), 400, "Duplicate URL");
        await answers.CheckAsync(party.Http.PatchAsJsonAsync(one, new { subscribed_events = Array.Empty<string>() }), 400, "Empty events");
        await answers.CheckAsync(WithoutKey(party, HttpMethod.Patch, one), 403, "Forbidden");
        await answers.CheckAsync(party.Http.PatchAsJsonAsync(Unknown, new { enabled = false }), 404, "Not found");
        await answers.CheckAsync(WithoutKey(party, HttpMethod.Delete, one), 403, "Forbidden");
        await answers.CheckAsync(party.Http.DeleteAsync(one), 204);
        await answers.CheckAsync(party.Http.DeleteAsync(one), 404, "Not found");

        await using var none = await StartAsync(configure: options => options.RateLimits = new EmulatorRateLimits { ReadsPerMinute = 0, WritesPerMinute = 0 });
        await answers.CheckAsync(none.Http.GetAsync(All), 429, "Throttled", exact: false);
        await answers.CheckAsync(none.PostAsync(All, new { }), 429, "Throttled", exact: false);
        await answers.CheckAsync(none.Http.GetAsync(Unknown), 429, "Throttled", exact: false);
        await answers.CheckAsync(none.Http.PatchAsJsonAsync(Unknown, new { }), 429, "Throttled", exact: false);
        await answers.CheckAsync(none.Http.DeleteAsync(Unknown), 429, "Throttled", exact: false);
    }
}
