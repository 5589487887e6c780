using Microsoft.AspNetCore.Authorization;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Asks for a face before the action runs: one face for this one action with these route values and this query. On
/// controllers, actions, Razor Pages and minimal APIs. For payments use <c>RequireBiometric(reason, transaction)</c> on the
/// endpoint, which binds the face to amount and payee.
/// </summary>
/// <remarks>
/// It is an <see cref="AuthorizeAttribute"/> with a policy name, so that no surface of the framework ignores it silently:
/// where the SDK cannot ask for a face (hub methods, components), the policy refuses.
/// </remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = false, Inherited = true)]
public sealed class RequireBiometricAttribute : AuthorizeAttribute
{
    internal const string PolicyPrefix = "BiometricStepUp:";

    /// <summary>Asks for a face.</summary>
    /// <param name="reason">Why: a constant of <see cref="StepUpReason"/>, or one of <see cref="BiometricStepUpOptions.Reasons"/>.</param>
    public RequireBiometricAttribute(string reason)
        : base(PolicyPrefix + reason) => Reason = reason;

    /// <summary>Why a face is asked for.</summary>
    public string Reason { get; }

    /// <summary>What the confirm page calls the action, such as <c>Change your password</c>. Null shows the reason's own words.</summary>
    public string? Title { get; set; }

    /// <summary>The workflow to ask with here, by name: <see cref="StepUpReasonOptions.Workflow"/>. Null is as the reason has it.</summary>
    public string? Workflow
    {
        get => Endpoint.Workflow;
        set => Endpoint.Workflow = value;
    }

    /// <summary>The stronger workflow, by name, to ask with here on devices that are not recognised. Null asks with the ordinary one.</summary>
    public string? StrongWorkflow
    {
        get => Endpoint.StrongWorkflow;
        set => Endpoint.StrongWorkflow = value;
    }

    /// <summary>The least similarity of the face here, 1 to 100; 0 is as the reason has it. The general floor holds where it is higher.</summary>
    public int FaceMatchFloorPercent
    {
        get => (int)(Endpoint.FaceMatchFloorPercent ?? 0m);
        set => Endpoint.FaceMatchFloorPercent = value == 0 ? null : value;
    }

    /// <summary>The least liveness score here, 1 to 100; 0 is as the reason has it. The general floor holds where it is higher.</summary>
    public int LivenessFloorPercent
    {
        get => (int)(Endpoint.LivenessFloorPercent ?? 0m);
        set => Endpoint.LivenessFloorPercent = value == 0 ? null : value;
    }

    /// <summary>True when the action uses the approval in a transaction of its own: <see cref="StepUpEndpointOptions.UseInTransaction"/>.</summary>
    public bool UseInTransaction
    {
        get => Endpoint.UseInTransaction;
        set => Endpoint.UseInTransaction = value;
    }

    internal StepUpEndpointOptions Endpoint { get; } = new();
}
