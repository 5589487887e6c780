namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>A challenge, a decision that satisfies it, and a policy: the ground on which each test changes one thing.</summary>
internal static class Verdicts
{
    public const string ChallengeId = "AAAAAAAAAAAAAAAAAAAAAAAAAAA";
    public const string Session = "0b0e8f2c-3f0a-4c43-9d1e-5a4f7a3d9c11";
    public const string VendorData = "user-42";
    public const string Workflow = "a7c1d9e0-0000-4000-8000-000000000001";
    public const string Account = "DE89370400440532013000";

    public static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Pending, started a minute ago, without a payment.</summary>
    public static StepUpChallenge Challenge() => new()
    {
        Id = ChallengeId,
        Binding = new StepUpBinding { Scheme = "Cookies", Subject = "alice", SessionHash = "5e55" },
        VendorData = VendorData,
        Reason = StepUpReason.SettingsChange,
        Action = "POST /password",
        Digest = "d16e57",
        WorkflowId = Workflow,
        CreatedAt = Now.AddMinutes(-1),
        Deadline = Now.AddMinutes(9),
        Original = new OriginalRequest("GET", "/"),
        CodeHash = "c0de",
        SessionId = BiometricTwoFactor.SessionId.Parse(Session),
        Version = 3,
    };

    /// <summary>The same for 250.00 EUR to <see cref="Account"/>.</summary>
    public static StepUpChallenge Payment() => Challenge() with
    {
        Reason = StepUpReason.HighValueTransaction,
        Transaction = Transaction.Create("250.00", "EUR", Account, "Muster GmbH"),
    };

    /// <summary>An enrolment with identity proofing.</summary>
    public static StepUpChallenge Enrolment() => Challenge() with { Kind = ChallengeKind.Enrolment, Reason = "enrolment" };

    public static JudgePolicy Policy() => new()
    {
        FaceMatchFloor = Score.FromPercent(80m),
        BlockingWarnings = new HashSet<string>(StringComparer.Ordinal) { "POSSIBLE_DUPLICATED_FACE" },
    };

    /// <summary>Judges a decision that differs from the good one as told.</summary>
    public static Judgement Judge(
        Action<Shown>? change = null, StepUpChallenge? challenge = null, JudgePolicy? policy = null, DateTimeOffset? now = null)
    {
        var shown = new Shown();
        change?.Invoke(shown);
        return VerdictJudge.Judge(challenge ?? Challenge(), shown.Build(), policy ?? Policy(), now ?? Now);
    }

    public static void AssertIs(Verdict verdict, string reason, Judgement judgement) => AssertIs(verdict.ToString(), reason, judgement);

    /// <summary>The verdict by name, for theories: their methods are public and the enum is not.</summary>
    public static void AssertIs(string verdict, string reason, Judgement judgement)
    {
        Assert.Equal([reason], judgement.Reasons);
        Assert.Equal(verdict, judgement.Verdict.ToString());
    }
}

/// <summary>A decision in the making; as it is made, it is good.</summary>
internal sealed class Shown
{
    public string? SessionId { get; set; } = Verdicts.Session;

    public SessionStatus Status { get; set; } = SessionStatus.Approved;

    public string? VendorData { get; set; } = Verdicts.VendorData;

    public string? WorkflowId { get; set; } = Verdicts.Workflow;

    public ProviderEnvironment? Environment { get; set; } = ProviderEnvironment.Live;

    public bool IsGuideShape { get; set; }

    public Dictionary<string, MetadataValue> Metadata { get; } = new(StringComparer.Ordinal)
    {
        ["nonce"] = new(MetadataValueKind.String, Verdicts.ChallengeId),
        ["amount"] = new(MetadataValueKind.String, "250.00"),
        ["currency"] = new(MetadataValueKind.String, "EUR"),
        ["payee_account"] = new(MetadataValueKind.String, Verdicts.Account),
    };

    public List<LivenessCheck> Liveness { get; set; } = [Live()];

    public List<FaceMatchCheck> Faces { get; set; } = [Face()];

    public List<IpAnalysis> Ip { get; set; } = [];

    public List<IdVerification> Documents { get; set; } = [];

    public static LivenessCheck Live(
        FeatureStatus status = FeatureStatus.Approved, LivenessMethod method = LivenessMethod.Passive, decimal? score = 95m, bool hasMethod = true, params RiskWarning[] warnings) =>
        new() { Status = status, Method = method, HasMethod = hasMethod, Score = ScoreOf(score), Warnings = warnings };

    public static FaceMatchCheck Face(FeatureStatus status = FeatureStatus.Approved, decimal? similarity = 93m, params RiskWarning[] warnings) =>
        new() { Status = status, Similarity = ScoreOf(similarity), Warnings = warnings };

    public static IpAnalysis Network(FeatureStatus status = FeatureStatus.Approved, string? os = null, string? browser = null, params RiskWarning[] warnings) =>
        new() { Status = status, OsFamily = os, BrowserFamily = browser, Warnings = warnings };

    public static IdVerification Document(FeatureStatus status = FeatureStatus.Approved, params RiskWarning[] warnings) =>
        new() { Status = status, FirstName = "Alice", LastName = "Muster", Warnings = warnings };

    public Shown With(string name, string text, MetadataValueKind kind = MetadataValueKind.String)
    {
        Metadata[name] = new(kind, text);
        return this;
    }

    public SessionDecision Build() => new()
    {
        SessionId = SessionId is null ? null : BiometricTwoFactor.SessionId.Parse(SessionId),
        Status = Status,
        VendorData = VendorData,
        WorkflowId = WorkflowId,
        Environment = Environment ?? ProviderEnvironment.Unknown,
        HasEnvironment = Environment is not null,
        IsGuideShape = IsGuideShape,
        Metadata = new SessionMetadata(Metadata),
        LivenessChecks = Liveness,
        FaceMatches = Faces,
        IpAnalyses = Ip,
        IdVerifications = Documents,
    };

    private static Score? ScoreOf(decimal? percent) => percent is { } value ? Score.FromPercent(value) : null;
}
