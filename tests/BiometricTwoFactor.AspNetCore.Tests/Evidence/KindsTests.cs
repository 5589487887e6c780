using System.Text.Json.Nodes;
using BiometricTwoFactor.Emulator;
using Microsoft.Extensions.DependencyInjection;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Protocol 11, kind by kind: what happens over HTTP leaves exactly this entry, with these fields.</summary>
public sealed class KindsTests
{
    [Fact]
    public void Every_kind_has_a_test_by_its_name()
    {
        var tests = typeof(KindsTests).GetMethods().Select(method => method.Name).ToArray();
        Assert.All(Enum.GetNames<EvidenceKind>(), kind => Assert.Contains(tests, test => test.StartsWith(kind + "_", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Asked_says_who_asked_for_what_on_which_device_under_which_policy()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        var challenge = await bank.ChallengeAsync(id);

        var asked = await EntryAsync(bank, id, EvidenceKind.Asked, "Pending", "asked");
        Party(challenge.Binding, asked["by"]!);
        Assert.Equal(("StepUp", "alice", "high_value_txn"), (Text(asked, "kind"), Text(asked, "vendorData"), Text(asked, "reason")));
        Assert.Equal((challenge.Action, challenge.Digest, challenge.WorkflowId), (Text(asked, "action"), Text(asked, "digest"), Text(asked, "workflow")));
        Assert.Equal(("250.00", "EUR"), (Text(asked["payment"]!, "amount"), Text(asked["payment"]!, "currency")));
        Assert.Equal(("Ada Lovelace", "DE89370400440532013000"), (Text(asked["payment"]!, "payeeName"), Text(asked["payment"]!, "payeeAccount")));
        Assert.Equal(challenge.AskedFrom.DeviceHash, Text(asked["device"]!, "deviceHash"));
        Assert.False(asked["device"]!["isKnown"]!.GetValue<bool>());
        Assert.True(asked["claimRequired"]!.GetValue<bool>());
        Assert.True(asked["demandsIpAnalysis"]!.GetValue<bool>());
        Assert.Equal(("Sandbox", challenge.Deadline), (Text(asked, "environment"), asked["deadline"]!.GetValue<DateTimeOffset>()));
        Assert.Equal(16, Text(asked, "policyVersion")!.Length);
    }

    [Fact]
    public async Task Shown_says_line_by_line_what_the_page_showed_and_which_session_was_opened()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        await browser.StartedAsync(id);

        var shown = await EntryAsync(bank, id, EvidenceKind.Shown, outcome: null, "shown");
        Assert.Equal(
            [("reason", "high_value_txn"), ("amount", "250.00"), ("currency", "EUR"), ("payee", "Ada Lovelace"), ("account", "DE89370400440532013000")],
            shown["lines"]!.AsArray().Select(line => (Text(line!, "name"), Text(line!, "value"))));
        Assert.Equal(bank.LastSession().Id.ToString(), Text(shown, "session"));
        Assert.Equal(64, Text(shown, "digest")!.Length);
    }

    [Fact]
    public async Task Delivered_says_how_it_was_signed_what_it_said_and_what_the_judge_made_of_it()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        await browser.StartedAsync(id);
        await bank.Provider.CompleteAsync(bank.LastSession().Id);
        var sent = bank.Provider.Deliveries.Last(delivery => delivery.Status == SessionStatus.Approved);

        var content = await ContentAsync(bank, id, EvidenceKind.Delivered, "Approved");
        var delivery = content["delivery"]!;
        Assert.Equal((sent.Headers["X-Signature-V2"], sent.Headers["X-Timestamp"], sent.EventId), (Text(delivery, "signatureV2"), Text(delivery, "timestamp"), Text(delivery, "eventId")));
        Assert.Equal(System.Text.Encoding.UTF8.GetByteCount(sent.Body), delivery["bytes"]!.GetValue<int>());
        Assert.False(string.IsNullOrEmpty(Text(delivery, "form")));
        Verdict(content["verdict"]!, "delivery", bank.LastSession(), id);
        Assert.Equal([EvidenceRecordState.Valid], await StatesAsync(bank, EvidenceKind.Delivered));
    }

    [Fact]
    public async Task Read_says_what_was_read_and_what_the_judge_made_of_it()
    {
        await using var bank = await RelyingParty.StartAsync();
        bank.Provider.WebhookUrl = null;
        using var browser = await bank.SignedInAsync("alice");
        var id = await Payments.ApprovedAsync(bank, browser);

        var content = await ContentAsync(bank, id, EvidenceKind.Read, "Approved");
        Assert.Null(content["delivery"]);
        Verdict(content["verdict"]!, "read", bank.LastSession(), id);
        Assert.Equal([EvidenceRecordState.Unsigned], await StatesAsync(bank, EvidenceKind.Read));
    }

    [Fact]
    public async Task Claimed_says_by_which_sign_in()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await Payments.ApprovedAsync(bank, browser);
        Party((await bank.ChallengeAsync(id)).Binding, await EntryAsync(bank, id, EvidenceKind.Claimed, outcome: null, "party"));
    }

    [Fact]
    public async Task Confirmed_says_which_sign_in_took_it_over_after_the_review()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await Reviews.HeldAsync(bank, browser);
        var before = (await bank.ChallengeAsync(id)).Binding;
        await bank.Provider.ReviewAsync(bank.LastSession().Id, approved: true);
        await bank.UntilAsync(id, challenge => challenge.State == ChallengeState.Approved);
        using var later = await bank.SignedInAsync("alice");
        await Reviews.ConfirmAsync(later, id);

        var after = (await bank.ChallengeAsync(id)).Binding;
        Assert.NotEqual(before.SessionHash, after.SessionHash);
        Party(after, await EntryAsync(bank, id, EvidenceKind.Confirmed, outcome: null, "party"));
    }

    [Fact]
    public async Task Evidenced_says_which_factor_was_proven_beside_the_face()
    {
        await using var bank = await RiskyBank.StartAsync(new RiskyBankSetup { Policy = policy => policy.VpnOrTor = RiskResponse.SecondFactor });
        using var browser = await bank.SignedInAsync("alice");
        var (id, _) = await RiskyBank.CapturedAsync(bank, browser, RiskyBank.Vpn);
        await browser.ProveAsync("second-factor", id, "hwk user", (await bank.ChallengeAsync(id)).Digest);

        var content = await ContentAsync(bank, id, EvidenceKind.Evidenced, outcome: null);
        Assert.Equal(["hwk", "user"], content["factors"]!["factors"]!.AsArray().Select(factor => factor!.GetValue<string>()));
        Assert.Null(content["factors"]!["alternative"]);
        Party((await bank.ChallengeAsync(id)).Binding, content["party"]!);
    }

    [Fact]
    public async Task Evidenced_says_which_way_took_the_faces_place()
    {
        await using var bank = await RiskyBank.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        await browser.ProveAsync("alternative", id, "hwk pin", (await bank.ChallengeAsync(id)).Digest);

        var factors = await EntryAsync(bank, id, EvidenceKind.Evidenced, "Approved", "factors");
        Assert.Equal("security-key", Text(factors, "alternative"));
        Assert.Equal(["hwk", "pin"], factors["factors"]!.AsArray().Select(factor => factor!.GetValue<string>()));
    }

    [Fact]
    public async Task Reviewed_says_who_decided_what_and_why()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await Reviews.HeldAsync(bank, browser);
        await using var scope = bank.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<StepUpReviews>().ApproveAsync(id, "otto", "looks like her");

        var review = await EntryAsync(bank, id, EvidenceKind.Reviewed, outcome: null, "review");
        Assert.Equal(("ReviewApproved", "otto", "looks like her"), (Text(review, "action"), Text(review, "reviewer"), Text(review, "comment")));
    }

    [Fact]
    public async Task Used_says_who_used_it_when_and_by_which_operation()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await Payments.ApprovedAsync(bank, browser);
        using var done = await browser.ResumeAsync(id);
        var challenge = await bank.ChallengeAsync(id);

        var use = await EntryAsync(bank, id, EvidenceKind.Used, "Consumed", "use");
        Assert.Equal((challenge.OperationId, challenge.Reason, challenge.Digest), (Text(use, "operation"), Text(use, "reason"), Text(use, "digest")));
        Assert.Equal(challenge.ConsumedAt, use["at"]!.GetValue<DateTimeOffset>());
        Party(challenge.Binding, use["by"]!);
    }

    [Fact]
    public async Task Ended_says_why_nothing_came_of_it()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        using var cancelled = await browser.PostAsync($"/biometric/cancel/{id}", await browser.TokenAsync());
        var content = await ContentAsync(bank, id, EvidenceKind.Ended, "Abandoned");
        Assert.Equal([JudgementReason.GivenUp], content["reasons"]!.AsArray().Select(reason => reason!.GetValue<string>()));
    }

    [Fact]
    public async Task ReversedAfterUse_says_what_the_provider_took_back_once_however_often_it_is_told()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await Payments.ApprovedAsync(bank, browser);
        using var done = await browser.ResumeAsync(id);
        await bank.Provider.ReviewAsync(bank.LastSession().Id, approved: false);
        var reversal = bank.Provider.Deliveries[^1];
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => bank.Provider.RedeliverAsync(reversal)));

        var content = await ContentAsync(bank, id, EvidenceKind.ReversedAfterUse, outcome: null);
        Assert.Equal((reversal.EventId, "Declined"), (Text(content["delivery"]!, "eventId"), Text(content["verdict"]!, "status")));
        Assert.Single(bank.Events.Kinds, StepUpEventKind.ReversedAfterUse);
        Assert.Equal([EvidenceRecordState.Valid], await StatesAsync(bank, EvidenceKind.ReversedAfterUse));
    }

    [Fact]
    public async Task Erased_says_whose_keys_are_gone_and_names_nobody()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        await browser.AskAsync();
        var erasure = await bank.WithEvidenceAsync(evidence => evidence.EraseAsync("alice"));
        var erased = await EntryAsync(bank, "", EvidenceKind.Erased, outcome: null, "erasure");
        Assert.Equal(erasure.KeyIds, erased["keys"]!.AsArray().Select(key => key!.GetValue<string>()));
        Assert.True(erased["knownAtProvider"]!.GetValue<bool>());
    }

    private static void Verdict(JsonNode verdict, string source, EmulatedSession session, string id)
    {
        Assert.Equal((source, session.Id.ToString(), "Approved"), (Text(verdict, "source"), Text(verdict, "session"), Text(verdict, "status")));
        Assert.Equal(("alice", session.WorkflowId, id), (Text(verdict, "vendorData"), Text(verdict, "workflow"), Text(verdict, "nonce")));
        Assert.Equal(("250.00", "DE89370400440532013000"), (Text(verdict["echo"]!, "amount"), Text(verdict["echo"]!, "payeeAccount")));
        Assert.NotNull(Assert.Single(verdict["liveness"]!.AsArray())!["score"]);
        Assert.NotNull(Assert.Single(verdict["faces"]!.AsArray())!["score"]);
        Assert.NotEmpty(verdict["networks"]!.AsArray());
        Assert.Equal("Approve", Text(verdict["judgement"]!, "verdict"));
        Assert.Equal([JudgementReason.AllPassed], verdict["judgement"]!["reasons"]!.AsArray().Select(reason => reason!.GetValue<string>()));
        Assert.Equal(16, Text(verdict["judgement"]!, "policyVersion")!.Length);
    }

    private static void Party(StepUpBinding expected, JsonNode party) =>
        Assert.Equal((expected.Scheme, expected.Subject, expected.SessionHash), (Text(party, "scheme"), Text(party, "subject"), Text(party, "sessionHash")));

    private static string? Text(JsonNode node, string name) => node[name]?.GetValue<string>();

    private static async Task<JsonNode> EntryAsync(RelyingParty bank, string id, EvidenceKind kind, string? outcome, string part) =>
        (await ContentAsync(bank, id, kind, outcome))[part]!;

    /// <summary>The one entry of its kind.</summary>
    private static async Task<JsonNode> ContentAsync(RelyingParty bank, string id, EvidenceKind kind, string? outcome)
    {
        var entry = Assert.Single(await bank.EntriesAsync(id), entry => Text(entry, "kind") == kind.ToString());
        Assert.Equal((id, outcome), (Text(entry, "challenge"), Text(entry, "outcome")));
        Assert.EndsWith("Z", Text(entry, "at"), StringComparison.Ordinal);
        return entry["content"]!;
    }

    /// <summary>What the verifier says of the entries of a kind, with the provider's secret.</summary>
    private static async Task<IReadOnlyList<EvidenceRecordState>> StatesAsync(RelyingParty bank, EvidenceKind kind)
    {
        List<EvidenceRecordVerdict> records = [];
        var result = await LedgerFile.VerifyAsync(await bank.ExportAsync(), options =>
        {
            options.Secrets.Add(new WebhookSecret(bank.Provider.WebhookSecret));
            options.OnRecord = records.Add;
        });
        Assert.True(result.IsIntact);
        return [.. records.Where(record => record.Kind == kind).Select(record => record.State)];
    }
}
