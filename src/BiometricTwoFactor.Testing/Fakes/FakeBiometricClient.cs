using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace BiometricTwoFactor.Testing;

/// <summary>
/// The provider's client for unit tests: no host, no socket, no waiting. It keeps sessions in memory as the provider does,
/// ends them as the test says, answers with the SDK's own types, and remembers every call. Where the real client refuses
/// before it sends anything, this one refuses too. Safe to use from many threads.
/// </summary>
public sealed partial class FakeBiometricClient : BiometricClient
{
    private const int NotFoundStatus = 404;
    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly List<FakeSession> _sessions = [];
    private readonly List<FakeCall> _calls = [];
    private long _number;

    /// <summary>Makes a client.</summary>
    /// <param name="timeProvider">The clock of the sessions' times; null for the machine's.</param>
    public FakeBiometricClient(TimeProvider? timeProvider = null) => _time = timeProvider ?? TimeProvider.System;

    /// <summary>What <see cref="IsHeldBack"/> answers, for a test of what an application does then.</summary>
    public bool HeldBack { get; set; }

    /// <inheritdoc/>
    public override bool IsHeldBack => HeldBack;

    /// <inheritdoc/>
    public override Task<BiometricSession> CreateSessionAsync(CreateSessionRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(nameof(CreateSessionAsync), sessionId: null, request, cancellationToken, () =>
        {
            ArgumentNullException.ThrowIfNull(request);
            Check(request);
            return Open(request).Created();
        });

    /// <inheritdoc/>
    public override Task<SessionDecision> GetDecisionAsync(SessionId sessionId, CancellationToken cancellationToken = default) =>
        CallAsync(nameof(GetDecisionAsync), sessionId, request: null, cancellationToken, () => Find(sessionId).Decide());

    /// <inheritdoc/>
    public override Task<FaceMatchResult> MatchFacesAsync(FaceMatchRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(nameof(MatchFacesAsync), sessionId: null, request, cancellationToken, () =>
        {
            ArgumentNullException.ThrowIfNull(request);
            return FaceMatchAnswer;
        });

    /// <inheritdoc/>
    public override Task<PassiveLivenessResult> CheckPassiveLivenessAsync(PassiveLivenessRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(nameof(CheckPassiveLivenessAsync), sessionId: null, request, cancellationToken, () =>
        {
            ArgumentNullException.ThrowIfNull(request);
            return PassiveLivenessAnswer;
        });

    /// <summary>As the real one, by status, user, workflow, days and a search in id and user; kind and country are everybody's here.</summary>
    /// <inheritdoc/>
    public override async IAsyncEnumerable<SessionSummary> ListSessionsAsync(
        SessionFilter? filter = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var found = await CallAsync(
            nameof(ListSessionsAsync),
            sessionId: null,
            filter,
            cancellationToken,
            () => _sessions.Select(session => session.Summary()).Where(session => Passes(session, filter)).Reverse().ToArray());
        foreach (var session in found)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return session;
        }
    }

    /// <inheritdoc/>
    public override Task<bool> DeleteSessionAsync(SessionId sessionId, CancellationToken cancellationToken = default) =>
        CallAsync(nameof(DeleteSessionAsync), sessionId, request: null, cancellationToken, () =>
        {
            var id = Checked(sessionId);
            return _sessions.RemoveAll(session => session.Id == id) > 0;
        });

    /// <inheritdoc/>
    public override Task<bool> DeleteUserAsync(string vendorData, CancellationToken cancellationToken = default) =>
        CallAsync(nameof(DeleteUserAsync), sessionId: null, vendorData, cancellationToken, () =>
        {
            ArgumentException.ThrowIfNullOrEmpty(vendorData);
            return _sessions.RemoveAll(session => session.Request.VendorData == vendorData) > 0;
        });

    /// <inheritdoc/>
    public override Task UpdateStatusAsync(SessionId sessionId, UpdateStatusRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(nameof(UpdateStatusAsync), sessionId, request, cancellationToken, () =>
        {
            ArgumentNullException.ThrowIfNull(request);
            return Update(Find(sessionId), request.NewStatus);
        });

    /// <inheritdoc/>
    public override Task<Stream> GetReportAsync(SessionId sessionId, CancellationToken cancellationToken = default) =>
        CallAsync<Stream>(nameof(GetReportAsync), sessionId, request: null, cancellationToken, () =>
            Find(sessionId).Status is SessionStatus.Approved or SessionStatus.Declined or SessionStatus.InReview
                ? new MemoryStream(Report.ToArray(), writable: false)
                : throw new BiometricException(BiometricErrorCode.NotAuthorised, "The provider refuses a report without a verdict.") { Status = 403 });

    /// <summary>Every call in one way: planned failures first, then the answer, and all of it remembered.</summary>
    private Task<T> CallAsync<T>(string method, SessionId? sessionId, object? request, CancellationToken cancellationToken, Func<T> answer)
    {
        lock (_gate)
        {
            try
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (TakeFailure(method) is { } failure)
                {
                    throw failure;
                }

                var result = answer();
                _calls.Add(new FakeCall { Method = method, SessionId = sessionId ?? (result as BiometricSession)?.SessionId, Request = request });
                return Task.FromResult(result);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return Task.FromCanceled<T>(cancellationToken);
            }
            catch (Exception e)
            {
                _calls.Add(new FakeCall { Method = method, SessionId = sessionId, Request = request, Failure = e });
                return Task.FromException<T>(e);
            }
        }
    }

    /// <summary>As the real client before it sends.</summary>
    private static void Check(CreateSessionRequest request)
    {
        if (request.Callback is { } callback && (!callback.IsAbsoluteUri || callback.IsFile))
        {
            throw new ArgumentException("The callback is an absolute address of a page or an application.", nameof(request));
        }

        if (request.Metadata?.Keys.FirstOrDefault(IsReserved) is { } taken)
        {
            throw new ArgumentException($"The metadata name '{taken}' is the SDK's own.", nameof(request));
        }
    }

    private static bool IsReserved(string name) => name is SessionMetadataNames.Reason or SessionMetadataNames.Purpose
        or SessionMetadataNames.SessionDigest or SessionMetadataNames.Amount or SessionMetadataNames.Currency
        or SessionMetadataNames.PayeeAccount or SessionMetadataNames.PayeeName or SessionMetadataNames.TransactionReference or SessionMetadataNames.Nonce;

    /// <summary>A new session; or the user's unfinished one of that workflow with its metadata overwritten, as the provider has it (contract 1.2).</summary>
    private FakeSession Open(CreateSessionRequest request)
    {
        var open = request.VendorData is null
            ? null
            : _sessions.FindLast(session => session.IsUnfinished && session.Request.VendorData == request.VendorData && session.Request.WorkflowId == request.WorkflowId);
        if (open is not null)
        {
            open.Request = request;
            return open;
        }

        var session = new FakeSession
        {
            Id = NewId(),
            Number = ++_number,
            Token = RandomNumberGenerator.GetHexString(12, lowercase: true),
            Environment = Environment,
            CreatedAt = _time.GetUtcNow(),
            Request = request,
            Verdict = _next.TryDequeue(out var next) ? next : _verdict,
        };
        _sessions.Add(session);
        return session;
    }

    private FakeSession Find(SessionId sessionId)
    {
        var id = Checked(sessionId);
        return _sessions.Find(session => session.Id == id)
            ?? throw new BiometricException(BiometricErrorCode.NotFound, "The provider has no such session.") { Status = NotFoundStatus };
    }

    private static bool Update(FakeSession session, SessionStatus status)
    {
        if (session.Status == status || session.Status is SessionStatus.NotStarted or SessionStatus.InProgress or SessionStatus.AwaitingUser or SessionStatus.Expired)
        {
            throw new BiometricException(BiometricErrorCode.InvalidRequest, "The provider does not set this status by hand now.") { Status = 400 };
        }

        session.Decision = null;
        session.IsSentBack = status == SessionStatus.Resubmitted;
        session.Verdict = session.IsSentBack ? null : (session.Verdict ?? FakeVerdict.Approved).Settled(status);
        return true;
    }

    private static bool Passes(SessionSummary session, SessionFilter? filter)
    {
        var day = DateOnly.FromDateTime((session.CreatedAt ?? default).UtcDateTime);
        return filter is null
            || ((filter.Status is null || session.Status == filter.Status)
                && (filter.VendorData is null || session.VendorData == filter.VendorData)
                && (filter.WorkflowId is null || session.WorkflowId == filter.WorkflowId)
                && (filter.DateFrom is not { } from || day >= from)
                && (filter.DateTo is not { } to || day <= to)
                && (filter.Search is not { } text || $"{session.SessionId} {session.VendorData}".Contains(text, StringComparison.OrdinalIgnoreCase)));
    }

    private static SessionId Checked(SessionId sessionId) =>
        sessionId.ToString().Length > 0 ? sessionId : throw new ArgumentException("The session id is empty.", nameof(sessionId));

    /// <summary>A random UUID in the provider's spelling.</summary>
    private static SessionId NewId()
    {
        var bytes = RandomNumberGenerator.GetBytes(16);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return SessionId.Parse(new Guid(bytes, bigEndian: true).ToString("D"));
    }
}
