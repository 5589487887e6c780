namespace BiometricTwoFactor.ReferenceMatcher;

/// <summary>What a comparison comes to.</summary>
public enum FaceMatchStatus
{
    /// <summary>Not the same person, or not comparable. First, so that a forgotten value refuses.</summary>
    Declined,

    /// <summary>In the band between the thresholds: a person has to look.</summary>
    InReview,

    /// <summary>The same person, as far as the thresholds say.</summary>
    Approved,
}
