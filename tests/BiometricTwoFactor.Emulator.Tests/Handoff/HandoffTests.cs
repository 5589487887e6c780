using System.Text.Json.Nodes;

namespace BiometricTwoFactor.Emulator.Tests;

public sealed class HandoffTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeSeconds(1774970000);

    [Fact]
    public async Task The_page_offers_another_device_and_shows_address_and_code()
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await party.CreatedKycAsync();
        using var laptop = new Browser(party.Emulator);
        var page = session.Url.AbsolutePath;
        await laptop.GetAsync(page);
        Assert.Contains($"href=\"{page}/handoff\"", (await laptop.GetAsync(page)).Html, StringComparison.Ordinal);

        var waiting = await laptop.GetAsync(page + "/handoff");

        Assert.Contains($"href=\"{party.Emulator.BaseAddress}handoff?code={waiting.Code}\"", waiting.Html, StringComparison.Ordinal);
        Assert.Contains("Nothing here is a real identity check", waiting.Html, StringComparison.Ordinal);
        Assert.Contains("http-equiv=\"refresh\"", waiting.Html, StringComparison.Ordinal);
        Assert.Equal(waiting.Code, (await laptop.GetAsync(page + "/handoff")).Code);
        Assert.True(waiting.Answer.Headers.CacheControl!.NoStore);
        Assert.Equal("no-referrer", waiting.Answer.Headers.GetValues("Referrer-Policy").Single());
    }

    [Fact]
    public async Task The_address_can_be_read_by_a_camera_and_its_picture_keeps_to_the_pages_policy()
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await party.CreatedKycAsync();
        using var laptop = new Browser(party.Emulator);
        var html = (await laptop.GetAsync(session.Url.AbsolutePath + "/handoff")).Html;
        Assert.Contains("role=\"img\" aria-label=\"The address as a QR code\"><svg", html, StringComparison.Ordinal);
        Assert.DoesNotContain("style=", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<style", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_address_asks_before_it_uses_the_code_up()
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await party.CreatedKycAsync();
        using var laptop = new Browser(party.Emulator);
        using var preview = new Browser(party.Emulator);
        using var phone = new Browser(party.Emulator);
        var code = (await laptop.GetAsync(session.Url.AbsolutePath + "/handoff")).Code;

        var asked = await preview.GetAsync("/handoff?code=" + code);
        Assert.Contains($"value=\"{code}\"", asked.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(session.Token, asked.Html, StringComparison.Ordinal);
        Assert.Equal(303, (await phone.PostAsync("/handoff", ("code", code))).Status);
    }

    [Fact]
    public async Task A_code_works_once()
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await party.CreatedKycAsync();
        using var laptop = new Browser(party.Emulator);
        using var phone = new Browser(party.Emulator);
        var code = (await laptop.GetAsync(session.Url.AbsolutePath + "/handoff")).Code;
        Assert.Equal(303, (await phone.PostAsync("/handoff", ("code", code))).Status);
        var again = await phone.PostAsync("/handoff", ("code", code));
        Assert.Equal(400, again.Status);
        Assert.Contains("This code does not work", again.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_code_works_for_ten_minutes_and_then_there_is_another()
    {
        var clock = new ManualTimeProvider(Start);
        await using var party = await RelyingParty.StartAsync(options => options.TimeProvider = clock);
        var session = await party.CreatedKycAsync();
        using var laptop = new Browser(party.Emulator);
        var old = (await laptop.GetAsync(session.Url.AbsolutePath + "/handoff")).Code;
        clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(400, (await laptop.PostAsync("/handoff", ("code", old))).Status);
        var code = (await laptop.GetAsync(session.Url.AbsolutePath + "/handoff")).Code;
        Assert.NotEqual(old, code);
        clock.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromSeconds(1));
        Assert.Equal(303, (await laptop.PostAsync("/handoff", ("code", code))).Status);
    }

    [Theory]
    [InlineData("lower")]
    [InlineData("spaced")]
    [InlineData("joined")]
    public async Task A_code_may_be_typed_as_people_type(string how)
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await party.CreatedKycAsync();
        using var laptop = new Browser(party.Emulator);
        var code = (await laptop.GetAsync(session.Url.AbsolutePath + "/handoff")).Code;
        var typed = how switch
        {
            "lower" => code.ToLowerInvariant(),
            "spaced" => " " + code.Replace('-', ' ') + " ",
            _ => code.Replace("-", "", StringComparison.Ordinal),
        };
        Assert.Equal(303, (await laptop.PostAsync("/handoff", ("code", typed))).Status);
    }

    [Fact]
    public async Task Guessing_is_slowed_down_and_then_goes_on()
    {
        var clock = new ManualTimeProvider(Start);
        await using var party = await RelyingParty.StartAsync(options => options.TimeProvider = clock);
        var session = await party.CreatedKycAsync();
        using var laptop = new Browser(party.Emulator);
        using var guesser = new Browser(party.Emulator);
        var code = (await laptop.GetAsync(session.Url.AbsolutePath + "/handoff")).Code;
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(400, (await guesser.PostAsync("/handoff", ("code", "2222-222" + "23456789"[i % 8]))).Status);
        }

        var limited = await guesser.PostAsync("/handoff", ("code", code));
        Assert.Equal(429, limited.Status);
        Assert.Contains("too many wrong codes", limited.Html, StringComparison.Ordinal);
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(303, (await guesser.PostAsync("/handoff", ("code", code))).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ABCD")]
    [InlineData("\"><script>")]
    [InlineData("ÄÖÜß€😀")]
    public async Task What_is_no_code_is_told_so_and_never_written_as_it_came(string code)
    {
        await using var party = await RelyingParty.StartAsync();
        using var phone = new Browser(party.Emulator);
        var answer = await phone.PostAsync("/handoff", ("code", code));
        Assert.Equal(400, answer.Status);
        Assert.DoesNotContain("\"><script>", answer.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("\"><script>", (await phone.GetAsync("/handoff?code=" + Uri.EscapeDataString(code))).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_form_is_no_code()
    {
        await using var party = await RelyingParty.StartAsync();
        Assert.Equal(400, (await party.SendAsync(HttpMethod.Post, "/handoff", "{}")).Status);
        Assert.Equal(400, (await party.SendAsync(HttpMethod.Post, "/handoff", "code=" + new string('A', 100_000), "application/x-www-form-urlencoded")).Status);
        Assert.Equal(400, (await party.SendAsync(HttpMethod.Post, "/handoff", "--x\r\nbroken", "multipart/form-data")).Status);
    }

    [Fact]
    public async Task A_code_of_a_deleted_session_leads_nowhere()
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await party.CreatedKycAsync();
        using var laptop = new Browser(party.Emulator);
        var code = (await laptop.GetAsync(session.Url.AbsolutePath + "/handoff")).Code;
        await party.SendAsync(HttpMethod.Delete, $"/v3/session/{session.Id}/delete/");
        Assert.Equal(400, (await laptop.PostAsync("/handoff", ("code", code))).Status);
        Assert.Equal(404, (await laptop.GetAsync(session.Url.AbsolutePath + "/handoff")).Status);
        Assert.Equal(404, (await laptop.PostAsync(session.Url.AbsolutePath + "/handoff")).Status);
        Assert.Equal(404, (await laptop.GetAsync(session.Url.AbsolutePath + "/state")).Status);
    }

    [Fact]
    public async Task The_waiting_page_hears_that_the_other_device_came_and_that_it_finished()
    {
        // Own clock: the time limit of a long poll must not end it.
        var clock = new ManualTimeProvider(Start);
        await using var party = await RelyingParty.StartAsync(options => options.TimeProvider = clock);
        var session = await party.CreatedKycAsync();
        using var laptop = new Browser(party.Emulator);
        using var phone = new Browser(party.Emulator);
        var page = session.Url.AbsolutePath;
        await laptop.GetAsync(page);
        var waiting = await laptop.GetAsync(page + "/handoff");

        var coming = laptop.GetAsync($"{page}/state?seen={waiting.State}");
        await clock.WaitForTimerAsync(TimeSpan.FromSeconds(25));
        Assert.False(coming.IsCompleted);
        await phone.PostAsync("/handoff", ("code", waiting.Code));
        var came = JsonNode.Parse((await coming).Html)!;
        Assert.Equal((true, false, "In Progress"), ((bool)came["handed_off"]!, (bool)came["finished"]!, (string)came["status"]!));
        var away = await laptop.GetAsync(page + "/handoff");
        Assert.Equal((string)came["state"]!, away.State);
        Assert.Contains("Continue on your other device", away.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("handoff-code", away.Html, StringComparison.Ordinal);

        var finishing = laptop.GetAsync($"{page}/state?seen={away.State}");
        await phone.FinishAsync(page, await phone.GetAsync(page));
        Assert.True((bool)JsonNode.Parse((await finishing).Html)!["finished"]!);
    }

    [Fact]
    public async Task A_question_about_the_state_is_answered_in_time_though_nothing_happens()
    {
        var clock = new ManualTimeProvider(Start);
        await using var party = await RelyingParty.StartAsync(options => options.TimeProvider = clock);
        var session = await party.CreatedKycAsync();
        using var laptop = new Browser(party.Emulator);
        var page = session.Url.AbsolutePath;
        await laptop.GetAsync(page);
        var state = (await laptop.GetAsync(page + "/handoff")).State;
        var asking = laptop.GetAsync($"{page}/state?seen={state}");
        await clock.WaitForTimerAsync(TimeSpan.FromSeconds(25));

        // Something of another session wakes the question, and does not answer it.
        await party.CreatedKycAsync("another");
        Assert.False(asking.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(25));

        Assert.Equal(state, (string?)JsonNode.Parse((await asking).Html)!["state"]);
    }

    [Fact]
    public async Task Another_code_can_be_had_when_the_first_led_nowhere()
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await party.CreatedKycAsync();
        using var laptop = new Browser(party.Emulator);
        var page = session.Url.AbsolutePath;
        await laptop.GetAsync(page);
        var first = (await laptop.GetAsync(page + "/handoff")).Code;
        await laptop.PostAsync("/handoff", ("code", first));
        var renewed = await laptop.PostAsync(page + "/handoff");
        Assert.Equal((303, page + "/handoff"), (renewed.Status, renewed.Location));
        Assert.NotEqual(first, (await laptop.GetAsync(renewed.Location!)).Code);
    }

    [Fact]
    public async Task A_session_that_expires_elsewhere_ends_the_waiting_too()
    {
        var clock = new ManualTimeProvider(Start);
        await using var party = await RelyingParty.StartAsync(options => options.TimeProvider = clock);
        var session = await party.CreatedKycAsync();
        using var laptop = new Browser(party.Emulator);
        await laptop.GetAsync(session.Url.AbsolutePath);
        clock.Advance(TimeSpan.FromDays(8));
        var end = await laptop.GetAsync(session.Url.AbsolutePath + "/handoff");
        Assert.Equal(200, end.Status);
        Assert.Contains("You can close this page", end.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("data-state", end.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/session/AAAAAAAAAAAA/handoff")]
    [InlineData("/session/AAAAAAAAAAAA/state")]
    [InlineData("/xx/session/AAAAAAAAAAAA/handoff")]
    public async Task An_unknown_link_is_404(string address)
    {
        await using var party = await RelyingParty.StartAsync();
        using var browser = new Browser(party.Emulator);
        Assert.Equal(404, (await browser.GetAsync(address)).Status);
    }

    [Fact]
    public async Task Whoever_watches_hears_of_a_hand_off()
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await party.CreatedKycAsync();
        using var laptop = new Browser(party.Emulator);
        var seen = 0;
        var noticed = party.Emulator.WaitForSessionAsync(_ => Interlocked.Increment(ref seen) > 1);
        await laptop.PostAsync("/handoff", ("code", (await laptop.GetAsync(session.Url.AbsolutePath + "/handoff")).Code));
        await noticed.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Theory]
    [InlineData("de", "Auf einem anderen Gerät fortfahren", "ltr")]
    [InlineData("ko", "다른 기기에서 계속하기", "ltr")]
    [InlineData("es", "Continuar en otro dispositivo", "ltr")]
    [InlineData("ar", "المتابعة على جهاز آخر", "rtl")]
    [InlineData("fr", "Continue on another device", "ltr")]
    public async Task The_hand_off_speaks_the_pages_language_and_else_the_browsers(string language, string title, string direction)
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await party.CreatedKycAsync();
        using var plain = new Browser(party.Emulator);
        using var wishing = new Browser(party.Emulator, language: $"xx, {language}-AT;q=0.9, en;q=0.1");
        foreach (var html in (string[])[(await plain.GetAsync($"/{language}{session.Url.AbsolutePath}/handoff")).Html, (await wishing.GetAsync(session.Url.AbsolutePath + "/handoff")).Html])
        {
            Assert.Contains($"<h1>{title}</h1>", html, StringComparison.Ordinal);
            Assert.Contains($"dir=\"{direction}\"", html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_language_has_every_text()
    {
        Assert.Equal("ar de en es ko", string.Join(' ', HandoffTexts.All.Keys.Order(StringComparer.Ordinal)));
        var texts = typeof(HandoffTexts).GetProperties().Where(property => property.PropertyType == typeof(string)).ToArray();
        Assert.All(HandoffTexts.All.Values, language => Assert.All(texts, text => Assert.False(string.IsNullOrWhiteSpace((string?)text.GetValue(language)))));
        Assert.All(HandoffTexts.All.Values, language => Assert.Contains("{0}", language.Lead, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/emulator/handoff.js", "text/javascript")]
    [InlineData("/emulator/handoff.css", "text/css")]
    public async Task The_pages_parts_are_there(string address, string type)
    {
        await using var party = await RelyingParty.StartAsync();
        using var answer = await party.Http.GetAsync(address);
        Assert.Equal((200, type), ((int)answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
    }
}
