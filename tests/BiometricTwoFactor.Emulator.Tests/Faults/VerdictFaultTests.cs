using System.Text.Json.Nodes;

namespace BiometricTwoFactor.Emulator.Tests;

public sealed class VerdictFaultTests
{
    public static TheoryData<ApiEdition, EmulatorFaultKind> EveryLie()
    {
        var lies = new TheoryData<ApiEdition, EmulatorFaultKind>();
        foreach (var edition in (ApiEdition[])[ApiEdition.Reference, ApiEdition.Guide])
        {
            for (var kind = EmulatorFaultKind.VerdictWrongEcho; kind <= EmulatorFaultKind.VerdictUnknownStatus; kind++)
            {
                lies.Add(edition, kind);
            }
        }

        return lies;
    }

    [Theory]
    [MemberData(nameof(EveryLie))]
    public async Task Webhook_and_decision_tell_the_same_lie_and_the_sdk_reads_it(ApiEdition edition, EmulatorFaultKind kind)
    {
        await using var party = await StartAsync(edition);
        using var sdk = new SdkClient(party.Emulator);
        var session = await PaymentAsync(party);
        party.Emulator.Faults.Plan(new EmulatorFault { Kind = kind });

        await party.Emulator.OpenAsync(session.Id);
        await party.Emulator.CompleteAsync(session.Id);

        var told = Verify(party.Receiver.All[^1]);
        AssertLie(kind, told.Status, told.VendorData, told.WorkflowId, told.Environment, told.Metadata, edition);
        var inside = told.Decision;
        AssertLie(kind, inside.Status, inside.VendorData, inside.WorkflowId, inside.Environment, inside.Metadata, edition);
        var decision = await sdk.Client.GetDecisionAsync(session.Id);
        AssertLie(kind, decision.Status, decision.VendorData, decision.WorkflowId, decision.Environment, decision.Metadata, edition);
        Assert.Equal(told.WorkflowId, decision.WorkflowId);
    }

    [Fact]
    public async Task Nothing_is_wrong_before_the_verdict()
    {
        await using var party = await StartAsync(ApiEdition.Reference);
        var session = await PaymentAsync(party);
        party.Emulator.Faults.Plan(new EmulatorFault { Kind = EmulatorFaultKind.VerdictMissingEcho });
        party.Emulator.Faults.Plan(new EmulatorFault { Kind = EmulatorFaultKind.VerdictStatusCase });

        await party.Emulator.OpenAsync(session.Id);

        Assert.Equal(SessionStatus.InProgress, Verify(party.Receiver.All[0]).Status);
        Assert.Equal("In Progress", (string?)(await party.DecisionAsync(session.Id))["status"]);
        Assert.NotNull((await party.DecisionAsync(session.Id))["metadata"]);
        Assert.Equal(2, party.Emulator.Faults.Planned.Count);
    }

    [Fact]
    public async Task One_use_is_one_session_however_often_it_is_read()
    {
        await using var party = await StartAsync(ApiEdition.Reference);
        var first = await PaymentAsync(party, "a");
        var second = await PaymentAsync(party, "b");
        party.Emulator.Faults.Plan(new EmulatorFault { Kind = EmulatorFaultKind.VerdictUnknownStatus, Text = "Perhaps" });
        await party.Emulator.CompleteAsync(first.Id);
        await party.Emulator.CompleteAsync(second.Id);

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal("Perhaps", (string?)(await party.DecisionAsync(first.Id))["status"]);
            Assert.Equal("Approved", (string?)(await party.DecisionAsync(second.Id))["status"]);
        }

        party.Emulator.Faults.Clear();
        Assert.Equal("Approved", (string?)(await party.DecisionAsync(first.Id))["status"]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(2)]
    public async Task A_lie_ends_when_it_is_taken_back(int? times)
    {
        await using var party = await StartAsync(ApiEdition.Reference);
        var session = await PaymentAsync(party);
        var fault = party.Emulator.Faults.Plan(new EmulatorFault { Kind = EmulatorFaultKind.VerdictOtherUser, Text = "mallory", Times = times });
        await party.Emulator.CompleteAsync(session.Id);
        Assert.Equal("mallory", (string?)(await party.DecisionAsync(session.Id))["vendor_data"]);
        Assert.True(party.Emulator.Faults.Remove(fault));
        Assert.Equal("payer", (string?)(await party.DecisionAsync(session.Id))["vendor_data"]);
    }

    [Fact]
    public async Task A_fault_of_another_session_does_not_strike()
    {
        await using var party = await StartAsync(ApiEdition.Reference);
        var struck = await PaymentAsync(party, "a");
        var spared = await PaymentAsync(party, "b");
        party.Emulator.Faults.Plan(new EmulatorFault { Kind = EmulatorFaultKind.VerdictOtherUser, SessionId = struck.Id });
        await party.Emulator.CompleteAsync(spared.Id);
        await party.Emulator.CompleteAsync(struck.Id);
        Assert.Equal("b", Verify(party.Receiver.All[0]).VendorData);
        Assert.Equal("somebody-else", Verify(party.Receiver.All[1]).VendorData);
    }

    [Theory]
    [InlineData("9999.99", "ES9121000418450200051332")]
    [InlineData("247.50", "DE02120300000000202051")]
    public async Task A_wrong_echo_is_wrong_whatever_is_right(string amount, string payee)
    {
        await using var party = await StartAsync(ApiEdition.Reference);
        var session = await party.CreatedAsync(new
        {
            workflow_id = EmulatedWorkflow.KycEnrolmentId,
            metadata = new { amount, payee_account = payee, nonce = "n-1" },
        });
        party.Emulator.Faults.Plan(new EmulatorFault { Kind = EmulatorFaultKind.VerdictWrongEcho });
        await party.Emulator.CompleteAsync(session.Id);
        var echo = (await party.DecisionAsync(session.Id))["metadata"]!;
        Assert.NotEqual(amount, (string?)echo["amount"]);
        Assert.NotEqual(payee, (string?)echo["payee_account"]);
        Assert.Equal("n-1", (string?)echo["nonce"]);
        Assert.Equal(amount, (string?)party.Emulator.FindSession(session.Id)!.Metadata!["amount"]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("\"text\"")]
    [InlineData("[1]")]
    public async Task An_echo_that_is_no_object_can_be_wrong_too(string? metadata)
    {
        await using var party = await StartAsync(ApiEdition.Reference);
        var session = await party.CreatedAsync(new { workflow_id = EmulatedWorkflow.KycEnrolmentId, metadata = metadata is null ? null : JsonNode.Parse(metadata) });
        party.Emulator.Faults.Plan(new EmulatorFault { Kind = EmulatorFaultKind.VerdictWrongEcho });
        await party.Emulator.CompleteAsync(session.Id);
        Assert.NotNull((await party.DecisionAsync(session.Id))["metadata"]!["amount"]);
        Assert.NotNull(Verify(party.Receiver.All[0]).Metadata.GetString("amount"));
    }

    [Theory]
    [InlineData(SandboxScenario.Approve, "Approved Declined")]
    [InlineData(SandboxScenario.DeclineLivenessAttack, "Declined Approved")]
    public async Task A_verdict_turns_when_its_time_has_come(string scenario, string statuses)
    {
        var clock = new ManualTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1774970000));
        await using var party = await RelyingParty.StartAsync(options => options.TimeProvider = clock);
        using var sdk = new SdkClient(party.Emulator);
        var session = await party.CreatedKycAsync();
        party.Emulator.Faults.Plan(new EmulatorFault { Kind = EmulatorFaultKind.VerdictFlip });
        await party.Emulator.CompleteAsync(session.Id, scenario);
        await clock.WaitForTimerAsync(TimeSpan.FromSeconds(30));
        clock.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(statuses.Split(' ')[0], (await sdk.Client.GetDecisionAsync(session.Id)).StatusText);

        clock.Advance(TimeSpan.FromSeconds(1));
        var second = SessionStatusText.Parse(statuses.Split(' ')[1]);
        await party.Emulator.WaitForSessionAsync(seen => seen.Status == second).WaitAsync(TimeSpan.FromSeconds(30));
        await party.Emulator.WebhooksIdleAsync();

        Assert.Equal(statuses, string.Join(' ', party.Receiver.All.Select(received => (string?)JsonNode.Parse(received.Body)!["status"])));
        var decision = await party.DecisionAsync(session.Id);
        Assert.Equal(statuses.Split(' ')[1], (string?)decision["status"]);
        Assert.Equal(statuses.Split(' ')[1], (string?)decision["reviews"]![0]!["new_status"]);
    }

    [Fact]
    public async Task A_verdict_that_somebody_changed_does_not_turn()
    {
        var clock = new ManualTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1774970000));
        await using var party = await RelyingParty.StartAsync(options => options.TimeProvider = clock);
        var session = await party.CreatedKycAsync();
        party.Emulator.Faults.Plan(new EmulatorFault { Kind = EmulatorFaultKind.VerdictFlip, Delay = TimeSpan.FromSeconds(5) });
        await party.Emulator.CompleteAsync(session.Id);
        await clock.WaitForTimerAsync(TimeSpan.FromSeconds(5));
        await party.Emulator.ReviewAsync(session.Id, approved: false);
        clock.Advance(TimeSpan.FromSeconds(5));

        // Disposal waits for the flip to have looked.
        await party.Emulator.DisposeAsync();
        Assert.Equal(2, party.Receiver.All.Count);
    }

    [Fact]
    public async Task Clearing_takes_back_a_turn_that_waits()
    {
        var clock = new ManualTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1774970000));
        await using var party = await RelyingParty.StartAsync(options => options.TimeProvider = clock);
        var session = await party.CreatedKycAsync();
        party.Emulator.Faults.Plan(new EmulatorFault { Kind = EmulatorFaultKind.VerdictFlip });
        await party.Emulator.CompleteAsync(session.Id);
        await clock.WaitForTimerAsync(TimeSpan.FromSeconds(30));
        party.Emulator.Faults.Clear();
        clock.Advance(TimeSpan.FromSeconds(30));
        await party.Emulator.DisposeAsync();
        Assert.Single(party.Receiver.All);
    }

    [Fact]
    public async Task A_turn_that_waits_does_not_keep_the_emulator()
    {
        var clock = new ManualTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1774970000));
        await using var party = await RelyingParty.StartAsync(options => options.TimeProvider = clock);
        var session = await party.CreatedKycAsync();
        party.Emulator.Faults.Plan(new EmulatorFault { Kind = EmulatorFaultKind.VerdictFlip });
        await party.Emulator.CompleteAsync(session.Id);
        await clock.WaitForTimerAsync(TimeSpan.FromSeconds(30));
        await party.Emulator.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Single(party.Receiver.All);
    }

    private static Task<RelyingParty> StartAsync(ApiEdition edition) =>
        RelyingParty.StartAsync(options => options.WebhookEdition = options.DecisionEdition = edition);

    private static Task<RelyingParty.Created> PaymentAsync(RelyingParty party, string payer = "payer") => party.CreatedAsync(new
    {
        workflow_id = EmulatedWorkflow.KycEnrolmentId,
        vendor_data = payer,
        metadata = new { purpose = "payment", amount = "247.50", currency = "EUR", payee_account = "DE02120300000000202051" },
    });

    /// <summary>The SDK's own verifier: a lie is rightly signed.</summary>
    private static WebhookEvent Verify(Receiver.Received received)
    {
        var verifier = new WebhookVerifier(new WebhookVerifierOptions { Secrets = [new WebhookSecret(RelyingParty.Secret)] });
        var verification = verifier.Verify(received.Body, new WebhookHeaders
        {
            SignatureV2 = received.Headers["X-Signature-V2"],
            Timestamp = received.Headers.TryGetValue("X-Timestamp", out var timestamp) ? timestamp : null,
        });
        Assert.Equal(WebhookOutcome.Valid, verification.Outcome);
        return verification.Event!;
    }

    private static void AssertLie(
        EmulatorFaultKind kind,
        SessionStatus status,
        string? user,
        string? workflow,
        ProviderEnvironment environment,
        SessionMetadata metadata,
        ApiEdition edition)
    {
        Assert.Equal(
            kind is EmulatorFaultKind.VerdictStatusCase or EmulatorFaultKind.VerdictUnknownStatus ? SessionStatus.Unknown : SessionStatus.Approved,
            status);
        Assert.Equal(kind == EmulatorFaultKind.VerdictOtherUser ? "somebody-else" : "payer", user);
        Assert.Equal(
            kind == EmulatorFaultKind.VerdictOtherEnvironment ? ProviderEnvironment.Live
            : edition == ApiEdition.Guide ? default
            : ProviderEnvironment.Sandbox,
            environment);
        Assert.Equal(kind == EmulatorFaultKind.VerdictMissingEcho, metadata.Count == 0);
        Assert.Equal(kind is not (EmulatorFaultKind.VerdictMissingEcho or EmulatorFaultKind.VerdictWrongEcho), metadata.GetString("amount") == "247.50");
        Assert.Equal(
            kind is not (EmulatorFaultKind.VerdictMissingEcho or EmulatorFaultKind.VerdictWrongEcho),
            metadata.GetString("payee_account") == "DE02120300000000202051");
        if (kind == EmulatorFaultKind.VerdictOtherWorkflow)
        {
            Assert.True(Guid.TryParse(workflow, out _));
            Assert.NotEqual(EmulatedWorkflow.KycEnrolmentId, workflow);
        }
        else
        {
            Assert.Equal(edition == ApiEdition.Guide ? null : EmulatedWorkflow.KycEnrolmentId, workflow);
        }
    }
}
