namespace BiometricTwoFactor.Emulator;

public sealed partial class BiometricEmulator
{
    /// <summary>Every session so far, oldest first, deleted ones included.</summary>
    public IReadOnlyList<EmulatedSession> Sessions
    {
        get
        {
            lock (_core.Store.Gate)
            {
                return [.. _core.Store.All.Select(session => _core.Store.Snapshot(session, _core.BaseAddress))];
            }
        }
    }

    /// <summary>The session as it is now, or null when the id is unknown or deleted.</summary>
    public EmulatedSession? FindSession(SessionId sessionId) =>
        _core.Find(sessionId.ToString()) is { } session ? _core.Snapshot(session) : null;

    /// <summary>Until there is a session as wanted: now, or as soon as one is made or moves.</summary>
    /// <param name="wanted">What it is like. Called for every session, oldest first, whenever something has changed.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The oldest such session, deleted ones never.</returns>
    /// <exception cref="OperationCanceledException">The wait was ended.</exception>
    public async Task<EmulatedSession> WaitForSessionAsync(Func<EmulatedSession, bool> wanted, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        while (true)
        {
            var seen = _core.Changes.Version;
            if (Sessions.FirstOrDefault(session => !session.IsDeleted && wanted(session)) is { } found)
            {
                return found;
            }

            await _core.Changes.WaitAsync(seen, cancellationToken);
        }
    }

    /// <summary>Opens the hosted page in the customer's place: Not Started becomes In Progress. Ends when the webhook has been tried once.</summary>
    /// <exception cref="ArgumentException">The session is unknown or deleted.</exception>
    public Task OpenAsync(SessionId sessionId, CancellationToken cancellationToken = default) =>
        _core.Flow.Open(Require(sessionId), CaptureDevice.Unknown).WaitAsync(cancellationToken);

    /// <summary>
    /// Finishes the capture in the customer's place, opened before or not, and sends the webhook. Ends when the webhook
    /// has been tried once; retries go on in the background.
    /// </summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="scenario">One of <see cref="SandboxScenario"/>; null for the armed one, else <see cref="SandboxScenario.Approve"/>.</param>
    /// <param name="cancellationToken">Stops waiting for the webhook.</param>
    /// <returns>Where the browser would be sent: the callback with <c>verificationSessionId</c> and <c>status</c> appended; null without one.</returns>
    /// <exception cref="ArgumentException">The session is unknown or deleted, or the scenario is unknown.</exception>
    /// <exception cref="InvalidOperationException">The session is finished.</exception>
    public async Task<Uri?> CompleteAsync(SessionId sessionId, string? scenario = null, CancellationToken cancellationToken = default)
    {
        if (scenario is not null && !SandboxScenario.IsKnown(scenario))
        {
            throw new ArgumentException("The scenario is not one of SandboxScenario's.", nameof(scenario));
        }

        var session = Require(sessionId);
        var completion = _core.Flow.Complete(session, scenario)
            ?? throw new InvalidOperationException($"The session is {_core.Snapshot(session).Status.ToWire()}: it cannot be finished again.");
        await completion.Announced.WaitAsync(cancellationToken);
        return completion.Callback is null ? null : new Uri(completion.Callback);
    }

    /// <summary>
    /// As <see cref="CompleteAsync(SessionId, string?, CancellationToken)"/>, from a device and network of the caller's choice.
    /// They are in the verdict where the workflow has an IP analysis, and change no step's outcome.
    /// </summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="origin">Where the capture comes from.</param>
    /// <param name="scenario">One of <see cref="SandboxScenario"/>; null for the armed one, else <see cref="SandboxScenario.Approve"/>.</param>
    /// <param name="cancellationToken">Stops waiting for the webhook.</param>
    /// <returns>Where the browser would be sent; null without a callback.</returns>
    /// <exception cref="ArgumentException">The session is unknown or deleted, or the scenario is unknown.</exception>
    /// <exception cref="InvalidOperationException">The session is finished.</exception>
    public Task<Uri?> CompleteFromAsync(SessionId sessionId, CaptureOrigin origin, string? scenario = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(origin);
        var session = Require(sessionId);
        lock (_core.Store.Gate)
        {
            if (session.IsUnfinished)
            {
                session.Device = origin.On(session.Device);
            }
        }

        return CompleteAsync(sessionId, scenario, cancellationToken);
    }

    /// <summary>
    /// Finishes the capture with a picture in the customer's place: judged as one that is given to the hosted page, on the
    /// customer's last try, so that a picture that cannot be used declines. An armed scenario decides instead of the picture.
    /// </summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="selfie">The live picture's file, JPEG or PNG. Kept in memory for later comparisons when the session is approved or in review.</param>
    /// <param name="cancellationToken">Stops waiting for the webhook.</param>
    /// <returns>Where the browser would be sent; null without a callback.</returns>
    /// <exception cref="ArgumentException">The session is unknown or deleted.</exception>
    /// <exception cref="InvalidOperationException">The session is finished.</exception>
    public async Task<Uri?> CompleteAsync(SessionId sessionId, ReadOnlyMemory<byte> selfie, CancellationToken cancellationToken = default)
    {
        var session = Require(sessionId);
        var completion = _core.Pictures.Take(session, selfie.Span, isLastTry: true).Completion
            ?? throw new InvalidOperationException($"The session is {_core.Snapshot(session).Status.ToWire()}: it cannot be finished again.");
        await completion.Announced.WaitAsync(cancellationToken);
        return completion.Callback is null ? null : new Uri(completion.Callback);
    }

    /// <summary>
    /// Decides in the operator's place, as <c>update-status</c> does: steps that were In Review take the decision, steps
    /// that had an answer keep it. Ends when the webhook has been tried once.
    /// </summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="approved">Approved or Declined.</param>
    /// <param name="cancellationToken">Stops waiting for the webhook.</param>
    /// <exception cref="ArgumentException">The session is unknown or deleted.</exception>
    /// <exception cref="InvalidOperationException">The session is unfinished, expired, or has that status already.</exception>
    public Task ReviewAsync(SessionId sessionId, bool approved, CancellationToken cancellationToken = default)
    {
        var session = Require(sessionId);
        var target = approved ? SessionStatus.Approved : SessionStatus.Declined;
        lock (_core.Store.Gate)
        {
            if (!UpdateStatusEndpoint.CanUpdate(session.Status) || session.Status == target)
            {
                throw new InvalidOperationException($"The session is {session.Status.ToWire()}: it cannot become {target.ToWire()}.");
            }

            return _core.Flow.Review(session, target, comment: null).WaitAsync(cancellationToken);
        }
    }

    /// <summary>Lets an approved session age: Approved becomes Kyc Expired, and its face is no longer used. Ends when the webhook has been tried once.</summary>
    /// <exception cref="ArgumentException">The session is unknown or deleted.</exception>
    /// <exception cref="InvalidOperationException">The session is not approved.</exception>
    public Task AgeAsync(SessionId sessionId, CancellationToken cancellationToken = default)
    {
        var session = Require(sessionId);
        lock (_core.Store.Gate)
        {
            return session.Status == SessionStatus.Approved
                ? _core.Flow.Age(session).WaitAsync(cancellationToken)
                : throw new InvalidOperationException("Only an approved session ages.");
        }
    }

    private SessionRecord Require(SessionId sessionId) =>
        _core.Find(sessionId.ToString()) ?? throw new ArgumentException("There is no such session, or it was deleted.", nameof(sessionId));
}
