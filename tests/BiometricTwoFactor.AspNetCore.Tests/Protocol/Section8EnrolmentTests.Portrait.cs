using System.Net;
using BiometricTwoFactor.Emulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace BiometricTwoFactor.AspNetCore.Tests;

public sealed partial class Section8EnrolmentTests
{
    [Fact]
    public async Task Rule_8_2_The_enrolment_that_a_signed_in_person_can_begin_alone_is_by_proofing()
    {
        await using var bank = await Enrolments.StartAsync();
        using var browser = await bank.SignedInAsync("newcomer");
        using var page = await browser.GetAsync("/biometric/enrol");
        var (action, fields) = Browser.FormOf(await page.Content.ReadAsStringAsync());
        using var begun = await browser.PostAsync(action, [.. fields, ("basis", "StrongerFactorSeen"), ("workflow", EmulatedWorkflow.FaceEnrolmentId)]);
        await browser.StartedAsync(Browser.IdOf(begun));
        Assert.Equal(EmulatedWorkflow.KycEnrolmentId, bank.LastSession().WorkflowId);
    }

    [Fact]
    public async Task Rule_8_4_A_process_that_dies_after_a_refusal_leaves_its_deletion_queued()
    {
        var (store, proxy) = StoreProxy.Create(TimeProvider.System);
        await using var bank = await RelyingParty.StartAsync(setup => setup.ConfigureServices = services => services.AddSingleton(store));
        using var browser = await bank.SignedInAsync("alice");
        using var asked = await browser.GetAsync("/secret");
        var id = Browser.IdOf(asked);
        await browser.StartedAsync(id);
        var session = bank.LastSession().Id;
        var body = Deliveries.Verdict(session.ToString(), id); // approved by the provider, without anything that the judge demands
        proxy.After = method =>
        {
            if (method == nameof(IStepUpStore.TryReplaceAsync))
            {
                // From now on nothing reaches the store: that is how the death of a process looks from there.
                proxy.Before = _ => throw new InvalidOperationException("The process is dead.");
            }

            return Task.CompletedTask;
        };
        using (var sent = await Deliveries.SendAsync(bank, body))
        {
            Assert.Equal(HttpStatusCode.OK, sent.StatusCode); // all that must last was in that one write
        }

        (proxy.Before, proxy.After) = (_ => Task.CompletedTask, _ => Task.CompletedTask);
        Assert.Equal(ChallengeState.Declined, (await bank.ChallengeAsync(id)).State);
        Assert.True(await store.IsStoredFaceInDoubtAsync("", "alice"));
        await bank.SweepAsync();
        Assert.True(bank.Provider.FindSession(session) is null or { IsDeleted: true });
        Assert.False(await store.IsStoredFaceInDoubtAsync("", "alice"));
    }

    [Fact]
    public async Task Rule_8_3_The_applications_portrait_goes_with_the_session_and_is_disposed_of_and_kept_nowhere()
    {
        var portraits = new Portraits();
        await using var bank = await RelyingParty.StartAsync(setup => setup.ConfigureServices = services => services.AddSingleton<IPortraitSource>(portraits));
        using var browser = await bank.SignedInAsync("alice");
        var id = await Payments.ApprovedAsync(bank, browser);
        Assert.True(bank.LastSession().HasPortrait);
        var client = bank.Services.GetRequiredService<BiometricClient>();
        var again = CreateSessionRequest.ForReauthentication(EmulatedWorkflow.BiometricAuthenticationId, "alice", "again") with { Portrait = Assert.Single(portraits.Given) };
        await Assert.ThrowsAsync<ObjectDisposedException>(() => client.CreateSessionAsync(again)); // its bytes are wiped
        Assert.DoesNotContain(Convert.ToBase64String(Portraits.Picture)[..40], bank.Logs.All, StringComparison.Ordinal);
        Assert.Equal(ChallengeState.Approved, (await bank.ChallengeAsync(id)).State);
    }

    [Fact]
    public async Task Rule_8_3_Without_one_the_providers_stored_face_is_used()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        await Payments.ApprovedAsync(bank, browser);
        Assert.False(bank.LastSession().HasPortrait);
    }

    [Fact]
    public async Task Rule_8_4_A_portrait_of_the_applications_own_is_an_enrolment()
    {
        await using var bank = await Enrolments.StartAsync(setup => setup.ConfigureServices = services => services.AddSingleton<IPortraitSource>(new Portraits()));
        using var browser = await bank.SignedInAsync("newcomer");
        using var asked = await browser.TransferAsync();
        Assert.StartsWith("/biometric/confirm/", asked.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, EmulatedWorkflow.FaceEnrolmentId)]
    [InlineData(false, EmulatedWorkflow.KycEnrolmentId)]
    public async Task Rule_8_4_A_face_alone_enrols_only_where_the_application_says_that_it_saw_something_stronger(bool seen, string workflow)
    {
        await using var bank = await Enrolments.StartAsync(setup => setup.Map = app => app.MapPost("/branch", async (HttpContext context, StepUpService service) =>
        {
            var begun = seen ? await service.EnrolAsync(context, "/", EnrolmentBasis.StrongerFactorSeen) : await service.EnrolAsync(context, "/");
            return Results.Redirect("/biometric/confirm/" + begun.Challenge!.Id);
        }).DisableAntiforgery());
        using var browser = await bank.SignedInAsync("newcomer");
        bank.Provider.StoreFace("newcomer");
        using var begun = await browser.PostAsync("/branch");
        var id = Browser.IdOf(begun);
        await Payments.CompleteAsync(bank, browser, id);
        Assert.Equal(workflow, bank.LastSession().WorkflowId);
        Assert.Equal(ChallengeState.Consumed, (await bank.ChallengeAsync(id)).State);
        Assert.NotNull(await bank.Store.FindEnrolmentAsync("", "newcomer"));
    }

    [Fact]
    public async Task Rule_8_4_Nor_is_a_face_enrolled_by_one_on_file_that_is_in_doubt()
    {
        await using var bank = await Enrolments.StartAsync(setup => setup.Map = app => app.MapPost("/branch", async (HttpContext context, StepUpService service) =>
            Results.Redirect("/biometric/confirm/" + (await service.EnrolAsync(context, "/", EnrolmentBasis.StrongerFactorSeen)).Challenge!.Id)).DisableAntiforgery());
        using var browser = await bank.SignedInAsync("newcomer");
        bank.Provider.StoreFace("newcomer");
        var doubt = new SessionDeletion("", SessionId.Parse("11111111-2222-4333-8444-555555555555"), "newcomer", FaceInDoubt: true, DateTimeOffset.UtcNow.AddHours(1));
        await bank.Store.QueueDeletionAsync(doubt);
        using var begun = await browser.PostAsync("/branch");
        using var refused = await browser.StartAsync(Browser.IdOf(begun));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);

        await bank.Store.CompleteDeletionAsync(doubt);
        await browser.StartedAsync(Browser.IdOf(begun));
    }

    [Theory]
    [InlineData("cancel")]
    [InlineData("supersede")]
    [InlineData("cancel-held")]
    public async Task Rule_8_4_What_the_provider_may_have_approved_unheard_is_deleted_before_the_next_start(string end)
    {
        await using var bank = await RelyingParty.StartAsync(setup => setup.Options = options => options.FaceMatchFloorPercent = 99.9m);
        using var thief = await bank.SignedInAsync("alice");
        bank.Provider.Faults.HoldWebhooks = true;
        var first = await thief.AskAsync("10.00");
        await thief.StartedAsync(first);
        var session = bank.LastSession().Id;
        // A face that is like enough for the provider, and not for us; nobody here has heard of it yet.
        await bank.Provider.CompleteAsync(session, end == "cancel-held" ? SandboxScenario.ReviewFaceMatchBorderline : SandboxScenario.Approve);
        if (end == "cancel-held")
        {
            bank.Provider.Faults.HoldWebhooks = false;
            await bank.Provider.Faults.ReleaseWebhooksAsync();
            await bank.UntilAsync(first, challenge => challenge.State == ChallengeState.InReview);
            bank.Provider.Faults.HoldWebhooks = true;
            await bank.Provider.ReviewAsync(session, approved: true);
        }

        if (end != "supersede")
        {
            using var cancelled = await thief.PostAsync($"/biometric/cancel/{first}", await thief.TokenAsync());
        }

        var second = await thief.AskAsync("9000.00");
        using var start = await thief.StartAsync(second);
        Assert.Equal(HttpStatusCode.SeeOther, start.StatusCode);
        Assert.NotEqual(session, bank.LastSession().Id);
        Assert.True(bank.Provider.FindSession(session) is null or { IsDeleted: true });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Rule_8_4_While_that_deletion_fails_nothing_starts_on_the_stored_face(bool cancel)
    {
        await using var bank = await RelyingParty.StartAsync();
        using var thief = await bank.SignedInAsync("alice");
        bank.Provider.Faults.HoldWebhooks = true;
        var first = await thief.AskAsync("10.00");
        await thief.StartedAsync(first);
        var session = bank.LastSession().Id;
        await bank.Provider.CompleteAsync(session);
        if (cancel)
        {
            using var cancelled = await thief.PostAsync($"/biometric/cancel/{first}", await thief.TokenAsync());
        }

        var second = await thief.AskAsync("9000.00");
        bank.Provider.Faults.Unavailable = true;
        using var refused = await thief.StartAsync(second);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Contains($"No session was opened for challenge {second}", bank.Logs.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rule_8_4_A_start_that_the_doubt_refused_keeps_no_other_browser_of_that_person_waiting()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        bank.Provider.Faults.HoldWebhooks = true;
        var first = await browser.AskAsync("10.00");
        await browser.StartedAsync(first);
        await bank.Provider.CompleteAsync(bank.LastSession().Id);
        var second = await browser.AskAsync("11.00");
        bank.Provider.Faults.Unavailable = true;
        using var refused = await browser.StartAsync(second);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        bank.Provider.Faults.Unavailable = false;

        using var other = await bank.SignedInAsync("alice");
        await bank.SweepAsync();
        await other.StartedAsync(await other.AskAsync("12.00"));
    }

    [Fact]
    public async Task Rule_8_4_An_approval_that_is_void_for_its_amount_leaves_no_doubt_about_the_face()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await Payments.ApprovedAsync(bank, browser);
        using var changed = await Payments.ApiAsync(browser, Payments.OtherAmount, challenge: id);
        Assert.Equal(ChallengeState.Violated, (await bank.ChallengeAsync(id)).State);

        Assert.False(await bank.Store.IsStoredFaceInDoubtAsync("", "alice"));
        await browser.StartedAsync(await browser.AskAsync("151.00"));
    }

    [Fact]
    public async Task Rule_8_4_What_was_asked_before_an_enrolment_was_taken_back_does_not_start_after_it()
    {
        await using var bank = await Enrolments.StartAsync();
        using var browser = await bank.SignedInAsync("newcomer");
        bank.Provider.StoreFace("newcomer");
        await bank.Store.SetEnrolmentAsync("", "newcomer", new EnrolmentRecord(DateTimeOffset.UtcNow, "an-enrolment"));
        var id = await browser.AskAsync();
        await bank.Store.SetEnrolmentAsync("", "newcomer", enrolment: null);
        using var start = await browser.StartAsync(id);
        Assert.StartsWith("/biometric/enrol", start.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Empty(bank.Provider.Sessions);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Rule_8_4_A_review_that_is_heard_of_after_its_end_takes_no_enrolment_away(bool isLate)
    {
        await using var bank = await Enrolments.StartAsync();
        using var browser = await bank.SignedInAsync("newcomer");
        var id = await Enrolments.EnrolAsync(browser);
        await Payments.CompleteAsync(bank, browser, id);
        await bank.Provider.WebhooksIdleAsync();
        var body = Deliveries.Verdict(bank.LastSession().Id.ToString(), id).Replace("\"Approved\"", isLate ? "\"In Review\"" : "\"Declined\"", StringComparison.Ordinal)
            .Replace("alice", "newcomer", StringComparison.Ordinal).Replace(EmulatedWorkflow.BiometricAuthenticationId, EmulatedWorkflow.KycEnrolmentId, StringComparison.Ordinal);
        using var delivered = await Deliveries.SendAsync(bank, body);
        Assert.Equal(HttpStatusCode.OK, delivered.StatusCode);
        Assert.Equal(isLate, await bank.Store.FindEnrolmentAsync("", "newcomer") is not null);
    }

    [Fact]
    public async Task Rule_8_1_A_face_that_has_expired_leads_to_enrolment()
    {
        await using var bank = await Enrolments.StartAsync();
        using var browser = await bank.SignedInAsync("newcomer");
        var id = await Enrolments.EnrolAsync(browser);
        await Payments.CompleteAsync(bank, browser, id);
        var enrolled = bank.LastSession().Id;
        using (var asked = await browser.TransferAsync())
        {
            Assert.StartsWith("/biometric/confirm/", asked.Headers.Location!.ToString(), StringComparison.Ordinal);
        }

        await bank.Provider.AgeAsync(enrolled);
        await bank.Provider.WebhooksIdleAsync();
        using var again = await browser.TransferAsync();
        Assert.Equal(HttpStatusCode.SeeOther, again.StatusCode);
        Assert.StartsWith("/biometric/enrol", again.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rule_8_1_A_user_whom_the_provider_blocked_is_told_so_and_asked_no_more()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        bank.Provider.Block("alice");
        using var start = await browser.StartAsync(id);
        Assert.False(start.IsSuccessStatusCode);
        Assert.NotEqual(HttpStatusCode.SeeOther, start.StatusCode);
        Assert.Equal(ChallengeState.NotFinished, (await bank.ChallengeAsync(id)).State);
    }

    private sealed class Portraits : IPortraitSource
    {
        public static readonly byte[] Picture = [0xFF, 0xD8, 0xFF, 0xE0, .. Enumerable.Range(0, 200).Select(i => (byte)i), 0xFF, 0xD9];

        public List<PortraitImage> Given { get; } = [];

        public ValueTask<PortraitImage?> FindAsync(string subject, CancellationToken cancellationToken = default)
        {
            var portrait = PortraitImage.FromBytes(Picture);
            lock (Given)
            {
                Given.Add(portrait);
            }

            return new(portrait);
        }
    }
}
