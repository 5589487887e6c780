using System.Diagnostics;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// The steps of a step-up as activities. They carry the challenge's id, by which its steps in different requests are found
/// together, and nothing of whose it is.
/// </summary>
internal static class Traces
{
    public static Activity? Begin(string step, StepUpChallenge? challenge = null)
    {
        var activity = BiometricDiagnostics.Source.StartActivity(step);
        if (challenge is not null)
        {
            activity.Concerns(challenge);
        }

        return activity;
    }

    public static void Concerns(this Activity? activity, StepUpChallenge challenge)
    {
        activity?.SetTag("biometric.challenge.id", challenge.Id);
        activity?.SetTag("biometric.reason", challenge.Reason);
        if (challenge.Binding.Tenant.Length > 0)
        {
            activity?.SetTag("biometric.tenant", challenge.Binding.Tenant);
        }
    }

    public static void CameTo(this Activity? activity, string outcome) => activity?.SetTag("biometric.outcome", outcome);
}
