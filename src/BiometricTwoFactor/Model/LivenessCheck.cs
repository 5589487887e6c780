namespace BiometricTwoFactor;

/// <summary>One liveness step of a session (reference <c>liveness_checks[]</c>, guide <c>liveness</c>).</summary>
public sealed class LivenessCheck
{
    /// <summary>The step's status; only <see cref="FeatureStatus.Approved"/> passes.</summary>
    public FeatureStatus Status { get; init; }

    /// <summary>The method, <see cref="LivenessMethod.Unknown"/> when the text is not one of the known.</summary>
    public LivenessMethod Method { get; init; }

    /// <summary>True when the wire named a method at all. The guide's SCA sample does not.</summary>
    public bool HasMethod { get; init; }

    /// <summary>The score, 0 to 100 in both editions; null when it is missing or not a number on that scale.</summary>
    public Score? Score { get; init; }

    /// <summary>The step's warnings.</summary>
    public IReadOnlyList<RiskWarning> Warnings { get; init; } = [];
}
