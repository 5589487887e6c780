using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using BiometricTwoFactor.Emulator;
using Microsoft.Extensions.DependencyInjection;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>
/// Protocol 9: what makes a device or network known. Whether it is shows in a small payment, which needs no face unless
/// both are new.
/// </summary>
public sealed partial class Section9DeviceTests
{
    private const string Small = "50.00";
    private const string Cookie = ".Biometric.Device";

    [Fact]
    public async Task Rule_9_1_A_device_becomes_known_by_an_approval_that_was_used_on_it()
    {
        await using var bank = await BankAsync();
        using var browser = await bank.SignedInAsync("alice", Networks.Home);
        await ExpectAskedAsync(browser);
        await bank.MadeKnownAsync(browser);

        browser.ComesFrom = Networks.Elsewhere; // the same device, and a network that nobody knows
        await ExpectUnaskedAsync(browser);
    }

    [Fact]
    public async Task Rule_9_1_A_network_becomes_known_by_an_approval_that_was_used_in_it()
    {
        await using var bank = await BankAsync();
        using var known = await bank.MadeKnownAsync(await bank.SignedInAsync("alice", Networks.Home));

        using var neighbour = await bank.SignedInAsync("alice", "198.51.100.200"); // another device in the same /24
        await ExpectUnaskedAsync(neighbour);
        neighbour.ComesFrom = "198.51.101.7"; // and the network beside it
        await ExpectAskedAsync(neighbour);
    }

    [Fact]
    public async Task Rule_9_1_Nothing_else_makes_them_known()
    {
        await using var bank = await BankAsync();
        using var browser = await bank.SignedInAsync("alice", Networks.Home);
        var id = await browser.AskAsync("500.00");
        using var page = await browser.GetAsync($"/biometric/confirm/{id}"); // this gives it its cookie
        Assert.Contains(browser.Cookies.GetCookies(bank.Address), cookie => cookie.Name == Cookie);
        await ExpectAskedAsync(browser, "40.01");
        await browser.StartedAsync(id);
        await ExpectAskedAsync(browser, "40.02");
        var callback = await bank.Provider.CompleteAsync(bank.LastSession().Id);
        Assert.Equal("approved", (await browser.ClaimAsync(callback!)).State);
        await ExpectAskedAsync(browser, "40.03"); // approved and claimed, and not used yet

        using var used = await browser.TransferAsync("500.00");
        Assert.Equal($"executed {id}", await used.Content.ReadAsStringAsync());
        await ExpectUnaskedAsync(browser, "40.04");
    }

    [Fact]
    public async Task Rule_9_1_Who_only_confirms_after_a_review_makes_no_device_known()
    {
        await using var bank = await BankAsync();
        using var owner = await bank.SignedInAsync("alice", Networks.Home);
        var id = await owner.AskAsync("500.00");
        await Payments.CompleteAsync(bank, owner, id, SandboxScenario.ReviewFaceMatchBorderline);
        await bank.Provider.ReviewAsync(bank.LastSession().Id, approved: true);
        await bank.UntilAsync(id, challenge => challenge.State == ChallengeState.Approved);

        // Somebody with the password and another face sees it listed, confirms it and has it carried out.
        using var stranger = await bank.SignedInAsync("alice", Networks.Elsewhere);
        using var confirmed = await stranger.PostAsync($"/biometric/confirm/{id}", await stranger.TokenAsync());
        using var used = await stranger.TransferAsync("500.00");
        Assert.Equal($"executed {id}", await used.Content.ReadAsStringAsync());
        await ExpectAskedAsync(stranger);
    }

    [Fact]
    public async Task Rule_9_1_A_declined_face_makes_nothing_known()
    {
        await using var bank = await BankAsync();
        using var browser = await bank.SignedInAsync("alice", Networks.Home);
        await Payments.CompleteAsync(bank, browser, await browser.AskAsync("500.00"), SandboxScenario.DeclineFaceMatchLowSimilarity);
        await ExpectAskedAsync(browser);
    }

    [Fact]
    public async Task Rule_9_1_An_approval_that_was_used_without_a_claim_makes_nothing_known()
    {
        // Who may open a challenge and have the victim complete it must not get a recognised device out of it.
        await using var bank = await BankAsync(options => options.Reasons[StepUpReason.HighValueTransaction].UsableWithoutClaim = true);
        using var browser = await bank.SignedInAsync("alice", Networks.Home);
        var id = await browser.AskAsync("500.00");
        await browser.StartedAsync(id);
        await bank.Provider.CompleteAsync(bank.LastSession().Id);
        await bank.UntilAsync(id, challenge => challenge.State == ChallengeState.Approved);
        using var used = await browser.TransferAsync("500.00");
        await Browser.ExpectAsync(HttpStatusCode.OK, used);
        await ExpectAskedAsync(browser);
    }

    [Fact]
    public async Task Rule_9_1_A_cookie_that_is_copied_to_another_persons_sign_in_proves_nothing()
    {
        await using var bank = await BankAsync();
        using var alice = await bank.MadeKnownAsync(await bank.SignedInAsync("alice", Networks.Home));
        using var bob = await bank.SignedInAsync("bob", Networks.Elsewhere);
        bob.Cookies.Add(alice.Cookies.GetCookies(bank.Address)[Cookie]!);
        await ExpectAskedAsync(bob);

        await alice.SignInAsync("bob"); // nor does the device itself, for another person
        await ExpectAskedAsync(alice);
    }

    [Fact]
    public async Task Rule_9_1_A_cookie_that_was_changed_is_no_cookie()
    {
        await using var bank = await BankAsync();
        using var browser = await bank.MadeKnownAsync(await bank.SignedInAsync("alice", Networks.Home));
        browser.ComesFrom = Networks.Elsewhere;
        var cookie = browser.Cookies.GetCookies(bank.Address)[Cookie]!;
        var right = cookie.Value;
        foreach (var wrong in new[] { right[..^4] + "AAAA", "AAAA", new string('A', 4_000), right + right })
        {
            cookie.Value = wrong;
            await ExpectAskedAsync(browser);
        }

        browser.Cookies.GetCookies(bank.Address)[Cookie]!.Value = right;
        await ExpectUnaskedAsync(browser);
    }

    [Fact]
    public async Task Rule_9_1_What_was_not_used_for_long_is_known_no_longer()
    {
        var time = new ManualTime();
        await using var bank = await BankAsync(options => options.Devices.RememberFor = TimeSpan.FromHours(1), setup => setup.Time = time);
        using var browser = await bank.MadeKnownAsync(await bank.SignedInAsync("alice", Networks.Home));
        time.Advance(TimeSpan.FromMinutes(59));
        await browser.SignInAsync("alice");
        await ExpectUnaskedAsync(browser); // which renews nothing: no approval was used
        time.Advance(TimeSpan.FromMinutes(2));
        await browser.SignInAsync("alice");
        await ExpectAskedAsync(browser);
    }

    [Fact]
    public async Task Rule_9_1_Forgotten_devices_and_networks_are_new_again()
    {
        await using var bank = await BankAsync();
        using var browser = await bank.MadeKnownAsync(await bank.SignedInAsync("alice", Networks.Home));
        using var bob = await bank.MadeKnownAsync(await bank.SignedInAsync("bob", Networks.Home));
        using (var scope = bank.Services.CreateScope())
        {
            await scope.ServiceProvider.GetRequiredService<StepUpService>().ForgetDevicesAsync("alice");
        }

        await ExpectAskedAsync(browser);
        await ExpectUnaskedAsync(bob);
    }

    [Fact]
    public async Task Rule_9_1_For_a_token_caller_only_the_network_counts()
    {
        await using var bank = await BankAsync();
        using var browser = await bank.MadeKnownAsync(await bank.SignedInAsync("alice", Networks.Home));
        var home = await ApiAsync(bank, browser, Networks.Home);
        Assert.Equal((HttpStatusCode.OK, false), home);
        // The device cookie is in this browser, and a token's caller has none that would be its own.
        Assert.Equal((HttpStatusCode.Unauthorized, false), await ApiAsync(bank, browser, Networks.Elsewhere));
    }

    [Fact]
    public async Task Rule_9_1_The_cookie_names_nobody_and_is_kept_from_scripts_and_other_sites()
    {
        await using var bank = await BankAsync();
        using var browser = await bank.SignedInAsync("alice", Networks.Home);
        var id = await browser.AskAsync();
        using var plain = await browser.GetAsync($"/biometric/confirm/{id}");
        var cookie = CookieOf(plain);
        Assert.StartsWith(Cookie + "=", cookie, StringComparison.Ordinal);
        Assert.Contains("; httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("; samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("; max-age=15552000", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("secure", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("alice", cookie, StringComparison.OrdinalIgnoreCase);

        // Over https it is one that no subdomain can put there, and it is another name, so that the plain one is not taken for it.
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/biometric/confirm/{id}");
        request.Headers.Add("X-Forwarded-Proto", "https");
        using var secure = await browser.SendAsync(request);
        cookie = CookieOf(secure);
        Assert.StartsWith("__Host-" + Cookie + "=", cookie, StringComparison.Ordinal);
        Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("; path=/;", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("domain=", cookie, StringComparison.OrdinalIgnoreCase);

        using var again = await browser.GetAsync($"/biometric/confirm/{id}");
        Assert.Null(CookieOf(again)); // it has one
    }

    private static string? CookieOf(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies.SingleOrDefault(cookie => cookie.Contains(Cookie, StringComparison.Ordinal)) : null;

    private static async Task<(HttpStatusCode Status, bool SetsCookie)> ApiAsync(RelyingParty bank, Browser owner, string from)
    {
        using var app = bank.NewBrowser();
        app.ComesFrom = from;
        app.Cookies.Add(owner.Cookies.GetCookies(bank.Address)[Cookie]!);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/transfers")
        {
            Content = JsonContent.Create(new { amount = Small, currency = "EUR", account = "DE89370400440532013000", name = "Ada Lovelace" }),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "alice.one");
        using var answer = await app.SendAsync(request);
        return (answer.StatusCode, CookieOf(answer) is not null);
    }

    private static Task<RelyingParty> BankAsync(Action<BiometricStepUpOptions>? configure = null, Action<RelyingPartySetup>? more = null) =>
        RelyingParty.StartAsync(setup =>
        {
            setup.UseNetworks();
            setup.Options = options =>
            {
                options.Reasons[StepUpReason.HighValueTransaction] = new StepUpReasonOptions { Thresholds = { ["EUR"] = 100m } };
                configure?.Invoke(options);
            };
            more?.Invoke(setup);
        });

    private static async Task ExpectAskedAsync(Browser browser, string amount = Small)
    {
        using var answer = await browser.TransferAsync(amount);
        await Browser.ExpectAsync(HttpStatusCode.SeeOther, answer);
    }

    private static async Task ExpectUnaskedAsync(Browser browser, string amount = Small)
    {
        using var answer = await browser.TransferAsync(amount);
        await Browser.ExpectAsync(HttpStatusCode.OK, answer);
        Assert.Equal("executed without a face", await answer.Content.ReadAsStringAsync());
    }
}
