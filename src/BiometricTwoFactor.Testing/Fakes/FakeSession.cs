namespace BiometricTwoFactor.Testing;

/// <summary>A session of the fake client. Only touched under the client's lock.</summary>
internal sealed class FakeSession
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    public required SessionId Id { get; init; }

    public required long Number { get; init; }

    public required string Token { get; init; }

    public required ProviderEnvironment Environment { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The latest request: a create that finds an unfinished session overwrites what it said before (contract 1.2).</summary>
    public required CreateSessionRequest Request { get; set; }

    /// <summary>Null while it is not finished.</summary>
    public FakeVerdict? Verdict { get; set; }

    /// <summary>Said instead of everything else, as a test has set it.</summary>
    public SessionDecision? Decision { get; set; }

    /// <summary>A reviewer sent steps back.</summary>
    public bool IsSentBack { get; set; }

    public SessionStatus Status => Decision?.Status ?? Verdict?.Status ?? (IsSentBack ? SessionStatus.Resubmitted : SessionStatus.NotStarted);

    /// <summary>What the provider would hand out again.</summary>
    public bool IsUnfinished => Status is SessionStatus.NotStarted or SessionStatus.InProgress or SessionStatus.Resubmitted or SessionStatus.AwaitingUser;

    /// <summary>Such a request says neither why nor what for.</summary>
    private bool IsEnrolment => Request is { Reason: null, Transaction: null, SessionDigest: null };

    public BiometricSession Created() => new()
    {
        SessionId = Id,
        // A name that no machine ever resolves: nobody is sent to the real page by a test.
        Url = new HostedPageUrl(new Uri($"https://verify.invalid/session/{Token}")),
        SessionToken = new Secret(Token),
        Status = Status,
        StatusText = Status.ToWire(),
        VendorData = Request.VendorData,
        WorkflowId = Request.WorkflowId,
        WorkflowVersion = 1,
        SessionNumber = Number,
        Metadata = Metadata(),
    };

    public SessionDecision Decide() => Decision ?? new SessionDecision
    {
        SessionId = Id,
        Status = Status,
        StatusText = Status.ToWire(),
        VendorData = Request.VendorData,
        WorkflowId = Request.WorkflowId,
        Environment = Environment,
        HasEnvironment = true,
        Metadata = Metadata(),
        Features = IsEnrolment ? ["ID_VERIFICATION", "LIVENESS", "FACE_MATCH", "IP_ANALYSIS"] : ["LIVENESS", "FACE_MATCH", "IP_ANALYSIS"],
        LivenessChecks = Verdict?.LivenessChecks ?? [],
        FaceMatches = Verdict?.FaceMatches ?? [],
        IpAnalyses = Verdict?.IpAnalyses ?? [],
        IdVerifications = IsEnrolment ? Verdict?.IdVerifications ?? [] : [],
        CreatedAt = CreatedAt,
        ExpiresAt = CreatedAt + Lifetime,
    };

    public SessionSummary Summary() => new()
    {
        SessionId = Id,
        Status = Status,
        StatusText = Status.ToWire(),
        VendorData = Request.VendorData,
        WorkflowId = Request.WorkflowId,
        SessionNumber = Number,
        CreatedAt = CreatedAt,
    };

    /// <summary>What the client would have sent and the provider echoes.</summary>
    private SessionMetadata Metadata()
    {
        Dictionary<string, MetadataValue> values = new(StringComparer.Ordinal);
        foreach (var (name, value) in Request.Metadata ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            Add(name, value);
        }

        Add(SessionMetadataNames.Reason, Request.Reason);
        Add(SessionMetadataNames.SessionDigest, Request.SessionDigest);
        Add(SessionMetadataNames.Nonce, Request.Nonce);
        if (Request.Transaction is { } transaction)
        {
            Add(SessionMetadataNames.Purpose, "payment");
            Add(SessionMetadataNames.Amount, transaction.AmountText);
            Add(SessionMetadataNames.Currency, transaction.Currency);
            Add(SessionMetadataNames.PayeeAccount, transaction.PayeeAccount);
            Add(SessionMetadataNames.PayeeName, transaction.PayeeName);
            Add(SessionMetadataNames.TransactionReference, transaction.Reference);
        }
        else if (Request.SessionDigest is not null)
        {
            Add(SessionMetadataNames.Purpose, "login");
        }

        return new SessionMetadata(values);

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                values[name] = new MetadataValue(MetadataValueKind.String, value);
            }
        }
    }
}
