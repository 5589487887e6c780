using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using BiometricTwoFactor.Emulator;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Protocol 4.2: another device, from the choice to the end.</summary>
public sealed partial class Section4ShowingTests
{
    [Fact]
    public async Task Rule_4_2_The_phone_shows_the_face_and_the_asking_browser_goes_on_by_itself()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var desktop = await bank.SignedInAsync("alice");
        using var phone = bank.NewBrowser();
        var id = await desktop.AskAsync();
        Assert.Equal("possible", await Handing.StepAsync(desktop, id));
        var (link, digits) = await bank.HandOverAsync(desktop, id);
        Assert.Equal("offered", await Handing.StepAsync(desktop, id));
        await phone.TakeAsync(link, digits);
        Assert.Equal("opened", await Handing.StepAsync(desktop, id));
        Assert.Empty(bank.Provider.Sessions);

        using (var started = await phone.StartHandedAsync())
        {
            await Browser.ExpectAsync(HttpStatusCode.SeeOther, started);
            Assert.Equal(bank.Provider.BaseAddress.Authority, started.Headers.Location!.Authority);
        }

        Assert.Equal("capturing", await Handing.StepAsync(desktop, id));
        var callback = await bank.Provider.CompleteAsync(bank.LastSession().Id);
        var claimed = await phone.ClaimAsync(callback!);
        Assert.Equal((HttpStatusCode.OK, "handed-over", Handing.DevicePage), claimed);
        Assert.Equal("done", await Handing.StepAsync(desktop, id));

        using var state = await desktop.GetAsync($"/biometric/challenges/{id}");
        var json = await state.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal($"/biometric/resume/{id}", json.GetProperty("next").GetString());
        using var done = await desktop.ResumeAsync(id);
        Assert.Equal(["250.00 EUR to DE89370400440532013000"], bank.Executed);
    }

    [Fact]
    public async Task Rule_4_2_The_version_rises_at_every_step_so_that_a_long_poll_is_released()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var desktop = await bank.SignedInAsync("alice");
        using var phone = bank.NewBrowser();
        var id = await desktop.AskAsync();
        List<long> versions = [(await bank.ChallengeAsync(id)).Version];
        var (link, digits) = await bank.HandOverAsync(desktop, id);
        versions.Add((await bank.ChallengeAsync(id)).Version);
        var waiting = desktop.GetAsync($"/biometric/challenges/{id}?wait=25&version={versions[^1]}");
        using (var wrong = await phone.TypeAsync(link, Handing.Other(digits)))
        {
            using var released = await waiting;
            Assert.Contains("\"wrongDigits\":1", await released.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        versions.Add((await bank.ChallengeAsync(id)).Version);
        await phone.TakeAsync(link, digits);
        versions.Add((await bank.ChallengeAsync(id)).Version);
        using var started = await phone.StartHandedAsync();
        versions.Add((await bank.ChallengeAsync(id)).Version);
        Assert.Equal(versions.Order().Distinct(), versions);
    }

    [Fact]
    public async Task Rule_4_2_The_asking_page_shows_picture_link_and_digits_and_shows_the_same_again()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var desktop = await bank.SignedInAsync("alice");
        var id = await desktop.AskAsync();
        var (link, digits) = await bank.HandOverAsync(desktop, id);
        for (var showing = 0; showing < 2; showing++)
        {
            var page = await desktop.PageAsync(id);
            Assert.Contains($">{new Uri(bank.Address, link)}</textarea>", page, StringComparison.Ordinal);
            Assert.Contains($"<p class=\"digits\">{digits}</p>", page, StringComparison.Ordinal);
            Assert.Contains($"src=\"/biometric/handover/{id}/qr\"", page, StringComparison.Ordinal);
        }

        using var picture = await desktop.GetAsync($"/biometric/handover/{id}/qr");
        Assert.Equal("image/svg+xml", picture.Content.Headers.ContentType!.MediaType);
        Assert.True(picture.Headers.CacheControl!.NoStore);
        Assert.Equal(QrPicture.Svg(new Uri(bank.Address, link).AbsoluteUri), await picture.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Rule_4_2_Picture_link_and_choice_are_the_asking_bindings_alone()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var desktop = await bank.SignedInAsync("alice");
        using var sameUser = await bank.SignedInAsync("alice");
        var id = await desktop.AskAsync();
        await bank.HandOverAsync(desktop, id);
        foreach (var path in new[] { $"/biometric/handover/{id}", $"/biometric/handover/{id}/qr" })
        {
            using var shown = await sameUser.GetAsync(path);
            Assert.Equal(HttpStatusCode.NotFound, shown.StatusCode);
        }

        foreach (var path in new[] { $"/biometric/handover/{id}", $"/biometric/handover/{id}/back" })
        {
            using var strangers = await sameUser.PostAsync(path, await sameUser.TokenAsync());
            Assert.Equal(HttpStatusCode.NotFound, strangers.StatusCode);
            using var forged = await desktop.PostAsync(path);
            Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        }

        Assert.NotNull((await bank.ChallengeAsync(id)).HandOver);
    }

    [Fact]
    public async Task Rule_4_2_The_links_page_changes_nothing_and_tells_nothing_to_whoever_previews_it()
    {
        await using var bank = await RelyingParty.StartAsync(setup => setup.Options = options => options.DisplayName = "Bank of Tests");
        using var desktop = await bank.SignedInAsync("alice");
        using var messenger = bank.NewBrowser();
        var id = await desktop.AskAsync();
        var (link, digits) = await bank.HandOverAsync(desktop, id);
        var before = await bank.ChallengeAsync(id);
        for (var fetch = 0; fetch < 5; fetch++)
        {
            using var page = await messenger.GetAsync(link);
            await Browser.ExpectAsync(HttpStatusCode.OK, page);
            var html = await page.Content.ReadAsStringAsync();
            Assert.Contains("Bank of Tests", html, StringComparison.Ordinal);
            Assert.Contains("inputmode=\"numeric\"", html, StringComparison.Ordinal);
            Assert.Contains("autocomplete=\"off\"", html, StringComparison.Ordinal);
            Assert.Contains("<label for=\"digits\">", html, StringComparison.Ordinal);
            var words = await Browser.WordsOfAsync(page);
            foreach (var fact in new[] { "250", "EUR", "DE89", "Ada", "alice", id, $">{digits}<", "payment" })
            {
                Assert.DoesNotContain(fact, words, StringComparison.OrdinalIgnoreCase);
            }

            ExpectHeaders(page);
        }

        using var head = new HttpRequestMessage(HttpMethod.Head, link);
        using var answered = await messenger.SendAsync(head);
        Assert.Equal(HttpStatusCode.OK, answered.StatusCode);
        Assert.Equal(before, await bank.ChallengeAsync(id));
    }

    [Fact]
    public async Task Rule_4_2_A_link_that_another_sites_page_led_to_asks_once_more_for_itself_and_makes_no_token_before()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var desktop = await bank.SignedInAsync("alice");
        using var phone = bank.NewBrowser();
        var (link, _) = await bank.HandOverAsync(desktop, await desktop.AskAsync());
        using var led = new HttpRequestMessage(HttpMethod.Get, link);
        led.Headers.Add("Sec-Fetch-Site", "cross-site");
        using var moment = await phone.SendAsync(led);
        Assert.StartsWith($"0; url={link}?", moment.Headers.GetValues("Refresh").Single(), StringComparison.Ordinal);
        Assert.False(moment.Headers.Contains("Set-Cookie"));
        using var again = new HttpRequestMessage(HttpMethod.Get, link + "?here");
        again.Headers.Add("Sec-Fetch-Site", "cross-site");
        using var page = await phone.SendAsync(again);
        Assert.Contains("inputmode", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rule_4_2_After_the_digits_the_device_shows_what_the_digest_covers_and_who_asks()
    {
        await using var bank = await RiskyBank.StartAsync();
        using var desktop = await bank.SignedInAsync("alice");
        using var phone = bank.NewBrowser();
        var id = await desktop.AskAsync();
        using (var choose = new HttpRequestMessage(HttpMethod.Post, $"/biometric/handover/{id}") { Content = FormOf(await desktop.TokenAsync()) })
        {
            choose.Headers.TryAddWithoutValidation("User-Agent", Handing.WindowsChrome);
            using var chosen = await desktop.SendAsync(choose);
            await Browser.ExpectAsync(HttpStatusCode.SeeOther, chosen);
        }

        var (link, digits) = await Handing.ShownAsync(desktop, id);
        await phone.TakeAsync(link, digits);
        using var page = await phone.GetAsync(Handing.DevicePage);
        var html = await page.Content.ReadAsStringAsync();
        foreach (var fact in new[] { "250.00 EUR", "Ada Lovelace", "DE89370400440532013000", "Chrome on Windows", "<bdi>ES</bdi>" })
        {
            Assert.Contains(fact, html, StringComparison.Ordinal);
        }

        Assert.DoesNotContain(id, html, StringComparison.Ordinal);
        Assert.DoesNotContain("alice", html, StringComparison.Ordinal);
        ExpectHeaders(page, bank.Provider.BaseAddress.GetLeftPart(UriPartial.Authority));
    }

    [Fact]
    public async Task Rule_4_2_Another_device_is_chosen_before_there_is_a_session_and_never_after()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var desktop = await bank.SignedInAsync("alice");
        var id = await desktop.AskAsync();
        await desktop.StartedAsync(id);
        Assert.Null(await Handing.StepAsync(desktop, id));
        using var chosen = await desktop.PostAsync($"/biometric/handover/{id}", await desktop.TokenAsync());
        await Browser.ExpectAsync(HttpStatusCode.SeeOther, chosen);
        Assert.Null((await bank.ChallengeAsync(id)).HandOver);
        Assert.DoesNotContain("/handover/", await desktop.PageAsync(id), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rule_4_2_What_was_handed_over_is_never_started_by_the_asking_browser()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var desktop = await bank.SignedInAsync("alice");
        using var phone = bank.NewBrowser();
        var id = await desktop.AskAsync();
        var (link, digits) = await bank.HandOverAsync(desktop, id);
        await ExpectNotStartedAsync();
        await phone.TakeAsync(link, digits);
        await ExpectNotStartedAsync();
        using var started = await phone.StartHandedAsync();
        using var url = await desktop.StartAsync(id);
        Assert.Equal($"/biometric/confirm/{id}", url.Headers.Location!.ToString()); // not even the address of what is open there

        async Task ExpectNotStartedAsync()
        {
            using var start = await desktop.StartAsync(id);
            Assert.Equal($"/biometric/confirm/{id}", start.Headers.Location!.ToString());
            Assert.Empty(bank.Provider.Sessions);
        }
    }

    [Fact]
    public async Task Rule_4_2_Coming_back_to_this_device_voids_the_link_and_the_cookie()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var desktop = await bank.SignedInAsync("alice");
        using var phone = bank.NewBrowser();
        var id = await desktop.AskAsync();
        var (link, digits) = await bank.HandOverAsync(desktop, id);
        await BackAsync();
        using (var opened = await phone.GetAsync(link))
        {
            Assert.Equal(HttpStatusCode.NotFound, opened.StatusCode);
        }

        var (second, others) = await bank.HandOverAsync(desktop, id);
        Assert.NotEqual(link, second);
        await phone.TakeAsync(second, others);
        await BackAsync();
        using (var page = await phone.GetAsync(Handing.DevicePage))
        {
            Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        }

        await Payments.CompleteAsync(bank, desktop, id);
        Assert.Equal(ChallengeState.Approved, (await bank.ChallengeAsync(id)).State);

        async Task BackAsync()
        {
            using var back = await desktop.PostAsync($"/biometric/handover/{id}/back", await desktop.TokenAsync());
            await Browser.ExpectAsync(HttpStatusCode.SeeOther, back);
            Assert.Null((await bank.ChallengeAsync(id)).HandOver);
        }
    }

    [Fact]
    public async Task Rule_4_2_Once_the_camera_is_open_elsewhere_there_is_no_way_back_to_this_device()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var desktop = await bank.SignedInAsync("alice");
        var id = await desktop.AskAsync();
        using var phone = await bank.OpenedOnPhoneAsync(desktop, id);
        using var back = await desktop.PostAsync($"/biometric/handover/{id}/back", await desktop.TokenAsync());
        Assert.NotNull((await bank.ChallengeAsync(id)).HandOver);
        Assert.DoesNotContain("/back", await desktop.PageAsync(id), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rule_4_2_A_challenge_of_the_same_device_accepts_no_digits()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var desktop = await bank.SignedInAsync("alice");
        using var phone = bank.NewBrowser();
        var other = await desktop.AskAsync("1.00");
        var (someLink, _) = await bank.HandOverAsync(desktop, other);
        var token = await Handing.TokenOfAsync(phone, someLink);
        var id = await desktop.AskAsync("2.00");
        await desktop.StartedAsync(id); // ends the other, too
        var code = (await bank.Provider.CompleteAsync(bank.LastSession().Id))!.Segments[^1];
        foreach (var name in new[] { id, code, new string('A', 27), "x" })
        {
            for (var digits = 0; digits < 4; digits++)
            {
                using var typed = await phone.PostAsync($"/biometric/device/{name}", ("digits", $"0{digits}"), token);
                Assert.Equal(HttpStatusCode.NotFound, typed.StatusCode);
            }
        }

        Assert.Equal(ChallengeState.Approved, (await bank.ChallengeAsync(id)).State);
    }

    private static FormUrlEncodedContent FormOf((string Name, string Value) field) => new([new(field.Name, field.Value)]);

    private static void ExpectHeaders(HttpResponseMessage page, string? formTarget = null)
    {
        var policy = page.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("form-action 'self'" + (formTarget is null ? ";" : " " + formTarget), policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("no-referrer", page.Headers.GetValues("Referrer-Policy").Single());
        Assert.True(page.Headers.CacheControl!.NoStore);
    }
}
