using System.Globalization;

namespace BiometricTwoFactor.Emulator.Tests.Api;

public sealed class RateLimitTests
{
    private static readonly DateTimeOffset Noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly ManualTimeProvider _clock = new(Noon);

    private Task<RelyingParty> StartAsync(EmulatorRateLimits? limits = null) => RelyingParty.StartAsync(options =>
    {
        options.TimeProvider = _clock;
        options.Environment = ProviderEnvironment.Live;
        options.RateLimits = limits ?? options.RateLimits;
    });

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? string.Join(',', values) : null;

    [Fact]
    public async Task The_default_is_what_the_reference_documents()
    {
        Assert.Same(EmulatorRateLimits.Documented, new BiometricEmulatorOptions().RateLimits);
        await using var party = await StartAsync();
        for (var i = 0; i < 300; i++)
        {
            Assert.Equal(404, (await party.SendAsync(HttpMethod.Delete, "/v3/session/11111111-2222-3333-4444-555555555555/delete/")).Status);
        }

        Assert.Equal(
            (429, """{"detail":"Write request rate limit exceeded. You can make up to 300 requests per minute."}"""),
            await party.SendAsync(HttpMethod.Patch, "/v3/session/11111111-2222-3333-4444-555555555555/update-status/", "{}"));
        // Of another window: neither creating nor reading is touched by it.
        await party.CreatedKycAsync();
        Assert.Equal(200, (await party.SendAsync(HttpMethod.Get, "/v3/sessions/")).Status);
    }

    [Theory]
    [InlineData("GET", "/v3/sessions/", "GET request rate limit exceeded. You can make up to 2 requests per minute.")]
    [InlineData("POST", "/v3/session/", "Session creation rate limit exceeded. You can make up to 2 requests per minute.")]
    [InlineData("POST", "/v3/face-match/", "Write request rate limit exceeded. You can make up to 2 requests per minute.")]
    public async Task One_request_too_many_is_told_how_long_to_wait(string method, string path, string detail)
    {
        await using var party = await StartAsync(new EmulatorRateLimits { CreatePerMinute = 2, ReadsPerMinute = 2, WritesPerMinute = 2 });
        async Task<HttpResponseMessage> SendAsync() => await party.Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
        (await SendAsync()).Dispose();
        _clock.Advance(TimeSpan.FromSeconds(20.5));
        using (var second = await SendAsync())
        {
            Assert.NotEqual(429, (int)second.StatusCode);
            Assert.Null(Header(second, "X-RateLimit-Limit")); // only a refusal has them
        }

        using (var third = await SendAsync())
        {
            Assert.Equal(429, (int)third.StatusCode);
            Assert.Equal($"{{\"detail\":\"{detail}\"}}", await third.Content.ReadAsStringAsync());
            Assert.Equal(("40", "2", "0"), (Header(third, "Retry-After"), Header(third, "X-RateLimit-Limit"), Header(third, "X-RateLimit-Remaining")));
            Assert.Equal(Noon.AddMinutes(1).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), Header(third, "X-RateLimit-Reset"));
        }

        // The window slides: one place becomes free, not all, and a refusal took none.
        _clock.Advance(TimeSpan.FromSeconds(39.5));
        using var fourth = await SendAsync();
        using var fifth = await SendAsync();
        Assert.NotEqual(429, (int)fourth.StatusCode);
        Assert.Equal(429, (int)fifth.StatusCode);
        Assert.Equal("21", Header(fifth, "Retry-After"));
    }

    [Fact]
    public async Task Reports_have_a_limit_of_their_own_beside_the_one_for_reading()
    {
        await using var party = await StartAsync(new EmulatorRateLimits { ReportsPerMinute = 1, ReadsPerMinute = 3 });
        var session = await party.CreatedKycAsync();
        var report = $"/v3/session/{session.Id}/generate-pdf/";
        Assert.Equal(403, (await party.SendAsync(HttpMethod.Get, report)).Status);
        Assert.Equal(
            (429, """{"detail":"Session PDF generation rate limit exceeded. You can make up to 1 requests per minute."}"""),
            await party.SendAsync(HttpMethod.Get, report));
        Assert.Equal(200, (await party.SendAsync(HttpMethod.Get, "/v3/sessions/")).Status);
        Assert.Equal(429, (await party.SendAsync(HttpMethod.Get, "/v3/sessions/")).Status);
    }

    [Fact]
    public async Task The_sandbox_makes_so_many_sessions_a_day_and_hands_out_again_what_it_has()
    {
        await using var party = await RelyingParty.StartAsync(options =>
        {
            options.TimeProvider = _clock;
            options.RateLimits = new EmulatorRateLimits { SandboxSessionsPerDay = 2 };
        });
        await party.CreatedKycAsync("first");
        await party.CreatedKycAsync("second");
        await party.CreatedKycAsync("second");
        _clock.Advance(TimeSpan.FromHours(23));

        using var response = await party.PostAsync("/v3/session/", new { workflow_id = EmulatedWorkflow.KycEnrolmentId, vendor_data = "third" });
        Assert.Equal(429, (int)response.StatusCode);
        Assert.Equal(
            """{"detail":"Sandbox session quota exceeded (2 sessions per 24h). Wait for the window to reset. Expected available in 3600 seconds."}""",
            await response.Content.ReadAsStringAsync());
        Assert.Equal(("3600", null), (Header(response, "Retry-After"), Header(response, "X-RateLimit-Limit")));

        _clock.Advance(TimeSpan.FromHours(1));
        await party.CreatedKycAsync("third");
    }

    [Fact]
    public async Task A_live_world_has_no_quota()
    {
        await using var party = await StartAsync(new EmulatorRateLimits { SandboxSessionsPerDay = 0 });
        await party.CreatedKycAsync();
    }

    [Fact]
    public async Task Whoever_has_no_key_cannot_use_up_what_the_key_has()
    {
        await using var party = await StartAsync(new EmulatorRateLimits { ReadsPerMinute = 1 });
        using var anonymous = new HttpClient { BaseAddress = party.Emulator.BaseAddress };
        using (var first = await anonymous.GetAsync("/v3/sessions/"))
        using (var second = await anonymous.GetAsync("/v3/sessions/"))
        {
            Assert.Equal((403, 429), ((int)first.StatusCode, (int)second.StatusCode));
        }

        Assert.Equal(200, (await party.SendAsync(HttpMethod.Get, "/v3/sessions/")).Status);
    }

    [Fact]
    public async Task The_page_and_arming_it_are_not_limited()
    {
        await using var party = await RelyingParty.StartAsync(options => options.RateLimits = new EmulatorRateLimits { ReadsPerMinute = 0, WritesPerMinute = 0 });
        var session = await party.CreatedKycAsync();
        party.Http.DefaultRequestHeaders.Add("Session-Token", session.Token);
        Assert.Equal(200, (await party.SendAsync(HttpMethod.Post, $"/v3/session/{session.Id}/sandbox/arm/", """{"scenario":"approve"}""")).Status);
        Assert.Equal(200, (await party.SendAsync(HttpMethod.Get, session.Url.PathAndQuery)).Status);
        Assert.Equal(429, (await party.SendAsync(HttpMethod.Get, "/v3/sessions/")).Status);
    }

    [Fact]
    public async Task A_limit_below_nought_is_refused_at_the_start() =>
        Assert.Contains("RateLimits", (await Assert.ThrowsAsync<ArgumentException>(() => StartAsync(new EmulatorRateLimits { ReadsPerMinute = -1 }))).Message, StringComparison.Ordinal);
}
