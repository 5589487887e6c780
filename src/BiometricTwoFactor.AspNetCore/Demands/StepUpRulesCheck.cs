namespace BiometricTwoFactor.AspNetCore;

/// <summary>What will not do about a reason's or an endpoint's rules. One place for the configuration and for the endpoints.</summary>
internal static class StepUpRulesCheck
{
    /// <param name="rules">The rules.</param>
    /// <param name="workflows">The workflows that they can name.</param>
    /// <param name="prefix">What stands before the setting's name: <c>Biometric:Reasons:{reason}:</c>, or nothing.</param>
    public static IEnumerable<string> Problems(StepUpRules rules, StepUpWorkflows workflows, string prefix)
    {
        foreach (var (name, thresholds) in new[] { (nameof(rules.Thresholds), rules.Thresholds), (nameof(rules.StrongThresholds), rules.StrongThresholds) })
        {
            foreach (var (currency, amount) in thresholds)
            {
                if (amount < 0m || !CanBePaid(currency, 1m))
                {
                    yield return $"{prefix}{name}:{currency}: {(amount < 0m ? "an amount that is not negative" : "a currency of ISO 4217, as three upper-case letters")}.";
                }
                else if (!CanBePaid(currency, amount))
                {
                    yield return $"{prefix}{name}:{currency}: the amount has more decimals than the currency, so that no payment could meet it.";
                }
            }
        }

        foreach (var (currency, strong) in rules.StrongThresholds)
        {
            if (rules.Thresholds.TryGetValue(currency, out var first) && strong < first)
            {
                yield return $"{prefix}{nameof(rules.StrongThresholds)}:{currency}: the second threshold lies below the first, under which no face is asked for.";
            }
        }

        if (rules.Workflow is { } ordinary && WorkflowNames.Find(workflows, ordinary) is null)
        {
            yield return $"{prefix}{nameof(rules.Workflow)}: {NoSuch(ordinary)}";
        }

        var stronger = WorkflowNames.Find(workflows, rules.StrongWorkflow);
        if (stronger is null && rules.NeedsStrongWorkflow)
        {
            yield return $"{prefix}{nameof(rules.StrongWorkflow)}: {NoSuch(rules.StrongWorkflow)}";
        }

        if (stronger is not null && rules.NeedsStrongWorkflow && OrdinariesOf(rules, workflows).Any(other => string.Equals(other.Id, stronger.Id, StringComparison.Ordinal)))
        {
            yield return $"{prefix}{nameof(rules.StrongWorkflow)}: it is the workflow that is asked with ordinarily, and so no stronger one.";
        }

        foreach (var (name, floor) in new[] { (nameof(rules.FaceMatchFloorPercent), rules.FaceMatchFloorPercent), (nameof(rules.LivenessFloorPercent), rules.LivenessFloorPercent) })
        {
            if (floor is < 0m or > 100m)
            {
                yield return $"{prefix}{name}: 0 to 100.";
            }
        }
    }

    /// <summary>What will not do about the workflows themselves.</summary>
    public static IEnumerable<string> Problems(StepUpWorkflows workflows)
    {
        foreach (var (name, workflow) in workflows.Other)
        {
            if (WorkflowNames.IsTaken(name))
            {
                yield return $"Biometric:Workflows:Other:{name}: the name is taken by a workflow of the SDK's own.";
            }
            else if (!WorkflowNames.IsSet(workflow))
            {
                yield return $"Biometric:Workflows:Other:{name}:Id: name the provider's workflow.";
            }
        }

        // An approval names its workflow by id: two sets of demands under one could not be told apart at its use.
        var asking = new[] { workflows.StepUp, workflows.Payment, workflows.Strong }.Concat(workflows.Other.Values).Where(WorkflowNames.IsSet);
        foreach (var same in asking.GroupBy(workflow => workflow.Id, StringComparer.Ordinal))
        {
            if (same.Select(workflow => (workflow.LivenessMethod, workflow.RequireIpAnalysis)).Distinct().Skip(1).Any())
            {
                yield return $"Biometric:Workflows: '{same.Key}' stands in two places with different LivenessMethod or RequireIpAnalysis.";
            }
        }
    }

    private static IEnumerable<StepUpWorkflow> OrdinariesOf(StepUpRules rules, StepUpWorkflows workflows) =>
        rules.Workflow is { } name
            ? WorkflowNames.Find(workflows, name) is { } named ? [named] : []
            : [WorkflowNames.Default(workflows, forTransaction: true), WorkflowNames.Default(workflows, forTransaction: false)];

    private static string NoSuch(string name) => $"there is no workflow '{name}' with an id: StepUp, Payment, Strong, or a key of Biometric:Workflows:Other.";

    /// <summary>A threshold that no payment could ever meet is a slip, and would not do what its author believes.</summary>
    private static bool CanBePaid(string currency, decimal amount)
    {
        try
        {
            return string.Equals(Transaction.Create(amount == 0m ? 1m : amount, currency, "account", "name").Currency, currency, StringComparison.Ordinal);
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
