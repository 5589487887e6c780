namespace BiometricTwoFactor.Testing;

/// <summary>
/// How a session of a <see cref="FakeBiometricClient"/> ends: the status, and what each step says. Begin with one of the
/// ready ones and change it with <c>with</c>: <c>FakeVerdict.Approved with { FaceMatches = [...] }</c>.
/// </summary>
public sealed record FakeVerdict
{
    private const string LowSimilarity = "LOW_FACE_MATCH_SIMILARITY";
    private const decimal Alive = 95m;
    private const decimal Same = 99.41m;
    private const decimal Borderline = 65.43m;
    private const decimal Different = 24.87m;
    private const decimal Attack = 3.02m;

    /// <summary>Every step passed: alive, the same face (99.41 of 100), an ordinary network, and at an enrolment a genuine document.</summary>
    public static FakeVerdict Approved { get; } = new()
    {
        Status = SessionStatus.Approved,
        LivenessChecks = [Liveness(FeatureStatus.Approved, Alive)],
        FaceMatches = [Face(FeatureStatus.Approved, Same)],
        IpAnalyses = [new IpAnalysis { Status = FeatureStatus.Approved, IsVpnOrTor = false, IsDataCenter = false, CountryCode = "ES" }],
        IdVerifications =
        [
            new IdVerification { Status = FeatureStatus.Approved, FirstName = "Carmen", LastName = "Española", DateOfBirth = new DateOnly(1980, 1, 1) },
        ],
    };

    /// <summary>Another person's face: 24.87 of 100, and a warning.</summary>
    public static FakeVerdict Declined { get; } = Approved with
    {
        Status = SessionStatus.Declined,
        FaceMatches = [Face(FeatureStatus.Declined, Different, new RiskWarning(LowSimilarity, WarningSeverity.Error))],
    };

    /// <summary>The right face, but not a living one: a photograph or a screen.</summary>
    public static FakeVerdict DeclinedAttack { get; } = Approved with
    {
        Status = SessionStatus.Declined,
        LivenessChecks = [Liveness(FeatureStatus.Declined, Attack, new RiskWarning("LIVENESS_FACE_ATTACK", WarningSeverity.Error))],
    };

    /// <summary>Neither here nor there (65.43 of 100): a person at the provider must look.</summary>
    public static FakeVerdict InReview { get; } = Approved with
    {
        Status = SessionStatus.InReview,
        FaceMatches = [Face(FeatureStatus.InReview, Borderline, new RiskWarning(LowSimilarity, WarningSeverity.Warning))],
    };

    /// <summary>The customer began and left: no step has run to its end.</summary>
    public static FakeVerdict Abandoned { get; } = new() { Status = SessionStatus.Abandoned };

    /// <summary>Nobody opened the page in time.</summary>
    public static FakeVerdict Expired { get; } = new() { Status = SessionStatus.Expired };

    /// <summary>An approval that has aged out: the customer must enrol again.</summary>
    public static FakeVerdict KycExpired { get; } = Approved with { Status = SessionStatus.KycExpired };

    /// <summary>The session's status.</summary>
    public required SessionStatus Status { get; init; }

    /// <summary>The liveness steps.</summary>
    public IReadOnlyList<LivenessCheck> LivenessChecks { get; init; } = [];

    /// <summary>The face comparisons.</summary>
    public IReadOnlyList<FaceMatchCheck> FaceMatches { get; init; } = [];

    /// <summary>The analyses of device and network.</summary>
    public IReadOnlyList<IpAnalysis> IpAnalyses { get; init; } = [];

    /// <summary>The document checks; only told for sessions of <see cref="CreateSessionRequest.ForEnrolment"/>.</summary>
    public IReadOnlyList<IdVerification> IdVerifications { get; init; } = [];

    /// <summary>The same after a person has decided: steps that were In Review take the decision, others keep their own.</summary>
    internal FakeVerdict Settled(SessionStatus status)
    {
        var step = status == SessionStatus.Approved ? FeatureStatus.Approved : FeatureStatus.Declined;
        return this with
        {
            Status = status,
            LivenessChecks = [.. LivenessChecks.Select(check => new LivenessCheck
            {
                Status = Of(check.Status),
                Method = check.Method,
                HasMethod = check.HasMethod,
                Score = check.Score,
                Warnings = check.Warnings,
            })],
            FaceMatches = [.. FaceMatches.Select(match => new FaceMatchCheck { Status = Of(match.Status), Similarity = match.Similarity, Warnings = match.Warnings })],
        };

        FeatureStatus Of(FeatureStatus before) => before == FeatureStatus.InReview ? step : before;
    }

    private static LivenessCheck Liveness(FeatureStatus status, decimal percent, params RiskWarning[] warnings) => new()
    {
        Status = status,
        Method = LivenessMethod.Passive,
        HasMethod = true,
        Score = Score.FromPercent(percent),
        Warnings = warnings,
    };

    private static FaceMatchCheck Face(FeatureStatus status, decimal percent, params RiskWarning[] warnings) =>
        new() { Status = status, Similarity = Score.FromPercent(percent), Warnings = warnings };
}
