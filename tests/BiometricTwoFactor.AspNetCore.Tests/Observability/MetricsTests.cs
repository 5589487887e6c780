using BiometricTwoFactor.Emulator;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>What an operator sees, by the names that are documented.</summary>
public sealed class MetricsTests
{
    private const string Reason = "biometric.reason=high_value_txn";

    [Fact]
    public async Task A_payment_is_counted_from_its_challenge_to_its_use()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var measured = new Measured(bank.Services);
        using var browser = await bank.SignedInAsync("alice");
        await Payments.ApprovedAsync(bank, browser);
        using var done = await browser.TransferAsync();

        foreach (var outcome in (string[])["made", "approved", "used"])
        {
            Assert.Equal(1, measured.Sum($"biometric.challenges{{{Reason},biometric.outcome={outcome}}}"));
        }

        Assert.Equal(1, measured.Count($"biometric.verdict.duration{{{Reason},biometric.outcome=approved}}"));
        Assert.NotEqual(0, measured.Sum("biometric.webhooks{biometric.outcome=Valid}"));
        Assert.Equal(1, measured.Count("biometric.provider.request.duration{http.request.method=POST,http.route=/v3/session/,http.response.status_code=201}"));
    }

    [Theory]
    [InlineData(SandboxScenario.DeclineLivenessAttack, "declined")]
    [InlineData(SandboxScenario.ReviewFaceMatchBorderline, "held")]
    public async Task A_refused_and_a_held_face_are_told_apart(string scenario, string outcome)
    {
        await using var bank = await RelyingParty.StartAsync();
        using var measured = new Measured(bank.Services);
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        await Payments.CompleteAsync(bank, browser, id, scenario);
        await bank.UntilAsync(id, challenge => challenge.State != ChallengeState.Pending);
        Assert.Equal(1, measured.Sum($"biometric.challenges{{{Reason},biometric.outcome={outcome}}}"));
        Assert.Equal(1, measured.Count($"biometric.verdict.duration{{{Reason},biometric.outcome={outcome}}}"));
    }

    [Fact]
    public async Task A_changed_payment_is_a_mismatch()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var measured = new Measured(bank.Services);
        using var browser = await bank.SignedInAsync("alice");
        var id = await Payments.ApprovedAsync(bank, browser);
        using var changed = await Payments.ApiAsync(browser, Payments.OtherAmount, challenge: id);
        Assert.Equal(1, measured.Sum("biometric.mismatches{biometric.mismatch=transaction-changed}"));
        Assert.Equal(1, measured.Sum($"biometric.challenges{{{Reason},biometric.outcome=violated}}"));
    }

    [Fact]
    public async Task An_operation_that_comes_again_is_a_replay()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var measured = new Measured(bank.Services);
        using var browser = await bank.SignedInAsync("alice");
        await Payments.ApprovedAsync(bank, browser);
        using var first = await Payments.ApiAsync(browser, Payments.Payment, operation: "op-1");
        Assert.Equal(0, measured.Sum("biometric.replays{biometric.replay=approval}"));
        using var second = await Payments.ApiAsync(browser, Payments.Payment, operation: "op-1");
        Assert.Equal(1, measured.Sum("biometric.replays{biometric.replay=approval}"));
    }

    [Fact]
    public async Task Who_is_asked_for_nothing_is_counted_with_the_cause()
    {
        await using var bank = await RelyingParty.StartAsync(setup => setup.NotEnrolled.Add("newcomer"));
        using var measured = new Measured(bank.Services);
        using var browser = await bank.SignedInAsync("newcomer");
        using var asked = await browser.TransferAsync();
        Assert.Equal(1, measured.Sum($"biometric.challenges.refused{{{Reason},biometric.cause=not_enrolled}}"));
    }

    [Fact]
    public async Task A_forged_delivery_is_counted_by_what_was_wrong_with_it()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var measured = new Measured(bank.Services);
        using var browser = bank.NewBrowser();
        using var content = new StringContent("""{"status":"Approved"}""", System.Text.Encoding.UTF8, "application/json");
        content.Headers.Add("X-Signature-V2", new string('0', 64));
        using var refused = await browser.PostContentAsync("/biometric/webhook", content);
        Assert.Equal(1, measured.Sum("biometric.webhooks{biometric.outcome=SignatureMismatch}"));
    }

    [Fact]
    public async Task A_provider_that_fails_is_counted_with_its_error()
    {
        await using var bank = await RelyingParty.StartAsync(setup => setup.Client = client => client.ApiKey = "another-key");
        using var measured = new Measured(bank.Services);
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        using var started = await browser.StartAsync(id);
        Assert.Contains("http.route=/v3/session/,http.response.status_code=403,error.type=", measured.All, StringComparison.Ordinal);
    }
}
