using System.Net;
using BiometricTwoFactor.Emulator;
using Microsoft.Extensions.Hosting;

namespace BiometricTwoFactor.AspNetCore.Tests;

public sealed partial class Section1BindingTests
{
    [Theory]
    [InlineData("GET", "confirm")]
    [InlineData("GET", "resume")]
    [InlineData("GET", "challenges")]
    [InlineData("POST", "confirm")]
    [InlineData("POST", "start")]
    [InlineData("POST", "cancel")]
    public async Task Rule_1_2_A_foreign_id_is_answered_like_one_that_never_was(string method, string route)
    {
        await using var bank = await RelyingParty.StartAsync();
        using var alice = await bank.SignedInAsync("alice");
        using var elsewhere = await bank.SignedInAsync("alice");
        using var mallory = await bank.SignedInAsync("mallory");
        var id = await Payments.ApprovedAsync(bank, alice);
        foreach (var other in new[] { elsewhere, mallory })
        {
            using var foreign = await AskAsync(other, id);
            using var guessed = await AskAsync(other, "AAAAAAAAAAAAAAAAAAAAAAAAAAA");
            Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (foreign.StatusCode, guessed.StatusCode));
            Assert.Equal(await guessed.Content.ReadAsStringAsync(), await foreign.Content.ReadAsStringAsync());
        }

        Assert.True((await bank.ChallengeAsync(id)).IsUsableAt(DateTimeOffset.UtcNow));

        async Task<HttpResponseMessage> AskAsync(Browser other, string asked) => method == "GET"
            ? await other.GetAsync($"/biometric/{route}/{asked}")
            : await other.PostAsync($"/biometric/{route}/{asked}", await other.TokenAsync());
    }

    [Fact]
    public async Task Rule_1_3_The_provider_knows_the_person_by_the_reference_that_the_application_makes()
    {
        await using var bank = await RelyingParty.StartAsync(setup => setup.Options = options => options.VendorData = subject => "ref-of-" + subject);
        using var browser = await bank.SignedInAsync("alice");
        bank.Provider.StoreFace("ref-of-alice");
        var id = await Payments.ApprovedAsync(bank, browser);
        Assert.Equal("ref-of-alice", bank.LastSession().VendorData);
        using var done = await browser.ResumeAsync(id);
        Assert.Equal($"executed {id}", await done.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("Alice")]
    [InlineData("alice ")]
    [InlineData("al\u0131ce")] // a dotless i
    [InlineData("alice\u200d")] // a joiner that a culture's comparison does not see
    public async Task Rule_1_3_The_subject_is_compared_byte_for_byte(string vendorData)
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        await browser.StartedAsync(id);
        bank.Provider.Faults.NextWebhookBody = body =>
        {
            body["vendor_data"] = vendorData;
            if (body["decision"]?["vendor_data"] is not null)
            {
                body["decision"]!["vendor_data"] = vendorData;
            }

            return body;
        };
        await bank.Provider.CompleteAsync(bank.LastSession().Id);
        var ended = await bank.UntilAsync(id, challenge => challenge.State != ChallengeState.Pending);
        Assert.Equal(ChallengeState.Violated, ended.State);
        Assert.Contains(JudgementReason.SubjectDiffers, ended.ReasonCodes);
    }

    [Theory]
    [InlineData("Environment", "Sandbox")]
    [InlineData("BaseAddress", "http://127.0.0.1:5001")]
    [InlineData("BaseAddress", "https://provider.example")]
    public async Task Rule_1_4_Production_starts_with_nothing_but_the_live_provider_unless_an_option_says_so(string setting, string value)
    {
        var starting = new Starting();
        starting.Settings["Biometric:" + setting] = value;
        Assert.Contains("Biometric:AllowNonLiveProviderInProduction", await starting.ProblemAsync(), StringComparison.Ordinal);

        starting.Settings["Biometric:AllowNonLiveProviderInProduction"] = "true";
        Assert.Null(await starting.ProblemAsync());
        starting.Settings["Biometric:AllowNonLiveProviderInProduction"] = null;
        starting.Environment = Environments.Staging;
        Assert.Null(await starting.ProblemAsync());
    }

    [Fact]
    public void Rule_1_4_The_world_is_live_unless_configured_otherwise() =>
        Assert.Equal(ProviderEnvironment.Live, new BiometricStepUpOptions().Environment);
}
