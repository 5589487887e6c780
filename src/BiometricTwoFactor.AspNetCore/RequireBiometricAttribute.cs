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
}
