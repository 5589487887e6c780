using Microsoft.Extensions.Options;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// When to ask, and how: one place for every reason. Unknown is never a reason not to ask, and a new device in a new network
/// is asked whatever the thresholds say.
/// </summary>
internal sealed class StepUpDemands(IOptionsMonitor<BiometricStepUpOptions> options)
{
    public StepUpDemand For(StepUpQuestion question, AskingDevice device)
    {
        var current = options.CurrentValue;
        var reason = current.Reasons.TryGetValue(question.Reason, out var configured) ? configured : new StepUpReasonOptions();
        var isAsked = question.Transaction is not { } transaction || device.IsNewInEveryWay || IsAbove(reason.Thresholds, transaction);
        return new StepUpDemand(
            isAsked,
            WorkflowOf(current.Workflows, reason, question.Transaction, device),
            reason.FaceMatchFloorPercent,
            reason.LivenessFloorPercent,
            ClaimRequired: !reason.UsableWithoutClaim);
    }

    private static StepUpWorkflow WorkflowOf(StepUpWorkflows workflows, StepUpReasonOptions reason, Transaction? transaction, AskingDevice device)
    {
        var isHigh = transaction is not null
            && ((reason.StrongThresholds.Count > 0 && IsAbove(reason.StrongThresholds, transaction))
                || (!device.IsKnown && IsAbove(reason.Thresholds, transaction)));
        if (isHigh && Named(workflows, reason.StrongWorkflow) is { } strong)
        {
            return strong;
        }

        return Named(workflows, reason.Workflow) ?? (transaction is not null && IsSet(workflows.Payment) ? workflows.Payment : workflows.StepUp);
    }

    private static StepUpWorkflow? Named(StepUpWorkflows workflows, string? name)
    {
        var workflow = name switch
        {
            null => null,
            nameof(StepUpWorkflows.StepUp) => workflows.StepUp,
            nameof(StepUpWorkflows.Payment) => workflows.Payment,
            nameof(StepUpWorkflows.Strong) => workflows.Strong,
            _ => workflows.Other.TryGetValue(name, out var other) ? other : null,
        };
        return workflow is not null && IsSet(workflow) ? workflow : null;
    }

    private static bool IsSet(StepUpWorkflow workflow) => !string.IsNullOrWhiteSpace(workflow.Id);

    private static bool IsAbove(IDictionary<string, decimal> thresholds, Transaction transaction) =>
        !thresholds.TryGetValue(transaction.Currency, out var threshold) || transaction.Amount > threshold;
}
