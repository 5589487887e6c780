using System.Net;
using System.Text.Json.Nodes;
using BiometricTwoFactor.Emulator;

namespace BiometricTwoFactor.AspNetCore.Tests;

public sealed partial class Section6VerdictTests
{
    [Theory]
    [InlineData("metadata.nonce")]
    [InlineData("workflow_id")]
    [InlineData("environment")]
    [InlineData("vendor_data")]
    public async Task Rule_6_2_A_delivery_that_lacks_what_is_compared_only_makes_us_read(string missing)
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        await browser.StartedAsync(id);
        var session = bank.LastSession();
        bank.Provider.Faults.HoldWebhooks = true;
        await bank.Provider.CompleteAsync(session.Id, SandboxScenario.DeclineLivenessAttack); // the truth at the provider
        var body = JsonNode.Parse(Deliveries.Verdict(session.Id.ToString(), id))!.AsObject();
        (missing == "metadata.nonce" ? body["metadata"]!.AsObject() : body).Remove(missing[(missing.LastIndexOf('.') + 1)..]);

        using var answer = await Deliveries.SendAsync(bank, body.ToJsonString());
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var judged = await bank.UntilAsync(id, challenge => challenge.State != ChallengeState.Pending);
        Assert.Equal(ChallengeState.Declined, judged.State);
        Assert.NotNull(judged.LastReadAt);
    }

    [Theory]
    [InlineData("data.updated")]
    [InlineData("transaction.status.updated")]
    [InlineData("STATUS.UPDATED")]
    [InlineData("status.updated ")]
    public async Task Rule_6_2_Of_the_event_types_one_concerns_a_challenge(string type)
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        await browser.StartedAsync(id);
        var before = await bank.ChallengeAsync(id);
        var body = Deliveries.Verdict(bank.LastSession().Id.ToString(), id).Replace("status.updated", type, StringComparison.Ordinal);
        using var answer = await Deliveries.SendAsync(bank, body);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(before, await bank.ChallengeAsync(id));
    }

    [Theory]
    [InlineData("79.999999999999994", true)] // in the form that is signed it is 80, and so it is to the judge
    [InlineData("79.99999999999998", false)]
    [InlineData("79.99", false)]
    [InlineData("80", true)]
    [InlineData("80.0", true)]
    [InlineData("8e1", true)]
    public async Task Rule_6_3_A_score_is_read_once_and_exactly(string score, bool approved)
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        await browser.StartedAsync(id);
        var session = bank.LastSession();
        JsonObject? verdict = null;
        bank.Provider.Faults.NextWebhookBody = body =>
        {
            verdict = body.DeepClone().AsObject();
            return body;
        };
        bank.Provider.Faults.HoldWebhooks = true;
        await bank.Provider.CompleteAsync(session.Id);
        verdict!["timestamp"] = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var match = verdict["decision"]!["face_matches"]![0]!.AsObject();
        match.Remove("similarity_score");
        match["score"] = JsonNode.Parse(score);
        using var answer = await Deliveries.SendAsync(bank, verdict.ToJsonString());
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(approved ? ChallengeState.Approved : ChallengeState.Declined, (await bank.ChallengeAsync(id)).State);
    }

    [Fact]
    public async Task Rule_6_3_The_same_delivery_in_another_spelling_is_the_same_delivery()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        using var asked = await browser.PostAsync("/settings/limit", await browser.TokenAsync());
        var id = Browser.IdOf(asked);
        await browser.StartedAsync(id);
        var session = bank.LastSession();
        await bank.Provider.OpenAsync(session.Id);
        var body = Deliveries.Verdict(session.Id.ToString(), id).Replace("\"Approved\"", "\"In Review\"", StringComparison.Ordinal);
        using var first = await Deliveries.SendAsync(bank, body);
        var held = await bank.ChallengeAsync(id);
        Assert.Equal(ChallengeState.InReview, held.State);

        using var again = await Deliveries.SendAsync(bank, JsonNode.Parse(body)!.ToJsonString(new System.Text.Json.JsonSerializerOptions { WriteIndented = true }));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (first.StatusCode, again.StatusCode));
        Assert.Equal(held, await bank.ChallengeAsync(id));
    }

    [Theory]
    [InlineData("liveness_checks", null, null, JudgementReason.LivenessMissing)]
    [InlineData("liveness_checks", "status", "Declined", JudgementReason.LivenessNotApproved)]
    [InlineData("liveness_checks", "method", "PAPER", JudgementReason.LivenessMethodDiffers)]
    [InlineData("face_matches", null, null, JudgementReason.FaceMatchMissing)]
    [InlineData("face_matches", "status", "In Review", JudgementReason.FaceMatchNotApproved)]
    [InlineData("face_matches", "score", "79.9", JudgementReason.FaceMatchBelowFloor)]
    [InlineData("ip_analyses", null, null, JudgementReason.IpAnalysisMissing)]
    [InlineData("ip_analyses", "status", "Declined", JudgementReason.IpAnalysisNotApproved)]
    public async Task Rule_6_5_Approved_as_a_whole_is_not_enough_where_a_part_is_missing_or_failed(string part, string? member, string? value, string reason)
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        await browser.StartedAsync(id);
        bank.Provider.Faults.NextWebhookBody = body =>
        {
            var decision = body["decision"]!.AsObject();
            if (member is null)
            {
                decision[part] = new JsonArray();
                return body;
            }

            var entry = decision[part]![0]!.AsObject();
            entry.Remove("similarity_score");
            entry[member] = member == "score" ? JsonNode.Parse(value!) : value;
            return body;
        };
        await bank.Provider.CompleteAsync(bank.LastSession().Id);
        var judged = await bank.UntilAsync(id, challenge => challenge.State != ChallengeState.Pending);
        Assert.Equal(ChallengeState.Declined, judged.State);
        Assert.Contains(reason, judged.ReasonCodes);
    }

    [Fact]
    public async Task Rule_6_6_A_session_that_is_gone_is_not_finished()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        await browser.StartedAsync(id);
        var session = bank.LastSession();
        await bank.Provider.OpenAsync(session.Id);
        using var operators = new HttpClient { BaseAddress = bank.Provider.BaseAddress };
        operators.DefaultRequestHeaders.Add("x-api-key", bank.Provider.ApiKey);
        using var deleted = await operators.DeleteAsync($"/v3/session/{session.Id}/delete/");
        Assert.True(deleted.IsSuccessStatusCode);

        Assert.Equal("not-finished", (await browser.ClaimAsync(new Uri(session.Callback!))).State);
        Assert.Equal(ChallengeState.NotFinished, (await bank.ChallengeAsync(id)).State);
    }

    [Fact]
    public async Task Rule_6_6_A_contradiction_freezes_an_approval_until_a_read_settles_it()
    {
        var time = new ManualTime();
        await using var bank = await RelyingParty.StartAsync(setup => setup.Time = time);
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        await browser.StartedAsync(id);
        var session = bank.LastSession().Id;
        bank.Provider.Faults.HoldWebhooks = true;
        await bank.Provider.OpenAsync(session);
        bank.Provider.Faults.HoldWebhooks = false;
        var callback = await bank.Provider.CompleteAsync(session);
        Assert.Equal("approved", (await browser.ClaimAsync(callback!)).State);
        bank.Provider.Faults.Unavailable = true; // so that nothing settles it yet
        await bank.Provider.Faults.ReleaseWebhooksAsync();
        await bank.UntilAsync(id, challenge => challenge.FrozenAt is not null);

        Assert.Equal("settling", await Reviews.StateAsync(browser, id));
        using var frozen = await Payments.ApiAsync(browser, Payments.Payment, challenge: id);
        Assert.Equal(HttpStatusCode.Unauthorized, frozen.StatusCode);
        Assert.Empty(bank.Executed);

        bank.Provider.Faults.Unavailable = false;
        Assert.Equal("approved", (await browser.ClaimAsync(callback!)).State); // to come back once more reads it
        using var done = await browser.ResumeAsync(id);
        Assert.Equal($"executed {id}", await done.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Rule_6_8_A_face_match_without_liveness_completes_nothing()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        using var asked = await browser.PostAsync("/settings/limit", ("value", "9000"), await browser.TokenAsync());
        var id = Browser.IdOf(asked);
        await browser.StartedAsync(id);
        bank.Provider.Faults.NextWebhookBody = body =>
        {
            // What a stand-alone comparison tells: two pictures show one face, and nobody was there.
            body["decision"]!["liveness_checks"] = new JsonArray();
            body["decision"]!["face_matches"]![0]!["score"] = 100;
            body["decision"]!["face_matches"]![0]!.AsObject().Remove("similarity_score");
            return body;
        };
        await bank.Provider.CompleteAsync(bank.LastSession().Id);
        var judged = await bank.UntilAsync(id, challenge => challenge.State != ChallengeState.Pending);
        Assert.Equal(ChallengeState.Declined, judged.State);
        Assert.Equal([JudgementReason.LivenessMissing], judged.ReasonCodes);
    }

    [Fact]
    public async Task Rule_6_9_What_the_person_must_know_to_go_on_is_told_apart()
    {
        await using var bank = await Enrolments.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var held = await Reviews.HeldAsync(bank, browser);
        var declined = await browser.AskAsync("20.00");
        await Payments.CompleteAsync(bank, browser, declined, SandboxScenario.DeclineFaceMatchLowSimilarity);
        var unfinished = await browser.AskAsync("30.00");
        await Payments.CompleteAsync(bank, browser, unfinished, SandboxScenario.Abandon);
        Assert.Equal(("held", "declined", "not-finished"), (await Reviews.StateAsync(browser, held), await Reviews.StateAsync(browser, declined), await Reviews.StateAsync(browser, unfinished)));
        using var newcomer = await bank.SignedInAsync("newcomer");
        using var asked = await newcomer.TransferAsync();
        Assert.StartsWith("/biometric/enrol", asked.Headers.Location!.ToString(), StringComparison.Ordinal);
    }
}
