using System.Net;
using BiometricTwoFactor.Emulator;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>R-20: a way of equal strength in the face's place, offered and never chosen by itself, and who tries to misuse it.</summary>
public sealed class AlternativeTests
{
    [Fact]
    public async Task A_person_without_a_camera_confirms_in_another_way()
    {
        await using var bank = await RiskyBank.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        Assert.Contains($"href=\"/alternative/{id}\"", await browser.PageAsync(id), StringComparison.Ordinal);

        Assert.Equal($"Accepted /biometric/resume/{id}", await ProveAsync(bank, browser, id));
        var challenge = await bank.ChallengeAsync(id);
        Assert.Equal("security-key", challenge.Alternative);
        Assert.Equal(["hwk", "pin"], challenge.Factors);
        Assert.Equal(["alternative-passed"], challenge.ReasonCodes);
        Assert.Contains(StepUpEventKind.Approved, bank.Events.Kinds);
        using var done = await browser.ResumeAsync(id);
        Assert.Equal($"executed {id}", await done.Content.ReadAsStringAsync());
        Assert.StartsWith("NotAsked", await ProveAsync(bank, browser, id), StringComparison.Ordinal); // twice
        Assert.Single(bank.Executed);
    }

    [Theory]
    [InlineData("sms", "TooWeak")]
    [InlineData("otp tel", "TooWeak")]
    [InlineData("pwd pin kba", "TooWeak")]
    [InlineData("face", "TooWeak")]
    [InlineData("", "TooWeak")]
    public async Task Nothing_weaker_takes_its_place(string factors, string outcome)
    {
        await using var bank = await RiskyBank.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        Assert.StartsWith(outcome, await ProveAsync(bank, browser, id, factors), StringComparison.Ordinal);
        Assert.Equal(ChallengeState.Pending, (await bank.ChallengeAsync(id)).State);
    }

    [Fact]
    public async Task A_proof_for_other_facts_approves_nothing()
    {
        await using var bank = await RiskyBank.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var small = await browser.AskAsync("1.00");
        var id = await browser.AskAsync("9000.00");
        var digest = (await bank.ChallengeAsync(small)).Digest;
        Assert.StartsWith("DigestDiffers", await browser.ProveAsync("alternative", id, "hwk", digest), StringComparison.Ordinal);
        Assert.Equal(ChallengeState.Pending, (await bank.ChallengeAsync(id)).State);
    }

    [Fact]
    public async Task Another_browser_and_a_stranger_find_nothing()
    {
        await using var bank = await RiskyBank.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        using var second = await bank.SignedInAsync("alice");
        using var mallory = await bank.SignedInAsync("mallory");
        using var nobody = bank.NewBrowser();
        var id = await browser.AskAsync();
        foreach (var stranger in new[] { second, mallory, nobody })
        {
            Assert.Equal("NotFound ", await ProveAsync(bank, stranger, id));
        }

        Assert.Equal(ChallengeState.Pending, (await bank.ChallengeAsync(id)).State);
    }

    [Fact]
    public async Task A_way_that_is_not_registered_or_not_offered_approves_nothing_and_is_not_shown()
    {
        var setup = new RiskyBankSetup { ProofName = "telephone" };
        setup.WithoutKey.Add("bob");
        await using var bank = await RiskyBank.StartAsync(setup);
        using var alice = await bank.SignedInAsync("alice");
        var first = await alice.AskAsync();
        Assert.StartsWith("NotAsked", await ProveAsync(bank, alice, first), StringComparison.Ordinal);

        setup.ProofName = "security-key";
        using var bob = await bank.SignedInAsync("bob");
        var second = await bob.AskAsync();
        Assert.DoesNotContain("/alternative/", await bob.PageAsync(second), StringComparison.Ordinal);
        Assert.StartsWith("NotAsked", await ProveAsync(bank, bob, second), StringComparison.Ordinal);
        setup.AlternativeFails = true; // its page must not fail with it: the camera is there still
        Assert.Contains("Continue to the camera", await alice.PageAsync(first), StringComparison.Ordinal);
        Assert.Equal([ChallengeState.Pending, ChallengeState.Pending], new[] { (await bank.ChallengeAsync(first)).State, (await bank.ChallengeAsync(second)).State });
    }

    [Fact]
    public async Task It_is_no_way_around_a_review_a_refusal_a_demand_or_a_deadline()
    {
        var time = new ManualTime();
        await using var bank = await RiskyBank.StartAsync(configure: setup => setup.Time = time);
        using var browser = await bank.SignedInAsync("alice");
        var (held, _) = await RiskyBank.CapturedAsync(bank, browser, new CaptureOrigin { CountryCode = "US" });
        Assert.StartsWith("NotAsked", await ProveAsync(bank, browser, held), StringComparison.Ordinal);
        Assert.Equal(ChallengeState.InReview, (await bank.ChallengeAsync(held)).State);

        var demanded = await browser.AskAsync("251.00");
        await RiskyBank.CaptureAsync(bank, browser, demanded, RiskyBank.Vpn);
        Assert.StartsWith("NotAsked", await ProveAsync(bank, browser, demanded), StringComparison.Ordinal);
        Assert.Equal("awaits-payee", await browser.StateAsync(demanded));

        var refused = await browser.AskAsync("252.00");
        await Payments.CompleteAsync(bank, browser, refused, SandboxScenario.DeclineLivenessAttack);
        Assert.StartsWith("NotAsked", await ProveAsync(bank, browser, refused), StringComparison.Ordinal);
        Assert.Equal(ChallengeState.Declined, (await bank.ChallengeAsync(refused)).State);

        var late = await browser.AskAsync("253.00");
        time.Advance(TimeSpan.FromMinutes(10));
        Assert.StartsWith("NotAsked", await ProveAsync(bank, browser, late), StringComparison.Ordinal);
        Assert.NotEqual(ChallengeState.Approved, (await bank.ChallengeAsync(late)).State);
    }

    [Theory]
    [InlineData(SandboxScenario.Approve)]
    [InlineData(SandboxScenario.DeclineLivenessAttack)]
    [InlineData(SandboxScenario.Abandon)]
    public async Task What_the_camera_says_afterwards_changes_nothing_and_its_session_goes(string scenario)
    {
        await using var bank = await RiskyBank.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        await browser.StartedAsync(id);
        var session = bank.LastSession().Id;
        Assert.StartsWith("Accepted", await ProveAsync(bank, browser, id), StringComparison.Ordinal);
        await bank.Provider.CompleteAsync(session, scenario);
        await bank.Provider.WebhooksIdleAsync();
        Assert.True(await bank.Store.IsStoredFaceInDoubtAsync("", "alice")); // nobody here judges what it shows
        await bank.SweepAsync();
        Assert.Null(bank.Provider.FindSession(session));

        using var done = await browser.ResumeAsync(id);
        Assert.Equal($"executed {id}", await done.Content.ReadAsStringAsync());
        Assert.DoesNotContain(StepUpEventKind.ReversedAfterUse, bank.Events.Kinds);
    }

    [Fact]
    public async Task After_a_refusal_the_same_question_can_be_asked_anew_and_answered_in_another_way()
    {
        await using var bank = await RiskyBank.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var refused = await browser.AskAsync();
        await Payments.CompleteAsync(bank, browser, refused, SandboxScenario.DeclineLivenessAttack);
        var (action, fields) = Browser.FormOf(await browser.PageAsync(refused));
        Assert.Equal($"/biometric/another-way/{refused}", action);
        using var forged = await browser.PostAsync(action);
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        using var second = await bank.SignedInAsync("alice");
        using var foreign = await second.PostAsync(action, await second.TokenAsync());
        Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);

        using var anew = await browser.PostAsync(action, fields);
        var id = Browser.IdOf(anew);
        Assert.NotEqual(refused, id);
        Assert.Equal(ChallengeState.Declined, (await bank.ChallengeAsync(refused)).State);
        Assert.StartsWith("Accepted", await ProveAsync(bank, browser, id), StringComparison.Ordinal);
        using var done = await browser.ResumeAsync(id);
        Assert.Equal($"executed {id}", await done.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_refused_person_without_another_way_is_offered_none()
    {
        await using var bank = await RiskyBank.StartAsync(new RiskyBankSetup { HasAlternative = false });
        using var browser = await bank.SignedInAsync("alice");
        var refused = await browser.AskAsync();
        await Payments.CompleteAsync(bank, browser, refused, SandboxScenario.DeclineLivenessAttack);
        Assert.DoesNotContain("another-way", await browser.PageAsync(refused), StringComparison.Ordinal);
        using var asked = await browser.PostAsync($"/biometric/another-way/{refused}", await browser.TokenAsync());
        Assert.Equal(HttpStatusCode.NotFound, asked.StatusCode);
    }

    [Fact]
    public async Task Who_has_no_face_on_file_is_offered_both_the_other_way_and_the_enrolment()
    {
        await using var bank = await RiskyBank.StartAsync(configure: setup => setup.NotEnrolled.Add("alice"));
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        var page = await browser.PageAsync(id);
        Assert.Contains($"href=\"/alternative/{id}\"", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/biometric/enrol?", page, StringComparison.Ordinal);
        Assert.DoesNotContain("/biometric/start/", page, StringComparison.Ordinal);
        using var started = await browser.StartAsync(id); // by hand
        Assert.Equal($"/biometric/confirm/{id}", started.Headers.Location!.ToString());
        Assert.Empty(bank.Provider.Sessions);

        Assert.StartsWith("Accepted", await ProveAsync(bank, browser, id), StringComparison.Ordinal);
        using var done = await browser.ResumeAsync(id);
        Assert.Equal($"executed {id}", await done.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Who_enrols_meanwhile_is_asked_for_the_face()
    {
        RelyingPartySetup? party = null;
        await using var bank = await RiskyBank.StartAsync(configure: setup => (party = setup).NotEnrolled.Add("alice"));
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        Assert.True((await bank.ChallengeAsync(id)).WithoutFace);
        party!.NotEnrolled.Clear();
        Assert.Equal(id, await browser.AskAsync());
        await Payments.CompleteAsync(bank, browser, id);
        Assert.Equal("approved", await browser.StateAsync(id));
    }

    [Fact]
    public async Task Who_was_refused_too_often_keeps_the_other_way_and_no_camera()
    {
        await using var bank = await RiskyBank.StartAsync(configure: setup => setup.Options = options => options.MaxDeclinesInARow = 1);
        using var browser = await bank.SignedInAsync("alice");
        var refused = await browser.AskAsync();
        await Payments.CompleteAsync(bank, browser, refused, SandboxScenario.DeclineLivenessAttack);
        var (action, fields) = Browser.FormOf(await browser.PageAsync(refused));
        using var anew = await browser.PostAsync(action, fields);
        var id = Browser.IdOf(anew);
        var page = await browser.PageAsync(id);
        Assert.DoesNotContain("/biometric/start/", page, StringComparison.Ordinal);
        Assert.DoesNotContain("/biometric/enrol", page, StringComparison.Ordinal);
        using var started = await browser.StartAsync(id);
        Assert.Equal($"/biometric/confirm/{id}", started.Headers.Location!.ToString());
        Assert.StartsWith("Accepted", await ProveAsync(bank, browser, id), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_leads_elsewhere_is_the_developers_mistake_and_not_the_users_way()
    {
        await using var bank = await RiskyBank.StartAsync(new RiskyBankSetup { AlternativeUrl = "//evil.example/" });
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        using var page = await browser.GetAsync($"/biometric/confirm/{id}");
        Assert.Equal(HttpStatusCode.InternalServerError, page.StatusCode);
    }

    [Theory]
    [InlineData(ChallengeKind.StepUp, "Approve")]
    [InlineData(ChallengeKind.SignIn, "Approve")]
    [InlineData(ChallengeKind.Access, "Approve")]
    [InlineData(ChallengeKind.Recovery, "Approve")]
    [InlineData(ChallengeKind.Enrolment, "Wait")]
    [InlineData(ChallengeKind.FaceEnrolment, "Wait")]
    public void It_serves_every_kind_but_an_enrolment(ChallengeKind kind, string verdict)
    {
        var challenge = Verdicts.Challenge() with { Kind = kind };
        Assert.Equal(verdict, VerdictJudge.JudgeAlternative(challenge, new AlternativeProof("security-key", ["hwk"], challenge.Digest), Verdicts.Now).Verdict.ToString());
    }

    [Theory]
    [InlineData(ChallengeState.InReview)]
    [InlineData(ChallengeState.Approved)]
    [InlineData(ChallengeState.Consumed)]
    [InlineData(ChallengeState.Declined)]
    [InlineData(ChallengeState.NotFinished)]
    [InlineData(ChallengeState.Expired)]
    [InlineData(ChallengeState.Abandoned)]
    [InlineData(ChallengeState.Superseded)]
    [InlineData(ChallengeState.Violated)]
    [InlineData(ChallengeState.Unclaimed)]
    [InlineData(ChallengeState.Revoked)]
    public void Only_a_pending_challenge_is_approved_by_it(ChallengeState state)
    {
        var challenge = Verdicts.Challenge() with { State = state };
        Assert.Equal(Verdict.Wait, VerdictJudge.JudgeAlternative(challenge, new AlternativeProof("security-key", ["hwk"], challenge.Digest), Verdicts.Now).Verdict);
    }

    private static async Task<string> ProveAsync(RelyingParty bank, Browser browser, string id, string factors = "hwk pin") =>
        await browser.ProveAsync("alternative", id, factors, (await bank.ChallengeAsync(id)).Digest);
}
