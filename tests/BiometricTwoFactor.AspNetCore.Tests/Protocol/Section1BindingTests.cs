using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Protocol 1: who asks. A challenge belongs to one subject in one sign-in session, and nobody else finds it.</summary>
public sealed partial class Section1BindingTests
{
    [Fact]
    public async Task Rule_1_2_Another_user_and_another_sign_in_of_the_same_user_find_nothing()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var alice = await bank.SignedInAsync("alice");
        using var elsewhere = await bank.SignedInAsync("alice");
        using var mallory = await bank.SignedInAsync("mallory");
        var id = await Payments.ApprovedAsync(bank, alice);

        foreach (var other in new[] { elsewhere, mallory })
        {
            foreach (var path in new[] { "confirm", "resume", "challenges" })
            {
                using var answer = await other.GetAsync($"/biometric/{path}/{id}");
                Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            }

            using var named = await Payments.ApiAsync(other, Payments.Payment, challenge: id);
            Assert.Equal(HttpStatusCode.Unauthorized, named.StatusCode);
            using var start = await other.StartAsync(id);
            Assert.Equal(HttpStatusCode.NotFound, start.StatusCode);
            using var cancel = await other.PostAsync($"/biometric/cancel/{id}", await other.TokenAsync());
            Assert.Equal(HttpStatusCode.NotFound, cancel.StatusCode);
        }

        Assert.Equal(ChallengeState.Approved, (await bank.ChallengeAsync(id)).State);
        Assert.Empty(bank.Executed);
    }

    [Fact]
    public async Task Rule_1_1_A_token_caller_goes_the_same_way_without_cookies_and_another_token_finds_nothing()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var app = bank.NewBrowser();
        using var asked = await Payments.ApiAsync(app, Payments.Payment, token: "alice.one");
        var id = (await asked.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("challengeId").GetString()!;

        using var started = await Payments.PostWithTokenAsync(app, $"/biometric/start/{id}", "alice.one");
        Assert.Equal(bank.LastSession().HostedPage.AbsoluteUri, (await started.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("url").GetString());
        var callback = await bank.Provider.CompleteAsync(bank.LastSession().Id);
        using var claimed = await Payments.PostWithTokenAsync(app, "/biometric/claim", "alice.one", ("code", callback!.Segments[^1]));
        Assert.Equal(HttpStatusCode.OK, claimed.StatusCode);

        using var other = await Payments.ApiAsync(app, Payments.Payment, challenge: id, token: "alice.two");
        Assert.Equal(HttpStatusCode.Unauthorized, other.StatusCode);
        using var done = await Payments.ApiAsync(app, Payments.Payment, challenge: id, token: "alice.one");
        Assert.Equal(HttpStatusCode.OK, done.StatusCode);
    }

    [Fact]
    public async Task Rule_1_2_Nobody_signed_in_is_sent_to_the_applications_own_sign_in()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = bank.NewBrowser();
        using var page = await browser.GetAsync("/secret");
        Assert.StartsWith("/login", page.Headers.Location!.PathAndQuery, StringComparison.Ordinal);
        using var confirm = await browser.GetAsync("/biometric/confirm/AAAAAAAAAAAAAAAAAAAAAAAAAAA");
        Assert.StartsWith("/login", confirm.Headers.Location!.PathAndQuery, StringComparison.Ordinal);
    }
}
