namespace BiometricTwoFactor.AspNetCore;

/// <summary>The use of an approval: found and taken under one lock (protocol 7.1).</summary>
internal sealed partial class InMemoryStepUpStore
{
    public ValueTask<ConsumeResult> TryConsumeAsync(ConsumeRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        lock (_gate)
        {
            var result = Look(request);
            if (result is not { Outcome: ConsumeOutcome.Consumed, Challenge: { } usable })
            {
                return new(result);
            }

            var consumed = usable with
            {
                State = ChallengeState.Consumed,
                OperationId = request.OperationId,
                ConsumedAt = request.Now,
                Version = usable.Version + 1,
            };
            Put(consumed);
            Keep(request.Evidence is { } evidence ? evidence with { ChallengeId = consumed.Id } : null);
            return new(new ConsumeResult(ConsumeOutcome.Consumed, consumed));
        }
    }

    public ValueTask<ConsumeResult> FindUsableAsync(ConsumeRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        lock (_gate)
        {
            return new(Look(request));
        }
    }

    /// <summary>What a use would find; under the lock of the use.</summary>
    private ConsumeResult Look(ConsumeRequest request)
    {
        var facts = Of(request.Binding.Tenant, request.Binding.Subject).Where(challenge => IsAskedFor(challenge, request)).ToArray();

        // First of all: an operation that has its approval must not find a second one, whichever it names (protocol 7.1).
        if (Array.Find(facts, challenge => challenge.State == ChallengeState.Consumed && Same(challenge.OperationId, request.OperationId)) is { } own)
        {
            return new(ConsumeOutcome.AlreadyYours, own);
        }

        var asked = Array.FindAll(facts, challenge => request.ChallengeId is null || Same(challenge.Id, request.ChallengeId));
        if (Array.Find(asked, challenge => challenge.IsUsableAt(request.Now) && IsStrongEnough(challenge, request)) is { } usable)
        {
            return new(ConsumeOutcome.Consumed, usable);
        }

        var used = request.ChallengeId is null ? null : Array.Find(asked, challenge => challenge.State == ChallengeState.Consumed);
        return new(used is null ? ConsumeOutcome.NotUsable : ConsumeOutcome.AlreadyUsed, used);
    }

    /// <summary>Tenant, scheme, subject and sign-in session are the binding; all of them, or it is somebody else's.</summary>
    private static bool IsAskedFor(StepUpChallenge challenge, ConsumeRequest request) =>
        challenge.Binding == request.Binding
        && Same(challenge.Reason, request.Reason)
        && Same(challenge.Digest, request.Digest);

    /// <summary>Asked with what is demanded now, or with more. What was used already was used, whatever is demanded now.</summary>
    private static bool IsStrongEnough(StepUpChallenge challenge, ConsumeRequest request) =>
        (request.WorkflowId is null || Same(challenge.WorkflowId, request.WorkflowId)
            || (request.StrongerWorkflowId is { } stronger && Same(challenge.WorkflowId, stronger)))
        && IsAtLeast(challenge.FaceMatchFloorPercent, request.FaceMatchFloorPercent)
        && IsAtLeast(challenge.LivenessFloorPercent, request.LivenessFloorPercent);

    private static bool IsAtLeast(decimal? asked, decimal? demanded) => demanded is null || asked >= demanded;
}
