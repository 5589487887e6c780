namespace BiometricTwoFactor.AspNetCore;

/// <summary>The workflows that a reason or an endpoint can ask with, by name. Enrolments are none of them.</summary>
internal static class WorkflowNames
{
    /// <summary>Null where there is none of this name, or it has no id.</summary>
    public static StepUpWorkflow? Find(StepUpWorkflows workflows, string name)
    {
        var workflow = name switch
        {
            nameof(StepUpWorkflows.StepUp) => workflows.StepUp,
            nameof(StepUpWorkflows.Payment) => workflows.Payment,
            nameof(StepUpWorkflows.Strong) => workflows.Strong,
            _ => workflows.Other.TryGetValue(name, out var other) ? other : null,
        };
        return workflow is not null && IsSet(workflow) ? workflow : null;
    }

    /// <summary>What is asked with where nobody names a workflow.</summary>
    public static StepUpWorkflow Default(StepUpWorkflows workflows, bool forTransaction) =>
        forTransaction && IsSet(workflows.Payment) ? workflows.Payment : workflows.StepUp;

    public static bool IsSet(StepUpWorkflow workflow) => !string.IsNullOrWhiteSpace(workflow.Id);

    /// <summary>A member's name, which a key of <see cref="StepUpWorkflows.Other"/> must not take.</summary>
    public static bool IsTaken(string name) =>
        name is nameof(StepUpWorkflows.StepUp) or nameof(StepUpWorkflows.Payment) or nameof(StepUpWorkflows.Strong)
            or nameof(StepUpWorkflows.Other) or nameof(StepUpWorkflows.Enrolment) or nameof(StepUpWorkflows.FaceEnrolment);
}
