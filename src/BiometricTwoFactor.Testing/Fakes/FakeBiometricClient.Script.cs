namespace BiometricTwoFactor.Testing;

public sealed partial class FakeBiometricClient
{
    private readonly Queue<FakeVerdict?> _next = new();
    private readonly List<(string? Method, Exception Failure)> _failures = [];
    private FakeVerdict? _verdict;

    /// <summary>Every call so far, oldest first; cancelled ones are none.</summary>
    public IReadOnlyList<FakeCall> Calls
    {
        get
        {
            lock (_gate)
            {
                return [.. _calls];
            }
        }
    }

    /// <summary>What was asked for in the calls of <see cref="CreateSessionAsync"/>, oldest first, failed ones included.</summary>
    public IReadOnlyList<CreateSessionRequest> CreateRequests => [.. Calls.Select(call => call.Request).OfType<CreateSessionRequest>()];

    /// <summary>The sessions that there are, oldest first; deleted ones are not.</summary>
    public IReadOnlyList<SessionId> Sessions
    {
        get
        {
            lock (_gate)
            {
                return [.. _sessions.Select(session => session.Id)];
            }
        }
    }

    /// <summary>Which of the provider's worlds new sessions belong to. Default <see cref="ProviderEnvironment.Sandbox"/>, like the emulator's.</summary>
    public ProviderEnvironment Environment { get; set; } = ProviderEnvironment.Sandbox;

    /// <summary>
    /// How sessions made from now on have ended by the time that anybody looks; null, the default, leaves them Not Started
    /// until <see cref="Finish"/>. A session that is finished so from its first moment is no fresh one to the SDK's own
    /// step-ups: for those, finish it after it was opened.
    /// </summary>
    public FakeVerdict? Verdict
    {
        get
        {
            lock (_gate)
            {
                return _verdict;
            }
        }

        set
        {
            lock (_gate)
            {
                _verdict = value;
            }
        }
    }

    /// <summary>The answer of <see cref="MatchFacesAsync"/>. By default the same person: 99.41 of 100.</summary>
    public FaceMatchResult FaceMatchAnswer { get; set; } = new() { Status = FeatureStatus.Approved, Similarity = Score.FromPercent(99.41m) };

    /// <summary>The answer of <see cref="CheckPassiveLivenessAsync"/>. By default a living person: 95 of 100.</summary>
    public PassiveLivenessResult PassiveLivenessAnswer { get; set; } =
        new() { Status = FeatureStatus.Approved, Method = LivenessMethod.Passive, Score = Score.FromPercent(95m) };

    /// <summary>The bytes that <see cref="GetReportAsync"/> gives. By default the head of an empty PDF.</summary>
    public ReadOnlyMemory<byte> Report { get; set; } = "%PDF-1.4\n%%EOF\n"u8.ToArray();

    /// <summary>How the next sessions end, one each and in this order, before <see cref="Verdict"/> counts; null leaves one unfinished.</summary>
    /// <param name="verdicts">The verdicts.</param>
    public void Script(params ReadOnlySpan<FakeVerdict?> verdicts)
    {
        lock (_gate)
        {
            foreach (var verdict in verdicts)
            {
                _next.Enqueue(verdict);
            }
        }
    }

    /// <summary>The next call fails instead of doing anything: once, in the order in which failures were planned.</summary>
    /// <param name="failure">What it throws, such as <c>new BiometricException(BiometricErrorCode.Unreachable, "…")</c>.</param>
    /// <param name="method">The method's name; null for whichever is called next.</param>
    /// <exception cref="ArgumentException">The client has no such method.</exception>
    public void FailNext(Exception failure, string? method = null)
    {
        ArgumentNullException.ThrowIfNull(failure);
        if (method is not null && !Array.Exists(typeof(BiometricClient).GetMethods(), one => one.IsVirtual && one.Name == method))
        {
            throw new ArgumentException("The client has no such method.", nameof(method));
        }

        lock (_gate)
        {
            _failures.Add((method, failure));
        }
    }

    /// <summary>The next call fails with the client's own exception.</summary>
    /// <param name="code">What went wrong.</param>
    /// <param name="method">The method's name; null for whichever is called next.</param>
    /// <param name="retryAfter">How long the provider asks to wait; null when it does not say.</param>
    /// <exception cref="ArgumentException">The client has no such method.</exception>
    public void FailNext(BiometricErrorCode code, string? method = null, TimeSpan? retryAfter = null) =>
        FailNext(new BiometricException(code, $"A planned failure: {code}.") { RetryAfter = retryAfter }, method);

    /// <summary>Every step of the session passes.</summary>
    /// <param name="sessionId">The session; finished or not.</param>
    /// <exception cref="ArgumentException">There is no such session.</exception>
    public void Approve(SessionId sessionId) => Finish(sessionId, FakeVerdict.Approved);

    /// <summary>Another person's face.</summary>
    /// <param name="sessionId">The session; finished or not.</param>
    /// <exception cref="ArgumentException">There is no such session.</exception>
    public void Decline(SessionId sessionId) => Finish(sessionId, FakeVerdict.Declined);

    /// <summary>Ends a session, or changes how it has ended.</summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="verdict">The end.</param>
    /// <exception cref="ArgumentException">There is no such session.</exception>
    public void Finish(SessionId sessionId, FakeVerdict verdict)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        Change(sessionId, session => (session.Verdict, session.Decision, session.IsSentBack) = (verdict, null, false));
    }

    /// <summary>Says exactly this about a session from now on, whatever it is: a wrong echo, another user, an unknown status.</summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="decision">The decision; nothing is added to it.</param>
    /// <exception cref="ArgumentException">There is no such session.</exception>
    public void Decide(SessionId sessionId, SessionDecision decision)
    {
        ArgumentNullException.ThrowIfNull(decision);
        Change(sessionId, session => session.Decision = decision);
    }

    private void Change(SessionId sessionId, Action<FakeSession> change)
    {
        lock (_gate)
        {
            change(_sessions.Find(session => session.Id == sessionId) ?? throw new ArgumentException("There is no such session, or it was deleted.", nameof(sessionId)));
        }
    }

    private Exception? TakeFailure(string method)
    {
        var place = _failures.FindIndex(planned => planned.Method is null || planned.Method == method);
        if (place < 0)
        {
            return null;
        }

        var failure = _failures[place].Failure;
        _failures.RemoveAt(place);
        return failure;
    }
}
