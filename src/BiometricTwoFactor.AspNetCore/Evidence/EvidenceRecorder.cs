using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Makes the drafts of the evidence (protocol 11) from what happens. A draft travels with the write that it is about, sealed
/// by Data Protection until the chainer seals it under the person's key.
/// </summary>
internal sealed class EvidenceRecorder(
    IDataProtectionProvider protection,
    Tenants tenants,
    TimeProvider timeProvider)
{
    private readonly IDataProtector _protector = protection.CreateProtector("BiometricTwoFactor.Evidence.v1");

    public EvidenceDraft Asked(StepUpChallenge challenge) => Draft(challenge, EvidenceKind.Asked, challenge.State, new EvidenceContent
    {
        Asked = new AskedFacts
        {
            Kind = challenge.Kind.ToString(),
            By = PartyOf(challenge.Binding),
            VendorData = challenge.VendorData,
            Reason = challenge.Reason,
            Action = challenge.Action,
            Title = challenge.Title,
            Digest = challenge.Digest,
            Payment = PaymentFacts.Of(challenge.Transaction),
            Device = new(challenge.AskedFrom.DeviceHash, challenge.AskedFrom.NetworkHash, challenge.AskedFrom.IsKnown, challenge.AskedFrom.IsNetworkKnown),
            Workflow = challenge.WorkflowId,
            Environment = challenge.Environment.ToString(),
            Method = challenge.DemandedMethod == LivenessMethod.Unknown ? null : challenge.DemandedMethod.ToString(),
            DemandsIpAnalysis = challenge.DemandsIpAnalysis,
            FaceMatchFloor = challenge.FaceMatchFloorPercent,
            LivenessFloor = challenge.LivenessFloorPercent,
            ClaimRequired = challenge.ClaimRequired,
            Factors = challenge.Factors,
            WithoutFace = challenge.WithoutFace ? challenge.ReasonCodes.FirstOrDefault() : null,
            Deadline = challenge.Deadline,
            PolicyVersion = PolicyVersion(challenge),
        },
    });

    public EvidenceDraft Shown(StepUpChallenge challenge)
    {
        var (digest, lines) = ShownPage.Of(challenge);
        var from = challenge.StartedOn;
        return Draft(challenge, EvidenceKind.Shown, outcome: null, new EvidenceContent
        {
            Shown = new(digest, lines, challenge.SessionId?.ToString(), from.Os, from.Browser, from.Country) { HandOver = ShownOnDevice.Of(challenge) },
        });
    }

    /// <summary>A decision that was judged, however it came; where it changed nothing, both values are the same.</summary>
    public EvidenceDraft Judged(StepUpChallenge before, StepUpChallenge after, SessionDecision decision, DecisionSource source, DeliveryProof? delivery, Judgement judgement, JudgePolicy policy) => Draft(
        after,
        delivery is null ? EvidenceKind.Read : EvidenceKind.Delivered,
        Moved(before, after),
        new EvidenceContent
        {
            Delivery = delivery?.Facts,
            Verdict = VerdictFacts.Of(decision, source, new JudgementFacts(
                judgement.Verdict.ToString(), judgement.Reasons, PolicyVersion(after), policy.FaceMatchFloor.Percent, policy.LivenessFloor?.Percent)
            {
                Demand = judgement.Demand == ExtraDemand.None ? null : judgement.Demand.ToString(),
            }),
            Reasons = after.ReasonCodes,
        },
        delivery);

    /// <summary>A decision that came too late to change anything, or whose effect another decision has to settle.</summary>
    public EvidenceDraft Noted(StepUpChallenge challenge, SessionDecision decision, DecisionSource source, DeliveryProof? delivery, EvidenceKind? kind = null, ChallengeState? outcome = null) => Draft(
        challenge,
        kind ?? (delivery is null ? EvidenceKind.Read : EvidenceKind.Delivered),
        outcome,
        new EvidenceContent { Delivery = delivery?.Facts, Verdict = VerdictFacts.Of(decision, source, judgement: null) },
        delivery);

    public EvidenceDraft Claimed(StepUpChallenge challenge) => Draft(
        challenge,
        EvidenceKind.Claimed,
        outcome: null,
        ShownOnDevice.Of(challenge) is { } handOver ? new EvidenceContent { HandOver = handOver } : new EvidenceContent { Party = PartyOf(challenge.Binding) });

    public EvidenceDraft Confirmed(StepUpChallenge challenge) => Draft(
        challenge, EvidenceKind.Confirmed, outcome: null, new EvidenceContent { Party = PartyOf(challenge.Binding) });

    public EvidenceDraft Evidenced(StepUpChallenge before, StepUpChallenge after) => Draft(
        after, EvidenceKind.Evidenced, Moved(before, after), new EvidenceContent { Factors = new(after.Alternative, after.Factors), Party = PartyOf(after.Binding) });

    public EvidenceDraft Reviewed(StepUpChallenge challenge, StepUpEventKind action, string reviewer, string? comment) => Draft(
        challenge, EvidenceKind.Reviewed, outcome: null, new EvidenceContent { Review = new(action.ToString(), reviewer, comment) });

    public EvidenceDraft Ended(StepUpChallenge challenge) => Draft(
        challenge, EvidenceKind.Ended, challenge.State, new EvidenceContent { Reasons = challenge.ReasonCodes });

    /// <summary>The request with what the evidence says of it; the store adds which challenge it was.</summary>
    public ConsumeRequest Using(ConsumeRequest request, IReadOnlyList<string>? factors = null)
    {
        var content = new EvidenceContent
        {
            Use = new UseFacts(request.OperationId, request.Now, request.Reason, request.Digest, PartyOf(request.Binding)) { Workflow = request.WorkflowId, Factors = factors },
        };
        return request with
        {
            Evidence = new(
                request.Binding.Tenant, request.Binding.Subject, request.ChallengeId ?? "", EvidenceKind.Used, nameof(ChallengeState.Consumed), EvidenceFormat.Truncated(request.Now), Seal(content, raw: default)),
        };
    }

    /// <summary>Under the tenant's own key, which belongs to nobody and is never erased: it must be readable when the person is not.</summary>
    public EvidenceDraft Erased(string tenant, IReadOnlyList<string> keys, bool knownAtProvider) => new(
        tenant, Subject: "", ChallengeId: "", EvidenceKind.Erased, Outcome: null, Now(), Seal(new EvidenceContent { Erasure = new(keys, knownAtProvider) }, raw: default));

    /// <summary>The packed details of a draft; null when the key that sealed them is gone.</summary>
    public byte[]? Open(EvidenceDraft draft)
    {
        try
        {
            return _protector.Unprotect(draft.SealedContent);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private EvidenceDraft Draft(StepUpChallenge challenge, EvidenceKind kind, ChallengeState? outcome, EvidenceContent content, DeliveryProof? delivery = null) => new(
        challenge.Binding.Tenant, challenge.Binding.Subject, challenge.Id, kind, outcome?.ToString(), Now(), Seal(content, delivery?.Body ?? default));

    private byte[] Seal(EvidenceContent content, ReadOnlyMemory<byte> raw) => _protector.Protect(EvidencePlaintext.Pack(EvidenceJson.Write(content), raw.Span));

    private DateTimeOffset Now() => EvidenceFormat.Truncated(timeProvider.GetUtcNow());

    private string PolicyVersion(StepUpChallenge challenge) => EvidencePolicy.VersionOf(tenants.OfOrShared(challenge.Binding.Tenant), tenants.EditionOf(challenge.Binding.Tenant));

    private static ChallengeState? Moved(StepUpChallenge before, StepUpChallenge after) => before.State == after.State ? null : after.State;

    private static PartyFacts PartyOf(StepUpBinding binding) => new(binding.Scheme, binding.Subject, binding.SessionHash);
}
