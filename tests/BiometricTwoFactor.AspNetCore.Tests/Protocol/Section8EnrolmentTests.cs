using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Protocol 8: who has no face on file gets one by proofing, never by a password alone.</summary>
public sealed partial class Section8EnrolmentTests
{
    [Fact]
    public async Task Rule_8_1_Not_enrolled_leads_to_enrolment_and_from_there_to_the_payment()
    {
        await using var bank = await Enrolments.StartAsync();
        using var browser = await bank.SignedInAsync("newcomer");
        using var asked = await browser.TransferAsync();
        Assert.Equal("/biometric/enrol?returnUrl=%2F", asked.Headers.Location!.ToString());

        var id = await Enrolments.EnrolAsync(browser);
        using (var page = await browser.GetAsync($"/biometric/confirm/{id}"))
        {
            Assert.DoesNotContain("on file", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        await Payments.CompleteAsync(bank, browser, id);
        Assert.Equal(ChallengeState.Consumed, (await bank.ChallengeAsync(id)).State);
        Assert.Contains(StepUpEventKind.Enrolled, bank.Events.Kinds);

        var payment = await Payments.ApprovedAsync(bank, browser);
        using var done = await browser.ResumeAsync(payment);
        Assert.Equal($"executed {payment}", await done.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Rule_8_4_An_enrolment_that_a_late_delivery_froze_is_settled_by_its_claim()
    {
        await using var bank = await Enrolments.StartAsync();
        using var browser = await bank.SignedInAsync("newcomer");
        var id = await Enrolments.EnrolAsync(browser);
        await browser.StartedAsync(id);
        var session = bank.LastSession().Id;
        bank.Provider.Faults.HoldWebhooks = true;
        await bank.Provider.OpenAsync(session);
        bank.Provider.Faults.HoldWebhooks = false;
        var callback = await bank.Provider.CompleteAsync(session);

        bank.Provider.Faults.Unavailable = true; // so that the read behind the delivery settles nothing
        await bank.Provider.Faults.ReleaseWebhooksAsync();
        await bank.UntilAsync(id, challenge => challenge.FrozenAt is not null);
        bank.Provider.Faults.Unavailable = false;

        Assert.Equal((HttpStatusCode.OK, "used", "/"), await browser.ClaimAsync(callback!));
        Assert.NotNull(await bank.Store.FindEnrolmentAsync("", "newcomer"));
    }

    [Fact]
    public async Task Rule_8_1_An_api_caller_is_told_where_to_enrol()
    {
        await using var bank = await Enrolments.StartAsync();
        using var browser = await bank.SignedInAsync("newcomer");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/transfers")
        {
            Content = JsonContent.Create(new { amount = "250.00", currency = "EUR", account = "DE89370400440532013000", name = "Ada" }),
        };
        using var answer = await browser.SendAsync(request);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("urn:biometric-step-up:not-enrolled", problem.GetProperty("type").GetString());
        Assert.StartsWith("/biometric/enrol", problem.GetProperty("enrolUrl").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rule_8_4_Somebody_elses_valid_passport_enrols_nobody_and_its_face_is_deleted()
    {
        await using var bank = await Enrolments.StartAsync(setup => setup.HolderMatches = false);
        using var thief = await bank.SignedInAsync("newcomer");
        var id = await Enrolments.EnrolAsync(thief);
        await Payments.CompleteAsync(bank, thief, id);

        var ended = await bank.ChallengeAsync(id);
        Assert.Equal(ChallengeState.Declined, ended.State);
        Assert.Contains(JudgementReason.NotTheAccountHolder, ended.ReasonCodes);
        Assert.True(await bank.Store.IsStoredFaceInDoubtAsync("", "newcomer"));
        await bank.SweepAsync();
        Assert.False(await bank.Store.IsStoredFaceInDoubtAsync("", "newcomer"));
        using var asked = await thief.TransferAsync();
        Assert.StartsWith("/biometric/enrol", asked.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rule_8_4_An_enrolment_that_another_browser_brings_back_enrols_nobody()
    {
        await using var bank = await Enrolments.StartAsync();
        using var attacker = await bank.SignedInAsync("newcomer");
        using var victim = bank.NewBrowser();
        var id = await Enrolments.EnrolAsync(attacker);
        await attacker.StartedAsync(id);
        var callback = await bank.Provider.CompleteAsync(bank.LastSession().Id);
        await victim.ClaimAsync(callback!);

        Assert.Equal(ChallengeState.Violated, (await bank.ChallengeAsync(id)).State);
        Assert.Null(await bank.Store.FindEnrolmentAsync("", "newcomer"));
        Assert.True(await bank.Store.IsStoredFaceInDoubtAsync("", "newcomer"));
    }

    [Fact]
    public async Task Rule_8_1_A_face_that_the_provider_no_longer_has_leads_back_to_enrolment()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        bank.Provider.ForgetFace("alice");
        using var start = await browser.StartAsync(id);
        Assert.StartsWith("/biometric/enrol", start.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Equal(ChallengeState.NotFinished, (await bank.ChallengeAsync(id)).State);
    }

    [Fact]
    public async Task Rule_8_4_A_provider_approval_that_the_judge_refused_is_relied_on_by_nobody_until_it_is_deleted()
    {
        await using var bank = await RelyingParty.StartAsync(setup => setup.Options = options => options.FaceMatchFloorPercent = 99.9m);
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync("10.00");
        await Payments.CompleteAsync(bank, browser, id);
        Assert.Equal(ChallengeState.Declined, (await bank.ChallengeAsync(id)).State);
        Assert.True(await bank.Store.IsStoredFaceInDoubtAsync("", "alice"));

        var next = await browser.AskAsync("20.00");
        bank.Provider.Faults.Unavailable = true; // so that it cannot be deleted at once
        using var refused = await browser.StartAsync(next);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Contains($"No session was opened for challenge {next}", bank.Logs.All, StringComparison.Ordinal); // or nobody knows why
        bank.Provider.Faults.Clear();
        await browser.StartedAsync(next);
    }

    [Fact]
    public async Task Rule_8_2_No_payment_is_open_while_an_enrolment_could_put_another_face_on_file()
    {
        await using var bank = await RelyingParty.StartAsync(setup => setup.HolderMatches = false);
        using var thief = await bank.SignedInAsync("alice"); // has the password, and a passport of his own
        using var second = await bank.SignedInAsync("alice");
        var enrolment = await Enrolments.EnrolAsync(thief);
        await thief.StartedAsync(enrolment);

        // From another browser: waits. From the same: the enrolment ends, and its face is in doubt until it is deleted.
        var elsewhere = await second.AskAsync("10.00");
        using var waiting = await second.StartAsync(elsewhere);
        Assert.Equal(HttpStatusCode.Conflict, waiting.StatusCode);
        var payment = await thief.AskAsync("9000.00");
        bank.Provider.Faults.Unavailable = true;
        using var refused = await thief.StartAsync(payment);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Equal(ChallengeState.Superseded, (await bank.ChallengeAsync(enrolment)).State);
        Assert.Single(bank.Provider.Sessions);

        bank.Provider.Faults.Clear();
        await thief.StartedAsync(payment);
        Assert.True(bank.Provider.FindSession((await bank.ChallengeAsync(enrolment)).SessionId!.Value) is null or { IsDeleted: true });
    }

    [Fact]
    public async Task Rule_8_1_The_enrolment_page_leads_nowhere_else()
    {
        await using var bank = await Enrolments.StartAsync();
        using var browser = await bank.SignedInAsync("newcomer");
        using var page = await browser.GetAsync("/biometric/enrol?returnUrl=https%3A%2F%2Fevil.example");
        Assert.DoesNotContain("evil", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
