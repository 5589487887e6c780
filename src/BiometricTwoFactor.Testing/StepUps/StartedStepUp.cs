namespace BiometricTwoFactor.Testing;

/// <summary>A step-up that was asked for and begun.</summary>
public sealed class StartedStepUp
{
    /// <summary>The challenge's id: what an API caller repeats its request with, in the header <c>Biometric-Challenge</c>.</summary>
    public required string ChallengeId { get; init; }

    /// <summary>The provider's page that the customer is sent to. Carries the session's token: not for logs.</summary>
    public required Uri HostedPage { get; init; }

    /// <summary>The challenge's id.</summary>
    public override string ToString() => ChallengeId;
}
