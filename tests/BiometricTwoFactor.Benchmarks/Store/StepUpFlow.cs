using System.Security.Cryptography;
using System.Text;
using BiometricTwoFactor.AspNetCore;
using BiometricTwoFactor.EntityFrameworkCore;

namespace BiometricTwoFactor.Benchmarks;

/// <summary>
/// The calls that one complete step-up makes to its store, in their order, with the evidence that goes with them: asked, shown,
/// judged by a signed delivery, claimed, used.
/// </summary>
internal sealed class StepUpFlow(IStepUpStore store, EvidenceRecorder recorder)
{
    private const string Tenant = "";
    private const string Secret = "wh_benchmark_secret_0123456789abcdef";

    private static readonly Transaction Payment = Transaction.Create(247.50m, "EUR", "DE02120300000000202051", "Stadtwerke Musterstadt", "Invoice 4711");
    private static readonly byte[] SealedUrl = [.. Enumerable.Repeat((byte)42, 220)];
    private static readonly (byte[] Body, WebhookHeaders Headers, SessionDecision Decision) Delivery = SignedDelivery();

    public static StepUpChallenge ChallengeOf(StepUpNumber number, DateTimeOffset now) => new()
    {
        Id = number.Text(27),
        Binding = new StepUpBinding { Tenant = Tenant, Scheme = "Identity.Application", Subject = number.CustomerText(36), SessionHash = number.CustomerText(64) },
        VendorData = number.CustomerText(64),
        Reason = "high_value_txn",
        Transaction = Payment,
        Action = "POST /transfers",
        Digest = number.Text(64),
        WorkflowId = "22222222-3333-4444-5555-666666666666",
        CreatedAt = now,
        Deadline = now.AddMinutes(10),
        Original = new OriginalRequest("POST", "/transfers", SealedUrl) { BackUrl = "/transfers/new" },
        AskedFrom = new AskingDevice { DeviceHash = number.CustomerText(64), BrowserHash = number.CustomerText(64), NetworkHash = number.CustomerText(64), IsKnown = true, IsNetworkKnown = true },
        NextReadAt = now.AddMinutes(3),
    };

    public static string FactsOf(StepUpNumber number) => ChallengeMap.FactsOf(ChallengeOf(number, DateTimeOffset.UnixEpoch).Binding, "high_value_txn", number.Text(64));

    public async Task RunAsync(StepUpNumber number)
    {
        var now = DateTimeOffset.UtcNow;
        await AskAsync(number, now);
        var attached = await StartAsync(number, now);
        var approved = await JudgeAsync(number, attached, now);
        await UseAsync(number, approved, now);
    }

    private static void Require(bool condition, string what)
    {
        if (!condition)
        {
            throw new InvalidOperationException($"The step-up ended early: {what}.");
        }
    }

    private async Task AskAsync(StepUpNumber number, DateTimeOffset now)
    {
        var challenge = ChallengeOf(number, now);
        await store.CountDeclinesInARowAsync(Tenant, challenge.Binding.Subject, challenge.AskedFrom.Group, now.AddDays(-1));
        var added = await store.AddOrGetAsync(challenge, 10_000, now.AddMinutes(-10), 10_000, recorder.Asked(challenge));
        Require(added is { State: ChallengeState.Pending }, "not added");
    }

    private async Task<StepUpChallenge> StartAsync(StepUpNumber number, DateTimeOffset now)
    {
        var challenge = (await store.FindAsync(number.Text(27)))!;
        Require(await store.LeaseAsync(new SessionLease(Tenant, challenge.VendorData, challenge.Id, now.AddMinutes(11)), now) == challenge.Id, "no lease");
        Require(await store.TryBeginStartAsync(Tenant, challenge.Id, now, now.AddMinutes(1)), "started elsewhere");
        await store.ListOpenAsync(Tenant, challenge.Binding.Subject);
        var session = SessionId.Parse(number.Text(36));
        Require(!await store.IsKnownSessionAsync(Tenant, session), "a known session");
        var attached = challenge with { SessionId = session, CodeHash = number.Text(64), SealedSessionUrl = SealedUrl, NextReadAt = now.AddMinutes(5), Version = challenge.Version + 1 };
        Require(await store.TryAttachSessionAsync(attached, recorder.Shown(attached)) == AttachResult.Attached, "not attached");
        await store.EndStartAsync(Tenant, challenge.Id);
        return attached;
    }

    private async Task<StepUpChallenge> JudgeAsync(StepUpNumber number, StepUpChallenge attached, DateTimeOffset now)
    {
        var mark = new DeliveryMark("\n" + number.Text(64)) { EventId = number.Text(36), BodyHash = number.Text(64) };
        var (target, standing) = await store.FindForDeliveryAsync(Tenant, attached.SessionId!.Value, mark);
        Require(standing == DeliveryStanding.New, "a known delivery");
        var found = target!;
        var proof = new DeliveryProof(mark, Delivery.Body, Delivery.Headers, WebhookSignatureForm.Canonical, SecretLabel: null);
        var approved = found with { State = ChallengeState.Approved, ApprovedAt = now, ExecuteBy = now.AddMinutes(5), ReasonCodes = ["all-passed"], Version = found.Version + 1 };
        var evidence = recorder.Noted(approved, Delivery.Decision, DecisionSource.Delivery, proof, outcome: ChallengeState.Approved);
        Require(await store.TryReplaceAsync(approved, mark, evidence) == ReplaceResult.Replaced, "not approved");
        return approved;
    }

    private async Task UseAsync(StepUpNumber number, StepUpChallenge approved, DateTimeOffset now)
    {
        var found = (await store.FindByCodeAsync(number.Text(64)))!;
        var claimed = found with { ClaimedAt = now, Version = found.Version + 1 };
        Require(await store.TryReplaceAsync(claimed, evidence: recorder.Claimed(claimed)) == ReplaceResult.Replaced, "not claimed");
        var request = new ConsumeRequest(approved.Binding, approved.Reason, approved.Digest, number.Text(40), approved.Id, now) { WorkflowId = approved.WorkflowId };
        Require((await store.TryConsumeAsync(recorder.Using(request))).Outcome == ConsumeOutcome.Consumed, "not used");
    }

    private static (byte[] Body, WebhookHeaders Headers, SessionDecision Decision) SignedDelivery()
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var body = Encoding.UTF8.GetBytes(
            $$"""{"created_at":{{now}},"decision":{"face_matches":[{"node_id":"f1","score":95.5,"status":"Approved","warnings":[]}],"features":["LIVENESS","FACE_MATCH","IP_ANALYSIS"],"ip_analyses":[{"city":"Munich","status":"Approved"}],"liveness_checks":[{"method":"PASSIVE","node_id":"l1","score":97.25,"status":"Approved","warnings":[]}],"padding":"{{new string('x', 1000)}}","status":"Approved"},"environment":"live","event_id":"9c0c8b8a-1111-4222-9333-444444444444","session_id":"aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee","status":"Approved","timestamp":{{now}},"vendor_data":"wp-42","webhook_type":"status.updated","workflow_id":"22222222-3333-4444-5555-666666666666","workflow_version":4}""");
        var headers = new WebhookHeaders { SignatureV2 = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), body)) };
        var verified = new WebhookVerifier(new WebhookVerifierOptions { Secrets = [new WebhookSecret(Secret)] }).Verify(body, in headers);
        return (body, headers, verified.Event?.Decision ?? throw new InvalidOperationException($"The delivery does not verify: {verified.Outcome}."));
    }
}
