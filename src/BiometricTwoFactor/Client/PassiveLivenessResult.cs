namespace BiometricTwoFactor;

/// <summary>What the provider says about the liveness of an image.</summary>
public sealed class PassiveLivenessResult
{
    /// <summary>The provider's verdict by its own threshold.</summary>
    public FeatureStatus Status { get; init; }

    /// <summary>The method, <see cref="LivenessMethod.Passive"/>.</summary>
    public LivenessMethod Method { get; init; }

    /// <summary>The score, 0 to 100; null when missing or off the scale.</summary>
    public Score? Score { get; init; }

    /// <summary>Warnings, such as <c>NO_FACE_DETECTED</c>.</summary>
    public IReadOnlyList<RiskWarning> Warnings { get; init; } = [];

    /// <summary>The provider's id of the call; null when not given.</summary>
    public string? RequestId { get; init; }
}
