namespace BiometricTwoFactor.ReferenceMatcher;

/// <summary>
/// Where approval begins and where refusal ends, as similarities from 0 to 1. In between a person has to look. The
/// comparisons are the provider's: strictly above approves, at or below declines.
/// </summary>
public sealed record FaceThresholds
{
    /// <summary>The defaults: approved above 0.80 (one stranger in a thousand passes), declined at or below 0.50 (one in a hundred is above).</summary>
    public static FaceThresholds Default { get; } = new(0.80, 0.50);

    /// <summary>Two thresholds; equal ones leave no band for review.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is not from 0 to 1, or approval would begin below refusal.</exception>
    public FaceThresholds(double approveAbove, double declineAtOrBelow)
    {
        ArgumentOutOfRangeException.ThrowIfEqual(double.IsNaN(approveAbove) || double.IsNaN(declineAtOrBelow), true, nameof(approveAbove));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(approveAbove, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(declineAtOrBelow, 0);
        ArgumentOutOfRangeException.ThrowIfLessThan(approveAbove, declineAtOrBelow);
        ApproveAbove = approveAbove;
        DeclineAtOrBelow = declineAtOrBelow;
    }

    /// <summary>A similarity strictly above this is approved.</summary>
    public double ApproveAbove { get; }

    /// <summary>A similarity at or below this is declined.</summary>
    public double DeclineAtOrBelow { get; }

    /// <summary>What a score comes to. A score that is no number is declined.</summary>
    public FaceMatchStatus Judge(FaceMatchScore score) =>
        score.Similarity > ApproveAbove ? FaceMatchStatus.Approved
        : score.Similarity > DeclineAtOrBelow ? FaceMatchStatus.InReview
        : FaceMatchStatus.Declined;
}
