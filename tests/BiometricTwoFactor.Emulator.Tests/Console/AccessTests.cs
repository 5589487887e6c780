using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace BiometricTwoFactor.Emulator.Tests.Console;

/// <summary>Who may use the console's API: nobody but the key's holder and the console's own page.</summary>
public sealed class AccessTests
{
    private const string Own = "own origin";

    // What a browser sends, and whether it is answered. "own origin" stands for the emulator's.
    [Theory]
    [InlineData(200, "1", null, null, null)] // a page of its own, in a browser that says no more
    [InlineData(200, "1", "same-origin", Own, null)]
    [InlineData(200, "1", "same-origin", null, "localhost")]
    [InlineData(200, "1", "same-origin", null, "127.0.0.1")]
    [InlineData(200, "1", "same-origin", null, "[::1]")]
    [InlineData(403, null, null, null, null)] // no key, no mark
    [InlineData(403, null, "same-origin", null, null)]
    [InlineData(403, "true", "same-origin", Own, null)]
    [InlineData(403, null, "cross-site", "https://evil.example", null)] // an image, a form, a fetch without preflight
    [InlineData(403, null, "none", null, null)] // an address typed by hand
    [InlineData(403, "1", "cross-site", "https://evil.example", null)]
    [InlineData(403, "1", "same-site", "http://localhost:1", null)] // another server of this machine
    [InlineData(403, "1", null, "http://localhost:1", null)]
    [InlineData(403, "1", null, "https://evil.example", null)]
    [InlineData(403, "1", null, "null", null)] // a sandboxed frame
    [InlineData(403, "1", "same-origin", "http://evil.example", "evil.example")] // a name that was rebound to loopback
    [InlineData(403, "1", "same-origin", null, "evil.example")]
    [InlineData(403, "1", "same-origin", null, "localhost.evil.example")]
    [InlineData(403, "1", "same-origin", null, "127.0.0.1.evil.example")]
    [InlineData(403, "1", "same-origin", null, "192.0.2.1")]
    public async Task A_request_without_a_key_is_answered_to_the_own_page_alone(int expected, string? mark, string? site, string? origin, string? host)
    {
        await using var party = await RelyingParty.StartAsync();
        using var browser = new Browser(party);
        foreach (var (method, path) in ((HttpMethod, string)[])
        [
            (HttpMethod.Get, "sessions"), (HttpMethod.Get, "secrets"), (HttpMethod.Get, "deliveries"), (HttpMethod.Get, "settings"),
            (HttpMethod.Delete, "faults"),
        ])
        {
            using var response = await browser.SendAsync(method, path, mark, site, origin, host);
            Assert.Equal(expected == 200 && method == HttpMethod.Delete ? 204 : expected, (int)response.StatusCode);
            Assert.DoesNotContain(response.Headers, header => header.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
            Assert.Equal("no-store", response.Headers.CacheControl!.ToString());
            Assert.Equal("same-origin", string.Concat(response.Headers.GetValues("Cross-Origin-Resource-Policy")));
        }
    }

    [Fact]
    public async Task Every_route_refuses_who_has_neither_key_nor_mark_and_does_nothing()
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await party.CreatedKycAsync();
        await party.Emulator.OpenAsync(session.Id);
        party.Emulator.StoreFace("user-42");
        party.Emulator.Faults.DropWebhooks = true;
        party.Emulator.Faults.Plan(new EmulatorFault { Kind = EmulatorFaultKind.ApiSlow });
        using var browser = new Browser(party);
        foreach (var route in (string[])
        [
            "GET events", "GET settings", "GET secrets", "GET workflows", "GET destinations", "GET access", "POST sign-in", "POST sign-out",
            "GET sessions", $"GET sessions/{session.Id}", $"GET sessions/{session.Id}/pictures/0", $"POST sessions/{session.Id}/open",
            $"POST sessions/{session.Id}/complete", $"POST sessions/{session.Id}/review", $"POST sessions/{session.Id}/age",
            $"DELETE sessions/{session.Id}", "GET deliveries", "GET deliveries/1", "POST deliveries/1/replay", "GET faults",
            "GET faults/kinds", "POST faults", "DELETE faults/1", "DELETE faults", "PATCH faults/switches", "POST faults/release",
            "GET users", "PUT users/face?vendor_data=x", "DELETE users/face?vendor_data=user-42", "PUT users/block?vendor_data=x",
            "DELETE users/block?vendor_data=x", "GET nothing",
        ])
        {
            var (method, path) = (route.Split(' ')[0], route.Split(' ')[1]);
            using var response = await browser.SendAsync(HttpMethod.Parse(method), path, mark: null, "cross-site", "https://evil.example", host: null);
            Assert.True(response.StatusCode == HttpStatusCode.Forbidden, $"{route}: {response.StatusCode}");
            Assert.Equal("""{"detail":"You do not have permission to perform this action."}""", await response.Content.ReadAsStringAsync());
        }

        Assert.Equal(SessionStatus.InProgress, party.Emulator.FindSession(session.Id)!.Status);
        Assert.True(party.Emulator.HasFace("user-42") && !party.Emulator.HasFace("x") && party.Emulator.Faults.DropWebhooks);
        Assert.Single(party.Emulator.Faults.Planned);
        Assert.Single(party.Receiver.All);
    }

    [Fact]
    public async Task A_foreign_form_and_a_preflight_get_nothing()
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await party.CreatedKycAsync();
        using var browser = new Browser(party);
        foreach (var type in (string[])["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain"])
        {
            using var request = browser.Request(HttpMethod.Post, $"sessions/{session.Id}/complete", null, "cross-site", "https://evil.example", null);
            request.Content = new StringContent("""{"scenario":"approve"}""", Encoding.UTF8);
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
            using var response = await browser.Http.SendAsync(request);
            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        }

        using var preflight = browser.Request(HttpMethod.Options, "sessions", null, "cross-site", "https://evil.example", null);
        preflight.Headers.Add("Access-Control-Request-Method", "GET");
        preflight.Headers.Add("Access-Control-Request-Headers", "x-emulator-console");
        using var answer = await browser.Http.SendAsync(preflight);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.DoesNotContain(answer.Headers, header => header.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
        Assert.Equal(SessionStatus.NotStarted, party.Emulator.FindSession(session.Id)!.Status);
    }

    [Fact]
    public async Task A_wrong_key_is_not_made_good_by_the_mark()
    {
        await using var party = await RelyingParty.StartAsync();
        using var browser = new Browser(party);
        using var request = browser.Request(HttpMethod.Get, "sessions", "1", "same-origin", null, null);
        request.Headers.Add("x-api-key", RelyingParty.ApiKey + "x");
        using var response = await browser.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task The_key_is_enough_from_anywhere()
    {
        await using var party = await RelyingParty.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/emulator/api/sessions");
        request.Headers.Host = "emulator.internal";
        using var response = await party.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Beyond_loopback_the_page_must_sign_in_with_the_key_first()
    {
        await using var party = await RelyingParty.StartAsync(options => (options.Host, options.AllowNonLoopback) = ("0.0.0.0", true));
        using var browser = new Browser(party);
        Assert.Equal(403, await StatusAsync(HttpMethod.Get, "sessions"));
        using (var access = await browser.SendAsync(HttpMethod.Get, "access", "1", "same-origin", null, null))
        {
            Assert.Equal("""{"needs_sign_in":true,"may_use":false}""", await access.Content.ReadAsStringAsync());
        }

        Assert.Equal((403, null), await SignInAsync("wrong"));
        Assert.Equal((403, null), await SignInAsync(""));
        var (status, cookie) = await SignInAsync(RelyingParty.ApiKey);
        Assert.Equal(204, status);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("path=/emulator/", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(RelyingParty.ApiKey, cookie, StringComparison.Ordinal);

        var pass = cookie!.Split(';')[0];
        Assert.Equal(200, await StatusAsync(HttpMethod.Get, "sessions", pass));
        Assert.Equal(403, await StatusAsync(HttpMethod.Get, "sessions", pass, mark: null)); // the cookie alone is not enough
        Assert.Equal(403, await StatusAsync(HttpMethod.Get, "sessions", pass[..^1] + (pass[^1] == '0' ? '1' : '0')));
        Assert.Equal(204, await StatusAsync(HttpMethod.Post, "sign-out", pass));

        async Task<(int Status, string? Cookie)> SignInAsync(string key)
        {
            using var request = browser.Request(HttpMethod.Post, "sign-in", "1", "same-origin", null, null);
            request.Content = new StringContent($$"""{"api_key":"{{key}}"}""", Encoding.UTF8, "application/json");
            using var response = await browser.Http.SendAsync(request);
            return ((int)response.StatusCode, response.Headers.TryGetValues("Set-Cookie", out var values) ? values.Single() : null);
        }

        async Task<int> StatusAsync(HttpMethod method, string path, string? pass = null, string? mark = "1")
        {
            using var request = browser.Request(method, path, mark, "same-origin", null, null);
            if (pass is not null)
            {
                request.Headers.Add("Cookie", pass);
            }

            using var response = await browser.Http.SendAsync(request);
            return (int)response.StatusCode;
        }
    }

    [Fact]
    public async Task An_emulator_that_is_published_under_a_name_asks_for_the_key_and_knows_the_name()
    {
        await using var party = await RelyingParty.StartAsync(options => options.PublicAddress = new Uri("https://emulator.example/"));
        using var browser = new Browser(party);
        using var access = await browser.SendAsync(HttpMethod.Get, "access", "1", "same-origin", "https://emulator.example", "emulator.example");
        Assert.Equal("""{"needs_sign_in":true,"may_use":false}""", await access.Content.ReadAsStringAsync());
        using var request = browser.Request(HttpMethod.Post, "sign-in", "1", "same-origin", "https://emulator.example", "emulator.example");
        request.Content = new StringContent($$"""{"api_key":"{{RelyingParty.ApiKey}}"}""", Encoding.UTF8, "application/json");
        using var response = await browser.Http.SendAsync(request);
        Assert.Contains("; secure", string.Concat(response.Headers.GetValues("Set-Cookie")), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task The_page_has_a_strict_policy_no_data_and_no_foreign_name()
    {
        await using var party = await RelyingParty.StartAsync();
        await party.CreatedKycAsync("somebody-in-particular");
        using var browser = new Browser(party);
        using (var root = await browser.Http.GetAsync("/"))
        {
            Assert.Equal((HttpStatusCode.Found, "/emulator/"), (root.StatusCode, root.Headers.Location!.ToString()));
        }

        foreach (var (path, type) in ((string, string)[])
            [("/emulator/", "text/html"), ("/emulator/assets/main.js", "text/javascript"), ("/emulator/assets/parts.css", "text/css"), ("/emulator/assets/mark.svg", "image/svg+xml")])
        {
            using var response = await browser.Http.GetAsync(path);
            Assert.Equal((HttpStatusCode.OK, type), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
            Assert.Equal(
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
                string.Concat(response.Headers.GetValues("Content-Security-Policy")));
            Assert.Equal(("nosniff", "no-store"), (string.Concat(response.Headers.GetValues("X-Content-Type-Options")), response.Headers.CacheControl!.ToString()));
            var text = await response.Content.ReadAsStringAsync();
            Assert.DoesNotContain(RelyingParty.ApiKey, text, StringComparison.Ordinal);
            Assert.DoesNotContain("somebody-in-particular", text, StringComparison.Ordinal);
            Assert.DoesNotContain("innerHTML", text, StringComparison.Ordinal);
        }

        using var rebound = new HttpRequestMessage(HttpMethod.Get, "/emulator/");
        rebound.Headers.Host = "evil.example";
        using var refused = await browser.Http.SendAsync(rebound);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal(404, (int)(await browser.Http.GetAsync("/emulator/assets/ConsoleRoutes.cs")).StatusCode);
    }

    /// <summary>What a browser would send, without the key.</summary>
    private sealed class Browser : IDisposable
    {
        private readonly RelyingParty _party;

        public Browser(RelyingParty party)
        {
            _party = party;
            Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false }) { BaseAddress = new Uri($"http://127.0.0.1:{party.Emulator.BaseAddress.Port}") };
        }

        public HttpClient Http { get; }

        public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? mark, string? site, string? origin, string? host) =>
            Http.SendAsync(Request(method, path, mark, site, origin, host));

        public HttpRequestMessage Request(HttpMethod method, string path, string? mark, string? site, string? origin, string? host)
        {
            var request = new HttpRequestMessage(method, "/emulator/api/" + path);
            Add("X-Emulator-Console", mark);
            Add("Sec-Fetch-Site", site);
            Add("Origin", origin == Own ? Http.BaseAddress!.GetLeftPart(UriPartial.Authority) : origin);
            request.Headers.Host = host switch { null => null, _ when host.Contains('.', StringComparison.Ordinal) && host[0] > '9' => host, _ => $"{host}:{Http.BaseAddress!.Port}" };
            return request;

            void Add(string name, string? value)
            {
                if (value is not null)
                {
                    request.Headers.TryAddWithoutValidation(name, value);
                }
            }
        }

        public void Dispose() => Http.Dispose();
    }
}
