namespace BiometricTwoFactor.ReferenceMatcher;

/// <summary>A liveness score, or none. The default value is <see cref="NotEvaluated"/>, which is never live.</summary>
public readonly record struct LivenessScore
{
    private LivenessScore(double value) => Value = value;

    /// <summary>Nothing looked at the picture. Not a low score, and never live.</summary>
    public static LivenessScore NotEvaluated => default;

    /// <summary>0 (a picture of a face) to 1 (a face); null when nothing was evaluated.</summary>
    public double? Value { get; }

    /// <summary>A score.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="value"/> is not from 0 to 1.</exception>
    public static LivenessScore Of(double value) => value is >= 0 and <= 1
        ? new LivenessScore(value)
        : throw new ArgumentOutOfRangeException(nameof(value), "A liveness score is from 0 to 1.");

    /// <summary>Strictly above the threshold. False when nothing was evaluated, whatever the threshold.</summary>
    public bool IsLive(double threshold) => Value is { } value && value > threshold;
}
