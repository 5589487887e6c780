using System.Net;
using BiometricTwoFactor.Emulator;

namespace BiometricTwoFactor.AspNetCore.Tests;

public sealed partial class Section7UseTests
{
    [Fact]
    public async Task Rule_7_1_An_approval_for_one_endpoint_is_none_for_another_of_the_same_facts()
    {
        // The same payment under another reason is another question.
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await Payments.ApprovedAsync(bank, browser);
        using var setting = new HttpRequestMessage(HttpMethod.Get, "/secret");
        setting.Headers.Add("Biometric-Challenge", id);
        using var refused = await browser.SendAsync(setting);
        Assert.NotEqual(HttpStatusCode.OK, refused.StatusCode);
        Assert.Empty(bank.Executed);
        Assert.Equal(ChallengeState.Violated, (await bank.ChallengeAsync(id)).State); // named for other facts: void from then on
    }

    [Theory]
    [InlineData("")]
    [InlineData("not-an-id")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Rule_7_1_A_name_that_names_nothing_finds_nothing(string named)
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await Payments.ApprovedAsync(bank, browser);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/transfers") { Content = System.Net.Http.Json.JsonContent.Create(Payments.Payment) };
        request.Headers.TryAddWithoutValidation("Biometric-Challenge", named);
        using var answer = await browser.SendAsync(request);
        // An empty header names nothing at all: then the one approval that fits is used, as without a header.
        Assert.Equal(named.Length == 0 ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal(named.Length == 0 ? ChallengeState.Consumed : ChallengeState.Approved, (await bank.ChallengeAsync(id)).State);
    }

    [Fact]
    public async Task Rule_7_1_An_operation_of_one_person_is_not_another_persons()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var alice = await bank.SignedInAsync("alice");
        using var bob = await bank.SignedInAsync("bob");
        await Payments.ApprovedAsync(bank, alice);
        await Payments.ApprovedAsync(bank, bob);
        using var first = await Payments.ApiAsync(alice, Payments.Payment, operation: "op-1");
        using var second = await Payments.ApiAsync(bob, Payments.Payment, operation: "op-1");
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (first.StatusCode, second.StatusCode));
        Assert.Equal(2, bank.Executed.Count);
    }

    [Fact]
    public async Task Rule_7_1_A_declined_or_revoked_one_is_never_used()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var declined = await browser.AskAsync();
        await Payments.CompleteAsync(bank, browser, declined, SandboxScenario.DeclineLivenessAttack);
        using var one = await Payments.ApiAsync(browser, Payments.Payment, challenge: declined);
        var revoked = await Payments.ApprovedAsync(bank, browser);
        await bank.Provider.ReviewAsync(bank.LastSession().Id, approved: false);
        await bank.UntilAsync(revoked, challenge => challenge.State == ChallengeState.Revoked);
        using var other = await Payments.ApiAsync(browser, Payments.Payment, challenge: revoked);
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (one.StatusCode, other.StatusCode));
        Assert.Empty(bank.Executed);
    }
}
