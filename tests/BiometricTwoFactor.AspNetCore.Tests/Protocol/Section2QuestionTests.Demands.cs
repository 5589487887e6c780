using System.Net;
using System.Net.Http.Json;
using BiometricTwoFactor.Emulator;
using Microsoft.AspNetCore.Builder;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Protocol 2.1: when a face is asked for, and with which method.</summary>
public sealed partial class Section2QuestionTests
{
    private const string Strong = EmulatedWorkflow.ActiveBiometricAuthenticationId;
    private const string Ordinary = EmulatedWorkflow.ScaWithIpAnalysisId;

    [Fact]
    public async Task Rule_2_1_A_small_payment_needs_no_face_and_an_unlisted_currency_always_does()
    {
        await using var bank = await DemandingBankAsync();
        using var browser = await bank.MadeKnownAsync(await bank.SignedInAsync("alice", Networks.Home));
        using var small = await browser.TransferAsync("100.00");
        Assert.Equal("executed without a face", await small.Content.ReadAsStringAsync());
        using var above = await browser.TransferAsync("100.01");
        Assert.Equal(HttpStatusCode.SeeOther, above.StatusCode);
        using var other = await browser.TransferAsync("1.00", currency: "USD");
        Assert.Equal(HttpStatusCode.SeeOther, other.StatusCode);
    }

    [Fact]
    public async Task Rule_2_1_A_new_device_in_a_new_network_is_asked_for_a_small_payment_too()
    {
        await using var bank = await DemandingBankAsync();
        using var known = await bank.MadeKnownAsync(await bank.SignedInAsync("alice", Networks.Home));
        using var stranger = await bank.SignedInAsync("alice", Networks.Elsewhere);
        using var small = await stranger.TransferAsync("0.01");
        await Browser.ExpectAsync(HttpStatusCode.SeeOther, small);
    }

    [Fact]
    public async Task Rule_2_1_A_form_that_is_sent_twice_runs_once_although_its_own_approval_made_the_device_known()
    {
        await using var bank = await DemandingBankAsync();
        using var browser = await bank.SignedInAsync("alice", Networks.Home);
        var id = await browser.AskAsync("50.00");
        await Payments.CompleteAsync(bank, browser, id);
        using var page = await browser.GetAsync($"/biometric/resume/{id}");
        var (action, fields) = Browser.FormOf(await page.Content.ReadAsStringAsync());
        using var first = await browser.PostAsync(action, fields);
        using var second = await browser.PostAsync(action, fields); // by now it would need no face
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Conflict), (first.StatusCode, second.StatusCode));
        var changed = fields.Select(field => field.Name == "Amount" ? (field.Name, "49.00") : field).ToArray();
        using var other = await browser.PostAsync(action, changed); // nor may its name be lent to another payment
        Assert.Equal(HttpStatusCode.Conflict, other.StatusCode);
        Assert.Single(bank.Executed);
    }

    [Fact]
    public async Task Rule_2_1_An_operation_that_was_carried_out_is_not_repeated_once_its_device_is_known()
    {
        await using var bank = await DemandingBankAsync();
        using var browser = await bank.SignedInAsync("alice", Networks.Home);
        using var asked = await PayAsync(browser, "/api/transfers", "50.00", "op-1");
        Assert.Equal(HttpStatusCode.Unauthorized, asked.StatusCode);
        await Payments.CompleteAsync(bank, browser, await browser.AskAsync("50.00"));
        using var first = await PayAsync(browser, "/api/transfers", "50.00", "op-1");
        using var again = await PayAsync(browser, "/api/transfers", "50.00", "op-1");
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Conflict), (first.StatusCode, again.StatusCode));
        using var another = await PayAsync(browser, "/api/transfers", "50.00", "op-2"); // a payment of its own
        Assert.Equal("executed without a face", await another.Content.ReadAsStringAsync());
        Assert.Equal(2, bank.Executed.Count);
    }

    [Fact]
    public async Task Rule_2_1_A_new_device_with_a_high_value_and_an_amount_above_the_second_threshold_ask_for_the_stronger_method()
    {
        await using var bank = await DemandingBankAsync();
        using var browser = await bank.SignedInAsync("alice", Networks.Home);
        Assert.Equal(Strong, await WorkflowOfAsync(bank, browser, "100.01"));
        Assert.Equal(Ordinary, await WorkflowOfAsync(bank, browser, "99.00")); // new in every way, and of low value
        await bank.MadeKnownAsync(browser);
        Assert.Equal(Ordinary, await WorkflowOfAsync(bank, browser, "100.02"));
        Assert.Equal(Ordinary, await WorkflowOfAsync(bank, browser, "1000.00"));
        Assert.Equal(Strong, await WorkflowOfAsync(bank, browser, "1000.01"));
    }

    [Fact]
    public async Task Rule_2_1_What_was_approved_by_the_stronger_method_on_a_new_device_asks_for_no_second_face_once_it_is_known()
    {
        await using var bank = await DemandingBankAsync();
        using var browser = await bank.SignedInAsync("alice", Networks.Home);
        var strong = await browser.AskAsync("500.00");
        Assert.Equal(Strong, (await bank.ChallengeAsync(strong)).WorkflowId);
        await Payments.CompleteAsync(bank, browser, strong);
        await bank.MadeKnownAsync(browser, "777.77");

        using var done = await browser.TransferAsync("500.00"); // an ordinary demand by now
        Assert.Equal($"executed {strong}", await done.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Rule_2_1_What_was_approved_by_the_ordinary_method_does_not_serve_where_the_stronger_one_is_asked()
    {
        await using var bank = await DemandingBankAsync(map: app => app
            .MapPost("/api/treasury", (TransferRequest transfer) => "executed")
            .RequireBiometric(StepUpReason.HighValueTransaction, (TransferRequest transfer) => transfer.ToTransaction(), own => (own.Thresholds, own.StrongThresholds) = (Euros(0m), Euros(0m))));
        using var browser = await bank.MadeKnownAsync(await bank.SignedInAsync("alice", Networks.Home));
        var ordinary = await browser.AskAsync("500.00");
        await Payments.CompleteAsync(bank, browser, ordinary);

        using var refused = await PayAsync(browser, "/api/treasury", "500.00"); // the same payment at another endpoint
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal(ChallengeState.Approved, (await bank.ChallengeAsync(ordinary)).State);
        var strong = (await refused.Content.ReadFromJsonAsync<System.Text.Json.JsonElement>()).GetProperty("challengeId").GetString()!;
        Assert.Equal(Strong, (await bank.ChallengeAsync(strong)).WorkflowId);
    }

    [Fact]
    public async Task Rule_2_1_What_was_approved_under_a_lower_floor_does_not_serve_where_a_higher_one_is_asked()
    {
        await using var bank = await DemandingBankAsync(map: app => app
            .MapPost("/api/treasury", (TransferRequest transfer) => "executed")
            .RequireBiometric(StepUpReason.HighValueTransaction, (TransferRequest transfer) => transfer.ToTransaction(), own => own.FaceMatchFloorPercent = 92m));
        using var browser = await bank.MadeKnownAsync(await bank.SignedInAsync("alice", Networks.Home));
        await Payments.CompleteAsync(bank, browser, await browser.AskAsync("500.00"));

        using var refused = await PayAsync(browser, "/api/treasury", "500.00");
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        var id = (await refused.Content.ReadFromJsonAsync<System.Text.Json.JsonElement>()).GetProperty("challengeId").GetString()!;
        Assert.Equal(92m, (await bank.ChallengeAsync(id)).FaceMatchFloorPercent);
        await Payments.CompleteAsync(bank, browser, id);
        using var done = await PayAsync(browser, "/api/treasury", "500.00");
        Assert.Equal(HttpStatusCode.OK, done.StatusCode);
    }

    [Fact]
    public async Task Rule_2_1_An_attribute_says_how_its_own_endpoint_asks()
    {
        await using var bank = await DemandingBankAsync(map: app =>
            app.MapGet("/vault", [RequireBiometric(StepUpReason.SettingsChange, Workflow = "Payment", StrongWorkflow = "Strong", FaceMatchFloorPercent = 95, LivenessFloorPercent = 60)] () => "open"));
        using var browser = await bank.SignedInAsync("alice", Networks.Home);
        Assert.Equal((Strong, 95m, 60m), await VaultAsync());
        await bank.MadeKnownAsync(browser);
        Assert.Equal((Ordinary, 95m, 60m), await VaultAsync());

        async Task<(string, decimal?, decimal?)> VaultAsync()
        {
            using var asked = await browser.GetAsync("/vault");
            var challenge = await bank.ChallengeAsync(Browser.IdOf(asked));
            return (challenge.WorkflowId, challenge.FaceMatchFloorPercent, challenge.LivenessFloorPercent);
        }
    }

    private static Task<RelyingParty> DemandingBankAsync(Action<WebApplication>? map = null) => RelyingParty.StartAsync(setup =>
    {
        setup.UseNetworks();
        setup.Map = map;
        setup.Options = options =>
        {
            options.Workflows.Payment.RequireIpAnalysis = false;
            options.Workflows.Strong.Id = Strong;
            options.Workflows.Strong.LivenessMethod = LivenessMethod.Active3D;
            options.Reasons[StepUpReason.HighValueTransaction] = new StepUpReasonOptions { Thresholds = { ["EUR"] = 100m }, StrongThresholds = { ["EUR"] = 1_000m } };
        };
    });

    private static Dictionary<string, decimal> Euros(decimal amount) => new(StringComparer.Ordinal) { ["EUR"] = amount };

    private static async Task<string> WorkflowOfAsync(RelyingParty bank, Browser browser, string amount) =>
        (await bank.ChallengeAsync(await browser.AskAsync(amount))).WorkflowId;

    private static async Task<HttpResponseMessage> PayAsync(Browser browser, string url, string amount, string? operation = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url)
        {
            Content = JsonContent.Create(new { amount, currency = "EUR", account = "DE89370400440532013000", name = "Ada Lovelace" }),
        };
        if (operation is not null)
        {
            request.Headers.Add("Idempotency-Key", operation);
        }

        return await browser.SendAsync(request);
    }
}
