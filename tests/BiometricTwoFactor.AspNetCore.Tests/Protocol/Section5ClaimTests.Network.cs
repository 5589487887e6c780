using System.Net;
using BiometricTwoFactor.Emulator;
using Microsoft.Extensions.DependencyInjection;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Protocol 5.6: the device and country of the capture against those that started.</summary>
public sealed partial class Section5ClaimTests
{
    private const string WindowsChrome = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36";

    [Theory]
    [InlineData("Android", "Chrome")]
    [InlineData("Windows", "Firefox")]
    public async Task Rule_5_6_A_capture_on_another_kind_of_device_holds_a_payment(string os, string browserFamily)
    {
        await using var bank = await RiskyBank.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        Assert.Equal("held", await CapturedOnAsync(bank, browser, id, new CaptureOrigin { OsFamily = os, BrowserFamily = browserFamily }));
        Assert.Equal(["device-differs"], (await bank.ChallengeAsync(id)).ReasonCodes);
        Assert.Empty(bank.Executed);
    }

    [Fact]
    public async Task Rule_5_6_A_capture_on_the_same_kind_of_device_goes_through()
    {
        await using var bank = await RiskyBank.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        Assert.Equal("approved", await CapturedOnAsync(bank, browser, id, new CaptureOrigin { OsFamily = "Windows", BrowserFamily = "Chrome" }));
    }

    [Fact]
    public async Task Rule_5_6_A_capture_in_another_country_holds_a_payment()
    {
        await using var bank = await RiskyBank.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var (id, state) = await RiskyBank.CapturedAsync(bank, browser, new CaptureOrigin { CountryCode = "US" });
        Assert.Equal("held", state);
        var challenge = await bank.ChallengeAsync(id);
        Assert.Equal("ES", challenge.StartedOn.Country);
        Assert.Equal(["country-differs"], challenge.ReasonCodes);

        // The browser learns that it waits, and nothing about why.
        var page = await browser.PageAsync(id);
        Assert.Contains("We are checking this", page, StringComparison.Ordinal);
        Assert.DoesNotContain("country", page, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("203.0.113.200")] // a country that is not known
    [InlineData("192.0.2.1")] // a database that fails
    public async Task Rule_5_6_An_asking_country_that_is_not_known_is_no_difference(string asking)
    {
        await using var bank = await RiskyBank.StartAsync(new RiskyBankSetup { AskingAddress = IPAddress.Parse(asking) });
        using var browser = await bank.SignedInAsync("alice");
        var (id, state) = await RiskyBank.CapturedAsync(bank, browser, new CaptureOrigin { CountryCode = "US" });
        Assert.Equal("approved", state);
        Assert.Null((await bank.ChallengeAsync(id)).StartedOn.Country);
    }

    [Fact]
    public async Task Rule_5_6_A_held_device_stays_held_when_a_later_decision_says_less()
    {
        await using var bank = await RiskyBank.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var (id, _) = await RiskyBank.CapturedAsync(bank, browser, new CaptureOrigin { CountryCode = "US" });
        var challenge = await bank.ChallengeAsync(id);

        // The same session, approved, in a decision without an analysis and in one with a harmless one.
        using var scope = bank.Services.CreateScope();
        var processor = scope.ServiceProvider.GetRequiredService<VerdictProcessor>();
        foreach (var analyses in new[] { [], new[] { new IpAnalysis { Status = FeatureStatus.Approved, CountryCode = "ES" } } })
        {
            var effect = await processor.ApplyAsync(challenge, ApprovedAgain(challenge, analyses), DecisionSource.Read, delivery: null, CancellationToken.None);
            Assert.NotEqual(ChallengeState.Approved, effect.Challenge.State);
        }
    }

    internal static SessionDecision ApprovedAgain(StepUpChallenge challenge, IReadOnlyList<IpAnalysis> analyses) => new()
    {
        SessionId = challenge.SessionId,
        Status = SessionStatus.Approved,
        VendorData = challenge.VendorData,
        WorkflowId = challenge.WorkflowId,
        Environment = challenge.Environment,
        HasEnvironment = true,
        Metadata = new SessionMetadata(new Dictionary<string, MetadataValue>(StringComparer.Ordinal)
        {
            ["nonce"] = new(MetadataValueKind.String, challenge.Id),
            ["amount"] = new(MetadataValueKind.String, "250.00"),
            ["payee_account"] = new(MetadataValueKind.String, challenge.Transaction!.PayeeAccount),
        }),
        LivenessChecks = [Shown.Live()],
        FaceMatches = [Shown.Face()],
        IpAnalyses = analyses,
    };

    [Theory]
    [InlineData("Android", null)]
    [InlineData("Windows", "US")]
    public async Task Rule_5_6_A_capture_elsewhere_holds_a_setting_and_a_recovery_needs_a_new_face(string os, string? country)
    {
        await using var bank = await RiskyBank.StartAsync(configure: setup =>
        {
            setup.Options = options =>
            {
                options.Workflows.StepUp.Id = EmulatedWorkflow.ScaWithIpAnalysisId;
                options.Workflows.StepUp.RequireIpAnalysis = true;
            };
            var map = setup.Map!;
            setup.Map = app =>
            {
                map(app);
                OwnLogin.Map(app);
            };
        });
        var origin = country is null
            ? new CaptureOrigin { OsFamily = os, BrowserFamily = "Chrome" }
            : new CaptureOrigin { OsFamily = os, BrowserFamily = "Chrome", CountryCode = country };
        using var browser = await bank.SignedInAsync("alice");
        using var asked = await browser.GetAsync("/secret");
        Assert.Equal("held", await CapturedOnAsync(bank, browser, Browser.IdOf(asked), origin));

        using var forgetful = bank.NewBrowser();
        var recovery = await forgetful.AskToRecoverAsync("bob");
        Assert.Equal("not-finished", await CapturedOnAsync(bank, forgetful, recovery, origin));
        Assert.Equal("nobody", await OwnSignInTests.PageAsync(forgetful, "/recovery/new"));
        using var set = await forgetful.PostAsync("/recovery/new");
        Assert.Equal("nobody ", await set.Content.ReadAsStringAsync());
    }

    private static async Task<string?> CapturedOnAsync(RelyingParty bank, Browser browser, string id, CaptureOrigin origin)
    {
        var token = await browser.TokenAsync();
        using var start = new HttpRequestMessage(HttpMethod.Post, $"/biometric/start/{id}") { Content = new FormUrlEncodedContent([new(token.Name, token.Value)]) };
        start.Headers.TryAddWithoutValidation("User-Agent", WindowsChrome);
        using var started = await browser.SendAsync(start);
        await Browser.ExpectAsync(HttpStatusCode.SeeOther, started);
        var callback = await bank.Provider.CompleteFromAsync(bank.LastSession().Id, origin);
        return (await browser.ClaimAsync(callback!)).State;
    }
}
