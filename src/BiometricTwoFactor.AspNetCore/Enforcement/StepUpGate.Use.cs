using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>The same gate for an application that keeps the request itself: it names its challenge, and the stored facts are the question.</summary>
internal sealed partial class StepUpGate
{
    private static readonly ConsumeResult NotUsable = new(ConsumeOutcome.NotUsable, Challenge: null);

    /// <summary>Uses the approval of the caller's own challenge, by the one conditional write of protocol 7.1.</summary>
    public async Task<ConsumeResult> UseAsync(HttpContext context, string reason, string challengeId, string? operationId, CancellationToken cancellationToken)
    {
        if (await RequestAsync(context, reason, challengeId, operationId, cancellationToken).ConfigureAwait(false) is not { } request)
        {
            return NotUsable;
        }

        var result = await store.TryConsumeAsync(request, cancellationToken).ConfigureAwait(false);
        if (result.Outcome == ConsumeOutcome.Consumed)
        {
            await AdmitAsync(context, result.Challenge!).ConfigureAwait(false);
        }

        return result;
    }

    /// <summary>Looks whether it could be used, and gives it to the request to use in a transaction of its own (protocol 7.3).</summary>
    public async Task<ConsumeResult> PrepareUseAsync(HttpContext context, string reason, string challengeId, string? operationId, CancellationToken cancellationToken)
    {
        if (await RequestAsync(context, reason, challengeId, operationId, cancellationToken).ConfigureAwait(false) is not { } request)
        {
            return NotUsable;
        }

        var result = await store.FindUsableAsync(request, cancellationToken).ConfigureAwait(false);
        if (result.Outcome == ConsumeOutcome.Consumed)
        {
            ApprovalToUse.Give(context, request, used => AdmitAsync(context, used));
        }

        return result;
    }

    private async Task<ConsumeRequest?> RequestAsync(HttpContext context, string reason, string challengeId, string? operationId, CancellationToken cancellationToken)
    {
        if (!ChallengeIds.HasShape(challengeId)
            || await store.FindAsync(challengeId, cancellationToken).ConfigureAwait(false) is not { Kind: ChallengeKind.StepUp } challenge
            || await bindings.ReadAsync(context, challenge.Binding.Scheme).ConfigureAwait(false) is not { } caller
            || caller != challenge.Binding
            || !await crossSite.IsOwnRequestAsync(context).ConfigureAwait(false))
        {
            return null;
        }

        var operation = operationId is null ? "once:" + ChallengeIds.New() : "app:" + Hash(caller, operationId);
        var request = new ConsumeRequest(caller, reason, challenge.Digest, operation, challenge.Id, timeProvider.GetUtcNow()) { WorkflowId = challenge.WorkflowId };
        return recorder.Using(request, challenge.Factors);
    }

    private static string Hash(StepUpBinding binding, string key) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', binding.Tenant, binding.Scheme, binding.Subject, binding.SessionHash, key))));
}
