using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// After a face came to nothing: the same question anew, for a way of equal strength. What has ended stays ended (protocol
/// 6.6); the new challenge is made from the stored facts, within the limits, for the same binding.
/// </summary>
internal sealed class AnotherWayEndpoint(
    ChallengeAccess access, FacelessChallenges challenges, DeviceRecognition devices, AlternativeWays ways, Problems problems, BiometricRoutes routes)
{
    public async Task HandleAsync(HttpContext context)
    {
        if (!await access.IsOwnPostAsync(context).ConfigureAwait(false))
        {
            await problems.WriteAsync(context, Problem.CrossSite, api: false).ConfigureAwait(false);
            return;
        }

        var (ended, caller) = await access.FindAsync(context).ConfigureAwait(false);
        if (ended is null || ended.Binding != caller || (await ways.OfferedAsync(ended, context.RequestAborted).ConfigureAwait(false)).Count == 0)
        {
            await problems.WriteAsync(context, Problem.NotFound, api: false).ConfigureAwait(false);
            return;
        }

        if (ended.IsOpen || ended.State == ChallengeState.Consumed)
        {
            StepUpResponder.SeeOther(context, routes.Confirm(context, ended.Id));
            return;
        }

        var outcome = await challenges.MakeAsync(await OrderAsync(context, ended).ConfigureAwait(false), context.RequestAborted).ConfigureAwait(false);
        if (outcome.Succeeded(out var challenge))
        {
            // Its page offers the camera and the other way: the person chooses.
            StepUpResponder.SeeOther(context, routes.Confirm(context, challenge.Id));
            return;
        }

        await problems.WriteAsync(context, outcome.Refusal == ChallengeRefusal.Blocked ? Problem.Blocked : Problem.TooMany, api: false).ConfigureAwait(false);
    }

    private async Task<ChallengeOrder> OrderAsync(HttpContext context, StepUpChallenge ended)
    {
        var workflow = new StepUpWorkflow
        {
            Id = ended.WorkflowId,
            LivenessMethod = ended.DemandedMethod == LivenessMethod.Unknown ? null : ended.DemandedMethod,
            RequireIpAnalysis = ended.DemandsIpAnalysis,
        };
        return new ChallengeOrder(
            ended.Binding,
            ended.Kind,
            new StepUpQuestion(ended.Reason, ended.Action, ended.Transaction, ended.Title),
            new StepUpDemand(IsAsked: true, workflow, ended.FaceMatchFloorPercent, ended.LivenessFloorPercent, ended.ClaimRequired))
        {
            Device = await devices.ReadAsync(context, ended.Binding).ConfigureAwait(false),
            Original = ended.Original,
            SealedSignIn = ended.SealedSignIn,
            // What was shown for the ended challenge counts for that alone; only what came before it is carried on.
            Factors = ended is { DemandMetAt: null, Alternative: null } ? ended.Factors : [],
        };
    }
}
