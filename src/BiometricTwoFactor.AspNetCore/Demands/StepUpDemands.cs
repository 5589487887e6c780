namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// When to ask, and how: one place for every reason. Unknown is never a reason not to ask, and a new device in a new network
/// is asked whatever the thresholds say.
/// </summary>
internal sealed class StepUpDemands(Tenants tenants)
{
    public StepUpDemand For(string tenant, StepUpQuestion question, AskingDevice device)
    {
        var current = tenants.Of(tenant);
        var reason = current.Reasons.TryGetValue(question.Reason, out var configured) ? configured : new StepUpReasonOptions();
        var rules = StepUpRules.Of(reason, question.Endpoint);
        var transaction = question.Transaction;
        var ordinary = OrdinaryOf(current.Workflows, rules, transaction);
        var strong = StrongOf(current.Workflows, rules);
        var asksStrong = strong is not null && IsStrongAsked(rules, transaction, device);
        return new StepUpDemand(
            IsAsked: transaction is null || device.IsNewInEveryWay || IsAbove(rules.Thresholds, transaction),
            asksStrong ? strong! : ordinary,
            Beyond(current.FaceMatchFloorPercent, rules.FaceMatchFloorPercent),
            Beyond(current.LivenessFloorPercent, rules.LivenessFloorPercent),
            ClaimRequired: !rules.UsableWithoutClaim)
        {
            Stronger = !asksStrong && strong is not null && ProvesAsMuch(strong, ordinary) ? strong : null,
        };
    }

    /// <summary>Above the second threshold; from a new device, above the first one already.</summary>
    private static bool IsStrongAsked(StepUpRules rules, Transaction? transaction, AskingDevice device) =>
        transaction is null
            ? rules.NamesStrongWorkflow && !device.IsKnown
            : (rules.StrongThresholds.Count > 0 && IsAbove(rules.StrongThresholds, transaction))
                || (!device.IsKnown && IsAbove(rules.Thresholds, transaction));

    private static StepUpWorkflow OrdinaryOf(StepUpWorkflows workflows, StepUpRules rules, Transaction? transaction) =>
        rules.Workflow is { } name
            ? WorkflowNames.Find(workflows, name) ?? throw Gone(name)
            : WorkflowNames.Default(workflows, forTransaction: transaction is not null);

    private static StepUpWorkflow? StrongOf(StepUpWorkflows workflows, StepUpRules rules) =>
        WorkflowNames.Find(workflows, rules.StrongWorkflow) ?? (rules.NeedsStrongWorkflow ? throw Gone(rules.StrongWorkflow) : null);

    /// <summary>A method that looks at more of the face, and no IP analysis: it would prove less of where the person was.</summary>
    private static bool ProvesAsMuch(StepUpWorkflow strong, StepUpWorkflow ordinary) => strong.RequireIpAnalysis || !ordinary.RequireIpAnalysis;

    /// <summary>Only what exceeds the general floor, which holds in any case: two demands that come to the same are the same.</summary>
    private static decimal? Beyond(decimal? general, decimal? own) => own > (general ?? 0m) ? own : null;

    private static bool IsAbove(IDictionary<string, decimal> thresholds, Transaction transaction) =>
        !thresholds.TryGetValue(transaction.Currency, out var threshold) || transaction.Amount > threshold;

    /// <summary>The start was stopped for it; this is a configuration that changed since. Asking with a weaker method instead is no answer.</summary>
    private static InvalidOperationException Gone(string name) => new($"Biometric:Workflows: there is no workflow '{name}' with an id any more, and an endpoint asks with it.");
}
