using Microsoft.AspNetCore.Authorization;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>A face for this request, for a reason.</summary>
internal sealed class StepUpRequirement(string reason) : IAuthorizationRequirement
{
    public string Reason { get; } = reason;

    public override string ToString() => $"A biometric step-up for the reason '{Reason}'";
}
