namespace BiometricTwoFactor.AspNetCore;

/// <summary>The provider's workflows that step-ups and enrolments use (<c>Biometric:Workflows</c>).</summary>
public sealed class StepUpWorkflows
{
    /// <summary>Biometric re-authentication, for actions without an amount. Required.</summary>
    public StepUpWorkflow StepUp { get; } = new();

    /// <summary>Strong customer authentication of payments. Falls back to <see cref="StepUp"/> where its id is empty.</summary>
    public StepUpWorkflow Payment { get; } = new();

    /// <summary>A stronger method (<c>ACTIVE_3D</c>, <c>FLASHING</c>), for amounts above the second threshold and new devices.</summary>
    public StepUpWorkflow Strong { get; } = new();

    /// <summary>Workflows of the application's own, by the name that a reason or an endpoint gives.</summary>
    public IDictionary<string, StepUpWorkflow> Other { get; } = new Dictionary<string, StepUpWorkflow>(StringComparer.Ordinal);

    /// <summary>Enrolment with identity proofing (KYC).</summary>
    public StepUpWorkflow Enrolment { get; } = new();

    /// <summary>Enrolment by face alone, for subjects for whom the application has just seen something stronger than a password.</summary>
    public StepUpWorkflow FaceEnrolment { get; } = new();
}

/// <summary>One workflow of the provider, and what its verdicts must show.</summary>
public sealed class StepUpWorkflow
{
    /// <summary>The workflow's id in the provider's console; empty for none.</summary>
    public string Id { get; set; } = "";

    /// <summary>The liveness method that its verdicts must name; null accepts any known method.</summary>
    public LivenessMethod? LivenessMethod { get; set; }

    /// <summary>True when its verdicts must contain an approved IP analysis.</summary>
    public bool RequireIpAnalysis { get; set; }
}
