using System.Net;
using BiometricTwoFactor.Emulator;
using Microsoft.Extensions.DependencyInjection;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Protocol 9: the verdict's IP signals demand more or hold, and their absence counts in nobody's favour.</summary>
public sealed partial class Section9DeviceTests
{
    [Fact]
    public async Task Rule_9_1_A_payment_through_a_VPN_needs_the_payers_word_on_the_payee()
    {
        await using var bank = await RiskyBank.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var (id, state) = await RiskyBank.CapturedAsync(bank, browser, RiskyBank.Vpn);
        Assert.Equal("awaits-payee", state);
        using var early = await browser.ResumeAsync(id);
        Assert.Equal(HttpStatusCode.SeeOther, early.StatusCode);
        using var direct = await browser.PostAsync("/transfers", ("Amount", "250.00"), ("Currency", "EUR"), ("Account", "DE89370400440532013000"), ("Name", "Ada Lovelace"), ("__BiometricChallenge", id), await browser.TokenAsync());
        Assert.Equal(HttpStatusCode.SeeOther, direct.StatusCode); // asked again, not executed
        Assert.Empty(bank.Executed);

        var page = await browser.PageAsync(id);
        Assert.Contains("Ada Lovelace", page, StringComparison.Ordinal);
        Assert.Contains("DE89370400440532013000", page, StringComparison.Ordinal);
        var (action, fields) = Browser.FormOf(page);
        Assert.Equal($"/biometric/payee/{id}", action);
        using var confirmed = await browser.PostAsync(action, fields);
        Assert.Equal($"/biometric/confirm/{id}", confirmed.Headers.Location!.ToString());
        Assert.Contains(StepUpEventKind.DemandMet, bank.Events.Kinds);

        using var done = await browser.ResumeAsync(id);
        Assert.Equal($"executed {id}", await done.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Rule_9_1_The_payers_word_is_taken_from_the_asking_browser_alone_and_with_its_token()
    {
        await using var bank = await RiskyBank.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        using var second = await bank.SignedInAsync("alice");
        var (id, _) = await RiskyBank.CapturedAsync(bank, browser, RiskyBank.Vpn);
        using var elsewhere = await second.PostAsync($"/biometric/payee/{id}", await second.TokenAsync());
        Assert.Equal(HttpStatusCode.NotFound, elsewhere.StatusCode);
        using var forged = await browser.PostAsync($"/biometric/payee/{id}");
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        using var review = await browser.PostAsync($"/biometric/confirm/{id}", await browser.TokenAsync()); // another question's answer
        Assert.Equal("awaits-payee", await browser.StateAsync(id));
    }

    [Theory]
    [InlineData("DE89370400440532013000", "approved")]
    [InlineData("DE02120300000000202051", "awaits-payee")]
    public async Task Rule_9_1_A_payee_that_the_application_trusts_needs_no_word(string trusted, string state)
    {
        await using var bank = await RiskyBank.StartAsync(new RiskyBankSetup { TrustedAccount = trusted });
        using var browser = await bank.SignedInAsync("alice");
        var (id, captured) = await RiskyBank.CapturedAsync(bank, browser, RiskyBank.Vpn);
        Assert.Equal(state, captured);
        var challenge = await bank.ChallengeAsync(id);
        Assert.Equal(ExtraDemand.BeneficiaryConfirmation, challenge.Demand);
        Assert.Equal(state == "approved", challenge.ReasonCodes.Contains("payee-trusted"));
    }

    [Fact]
    public async Task Rule_9_1_A_data_centre_can_demand_a_second_factor_and_without_one_it_holds()
    {
        var setup = new RiskyBankSetup { Policy = policy => policy.DataCentre = RiskResponse.SecondFactor };
        setup.WithoutKey.Add("bob");
        await using var bank = await RiskyBank.StartAsync(setup);
        using var alice = await bank.SignedInAsync("alice");
        Assert.Equal("awaits-second-factor", (await RiskyBank.CapturedAsync(bank, alice, new CaptureOrigin { IsDataCenter = true })).State);
        using var bob = await bank.SignedInAsync("bob");
        Assert.Equal("held", (await RiskyBank.CapturedAsync(bank, bob, new CaptureOrigin { IsDataCenter = true })).State);
    }

    [Fact]
    public async Task Rule_9_1_Another_network_demands_only_where_the_policy_says_so()
    {
        await using var lenient = await RiskyBank.StartAsync();
        using var browser = await lenient.SignedInAsync("alice");
        Assert.Equal("approved", (await RiskyBank.CapturedAsync(lenient, browser, new CaptureOrigin { Address = "198.51.100.7" })).State);

        await using var strict = await RiskyBank.StartAsync(new RiskyBankSetup { Policy = policy => policy.AddressDiffers = RiskResponse.SecondFactor });
        using var other = await strict.SignedInAsync("alice");
        Assert.Equal("awaits-second-factor", (await RiskyBank.CapturedAsync(strict, other, new CaptureOrigin { Address = "198.51.100.7" })).State);
        using var same = await strict.SignedInAsync("bob");
        Assert.Equal("approved", (await RiskyBank.CapturedAsync(strict, same, new CaptureOrigin { Address = "203.0.113.200" })).State);
    }

    [Fact]
    public async Task Rule_9_1_A_hook_that_fails_decides_nothing_and_is_asked_again()
    {
        var setup = new RiskyBankSetup { KeyFails = true, Policy = policy => policy.VpnOrTor = RiskResponse.SecondFactor };
        await using var bank = await RiskyBank.StartAsync(setup);
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        await browser.StartedAsync(id);
        var callback = await bank.Provider.CompleteFromAsync(bank.LastSession().Id, RiskyBank.Vpn);
        Assert.Equal(ChallengeState.Pending, (await bank.ChallengeAsync(id)).State);
        setup.KeyFails = false;
        Assert.Equal("awaits-second-factor", (await browser.ClaimAsync(callback!)).State);
    }

    [Fact]
    public async Task Rule_9_1_A_demand_that_a_later_decision_raises_is_raised_on_the_unused_approval()
    {
        await using var bank = await RiskyBank.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var (id, state) = await RiskyBank.CapturedAsync(bank, browser, new CaptureOrigin());
        Assert.Equal("approved", state);
        var challenge = await bank.ChallengeAsync(id);
        using var scope = bank.Services.CreateScope();
        var processor = scope.ServiceProvider.GetRequiredService<VerdictProcessor>();
        var risky = new IpAnalysis { Status = FeatureStatus.Approved, IsVpnOrTor = true };
        await processor.ApplyAsync(challenge, Section5ClaimTests.ApprovedAgain(challenge, [risky]), DecisionSource.Read, delivery: null, CancellationToken.None);
        Assert.Equal("awaits-payee", await browser.StateAsync(id));

        // And the one after it, which shows nothing, takes it back for nobody.
        await processor.ApplyAsync(await bank.ChallengeAsync(id), Section5ClaimTests.ApprovedAgain(challenge, []), DecisionSource.Read, delivery: null, CancellationToken.None);
        Assert.NotEqual("approved", await browser.StateAsync(id));
    }
}
