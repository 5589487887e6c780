using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using BiometricTwoFactor.Emulator;
using Microsoft.Extensions.DependencyInjection;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Attacks on the way to the provider and by what it answers.</summary>
public sealed partial class SupplyAttackTests
{
    private const string SomeSession = "11111111-2222-4333-8444-555555555555";

    [Theory]
    [InlineData("https://evil.example/session/x")]
    [InlineData("http://verify.didit.me/session/x")]
    [InlineData("https://verify.didit.me.evil.example/session/x")]
    [InlineData("https://verify.didit.me@evil.example/session/x")]
    [InlineData("https://evil@verify.didit.me/session/x")]
    [InlineData("https://verify.didit.me:8443/session/x")]
    [InlineData("https://169.254.169.254/latest/meta-data")]
    [InlineData("//evil.example/session/x")]
    [InlineData("file:///etc/passwd")]
    [InlineData("javascript:alert(1)")]
    public async Task Attack_60_No_address_of_a_payload_is_fetched_and_nobody_is_sent_to_a_page_elsewhere(string page)
    {
        using var trap = new Trap();
        await using var held = await HeldApproval.StartAsync();
        var url = new Uri(trap.Address, "/secret").AbsoluteUri;
        using var planted = await held.SendSignedAsync(held.Changed(body =>
        {
            foreach (var member in (string[])["callback", "session_url", "url", "portrait_image", "reference_image", "video_url", "webhook_url"])
            {
                body[member] = url;
                body["decision"]![member] = url;
                body["decision"]!["liveness_checks"]![0]![member] = url;
                body["decision"]!["face_matches"]![0]![member] = url;
            }
        }));
        Assert.Equal(HttpStatusCode.OK, planted.StatusCode);
        await held.ItCountsAsync(); // all of it was read, and none of it followed

        var bank = held.Bank;
        bank.Provider.Faults.Unavailable = false;
        held.Time.Advance(TimeSpan.FromMinutes(1)); // whatever was held back may try again
        var id = await held.Browser.AskAsync("300.00");
        bank.Provider.Faults.FailNextRequests(1, 201, $$"""{"session_id":"{{SomeSession}}","status":"Not Started","url":{{JsonSerializer.Serialize(page)}}}""");
        using var refused = await held.Browser.StartAsync(id);
        Assert.NotEqual(HttpStatusCode.SeeOther, refused.StatusCode);
        Assert.Null(refused.Headers.Location);
        Assert.DoesNotContain(page, await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Null((await bank.ChallengeAsync(id)).SessionId);

        bank.Provider.Faults.FailNextRequests(1, 302, headers: new Dictionary<string, string>(StringComparer.Ordinal) { ["Location"] = url });
        using var redirected = await held.Browser.StartAsync(id);
        Assert.NotEqual(HttpStatusCode.SeeOther, redirected.StatusCode);
        Assert.Equal(bank.Provider.BaseAddress.Authority, (await held.Browser.StartedAsync(id)).Authority);
        Assert.Equal(0, trap.Visits);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task Attack_61_The_API_key_goes_to_the_configured_origin_only(int redirect)
    {
        foreach (var address in (string[])["http://verification.didit.me", "http://evil.example", "https://verification.didit.me.evil.example", "https://user@verification.didit.me", "ftp://verification.didit.me"])
        {
            var starting = new Starting();
            starting.Settings["Biometric:BaseAddress"] = address;
            Assert.Contains("Biometric:BaseAddress", await starting.ProblemAsync(), StringComparison.Ordinal);
        }

        using var trap = new Trap();
        await using var bank = await RelyingParty.StartAsync();
        var client = bank.Services.GetRequiredService<BiometricClient>();
        var elsewhere = new Uri(trap.Address, $"/v3/session/{SomeSession}/decision/").AbsoluteUri;
        bank.Provider.Faults.FailNextRequests(1, redirect, headers: new Dictionary<string, string>(StringComparer.Ordinal) { ["Location"] = elsewhere });
        var refusal = await Assert.ThrowsAsync<BiometricException>(() => client.GetDecisionAsync(SessionId.Parse(SomeSession)));
        Assert.Equal((BiometricErrorCode.Redirected, redirect), (refusal.Code, refusal.Status));

        foreach (var next in (string[])[new Uri(trap.Address, "/v3/sessions/?page=2").AbsoluteUri, $"//{trap.Address.Authority}/v3/sessions/", "/v3/users/delete/"])
        {
            bank.Provider.Faults.FailNextRequests(1, 200, $$"""{"results":[],"next":"{{next}}"}""");
            var lost = await Assert.ThrowsAsync<BiometricException>(async () => { await foreach (var _ in client.ListSessionsAsync()) { } });
            Assert.Equal(BiometricErrorCode.InvalidAnswer, lost.Code);
        }

        Assert.Equal(0, trap.Visits);
        // At the provider itself the key is there, or it would answer 403.
        Assert.Equal(BiometricErrorCode.NotFound, (await Assert.ThrowsAsync<BiometricException>(() => client.GetDecisionAsync(SessionId.Parse(SomeSession)))).Code);
    }

    [Theory]
    [InlineData("../users/delete")]
    [InlineData("..")]
    [InlineData("%2e%2e%2fusers")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a?b=c")]
    [InlineData("a#b")]
    [InlineData("a b")]
    [InlineData("a\r\nx-api-key: stolen")]
    [InlineData("a\0")]
    [InlineData("\uff41")]
    [InlineData("")]
    public async Task Attack_62_An_id_is_letters_digits_and_hyphens_and_never_a_path(string id)
    {
        Assert.False(SessionId.TryParse(id, out _));
        Assert.Throws<FormatException>(() => SessionId.Parse(id));
        await using var held = await HeldApproval.StartAsync();
        using var measured = new Measured(held.Bank.Services);
        using var delivered = await held.SendSignedAsync(held.Changed(body =>
        {
            body["session_id"] = id;
            body["decision"]!.AsObject().Remove("session_id");
        }));
        Assert.Equal(HttpStatusCode.OK, delivered.StatusCode);
        await held.NothingHappenedAndNothingWasReadAsync();
        foreach (var route in (string[])["confirm", "challenges", "resume"])
        {
            using var looked = await held.Browser.GetAsync($"/biometric/{route}/{Uri.EscapeDataString(id)}");
            Assert.True(looked.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest, $"{route}: {looked.StatusCode}");
        }

        await held.TheTrueOneCountsAsync();
        held.Bank.Provider.Faults.Unavailable = false;
        var next = await held.Browser.AskAsync("300.00");
        held.Bank.Provider.Faults.FailNextRequests(1, 201, $$"""{"session_id":{{JsonSerializer.Serialize(id)}},"status":"Not Started","url":"https://verify.didit.me/session/x"}""");
        using var refused = await held.Browser.StartAsync(next);
        Assert.NotEqual(HttpStatusCode.SeeOther, refused.StatusCode);
        Assert.Null((await held.Bank.ChallengeAsync(next)).SessionId);
        // One call to create, and none to any address that was made of the id.
        Assert.Equal(["http.route=/v3/session/"], Routes(measured));
    }

    [Fact]
    public async Task Attack_63_What_changes_something_is_sent_once_and_nobody_waits_for_years()
    {
        await using var bank = await RelyingParty.StartAsync(setup => setup.Time = new ManualTime());
        using var measured = new Measured(bank.Services);
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        bank.Provider.Faults.FailNextRequests(1, 503);
        using var failed = await browser.StartAsync(id);
        Assert.NotEqual(HttpStatusCode.SeeOther, failed.StatusCode);
        Assert.Equal(1, Creations(measured)); // a second one would have succeeded
        Assert.Empty(bank.Provider.Sessions);

        // The session was made and the answer was lost: the same person's next try gets that one, and pays once.
        bank.Provider.Faults.Plan(new EmulatorFault { Kind = EmulatorFaultKind.ApiHangUpInBody });
        using var lost = await browser.StartAsync(id);
        Assert.NotEqual(HttpStatusCode.SeeOther, lost.StatusCode);
        Assert.Equal(2, Creations(measured));
        Assert.Single(bank.Provider.Sessions);
        await Payments.CompleteAsync(bank, browser, id);
        Assert.Single(bank.Provider.Sessions, session => !session.IsDeleted);
        using var done = await browser.ResumeAsync(id);
        Assert.Equal($"executed {id}", await done.Content.ReadAsStringAsync());
        Assert.Single(bank.Executed);

        // The clock stands still: whoever waited would wait for ever.
        var wait = new Dictionary<string, string>(StringComparer.Ordinal) { ["Retry-After"] = "99999999" };
        bank.Provider.Faults.FailNextRequests(1, 429, headers: wait);
        var client = bank.Services.GetRequiredService<BiometricClient>();
        var refused = await Assert.ThrowsAsync<BiometricException>(() => client.GetDecisionAsync(bank.LastSession().Id));
        Assert.Equal((BiometricErrorCode.RateLimited, TimeSpan.FromSeconds(99_999_999)), (refused.Code, refused.RetryAfter));
        Assert.Equal(SessionStatus.Approved, (await client.GetDecisionAsync(bank.LastSession().Id)).Status);
    }

    [Theory]
    [InlineData("endless", BiometricErrorCode.AnswerTooLarge, 200)]
    [InlineData("1 GB announced", BiometricErrorCode.AnswerTooLarge, 200)]
    [InlineData("gzip bomb", BiometricErrorCode.InvalidAnswer, 200)]
    [InlineData("HTML", BiometricErrorCode.InvalidAnswer, 200)]
    [InlineData("HTML error", BiometricErrorCode.ProviderError, 502)]
    [InlineData("a number", BiometricErrorCode.InvalidAnswer, 200)]
    [InlineData("too deep", BiometricErrorCode.InvalidAnswer, 200)]
    [InlineData("redirect", BiometricErrorCode.Redirected, 302)]
    public async Task Attack_64_A_hostile_answer_is_a_typed_error_that_repeats_none_of_it(string how, BiometricErrorCode code, int status)
    {
        var written = 0L;
        using var server = how switch
        {
            "endless" => new Trap(EndlesslyAsync),
            "1 GB announced" => Trap.Answering(Head(200, "application/json", 1 << 30), "CANARY"u8.ToArray()),
            "gzip bomb" => Answering(200, "application/json\nContent-Encoding: gzip", Bomb()),
            "HTML" or "HTML error" => Answering(status, "text/html", "<html>CANARY</html>"u8.ToArray()),
            "a number" => Answering(200, "application/json", "31337"u8.ToArray()),
            "too deep" => Answering(200, "application/json", Encoding.ASCII.GetBytes("{\"CANARY\":" + new string('[', 100_000))),
            _ => Answering(302, "text/plain\nLocation: https://evil.example/CANARY", "CANARY"u8.ToArray()),
        };
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddBiometricClient(options =>
        {
            options.ApiKey = "key-of-this-test";
            options.BaseAddress = server.Address;
            options.Resilience.Retry.MaxRetryAttempts = 0;
        });
        await using var provider = services.BuildServiceProvider();
        var client = provider.GetRequiredService<BiometricClient>();
        var failure = await Assert.ThrowsAsync<BiometricException>(() => client.GetDecisionAsync(SessionId.Parse(SomeSession)));
        Assert.Equal((code, status, "request-7"), (failure.Code, failure.Status, failure.RequestId));
        Assert.DoesNotContain("CANARY", failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("31337", failure.ToString(), StringComparison.Ordinal);
        Assert.Empty(failure.Data);
        Assert.Equal(1, server.Visits);
        Assert.True(written < 1 << 28, "It was read on and on.");

        async Task EndlesslyAsync(Stream stream, CancellationToken cancellation)
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nX-Request-Id: request-7\r\nConnection: close\r\n\r\n{\"CANARY\":\""u8.ToArray(), cancellation);
            var block = Encoding.ASCII.GetBytes(new string('x', 1 << 16));
            for (; written < 1 << 28; written += block.Length)
            {
                await stream.WriteAsync(block, cancellation);
            }
        }
    }

    private static string Head(int status, string type, long length) =>
        string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {status} CANARY\nX-Request-Id: request-7\nConnection: close\nContent-Length: {length}\nContent-Type: {type}");

    private static Trap Answering(int status, string type, byte[] body) => Trap.Answering(Head(status, type, body.Length), body);

    /// <summary>Small on the wire, 64 MiB of JSON when unpacked.</summary>
    private static byte[] Bomb()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            gzip.Write("{\"status\":\"Approved\",\"x\":\""u8);
            var block = Encoding.ASCII.GetBytes(new string('x', 1 << 20));
            for (var number = 0; number < 64; number++)
            {
                gzip.Write(block);
            }

            gzip.Write("\"}"u8);
        }

        return packed.ToArray();
    }

    private static int Creations(Measured measured) => measured.All.Split('\n').Count(series =>
        series.StartsWith("biometric.provider.request.duration{http.request.method=POST,http.route=/v3/session/,", StringComparison.Ordinal));

    private static IEnumerable<string> Routes(Measured measured) => measured.All.Split('\n')
        .SelectMany(series => series.Split(',', '{', '}')).Where(tag => tag.StartsWith("http.route=", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal);
}
