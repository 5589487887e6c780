using System.Runtime.CompilerServices;

namespace BiometricTwoFactor;

/// <summary>
/// The provider's API. Registered with <c>AddBiometricClient</c>, safe to use from many threads, to be kept as long as
/// one likes. Every call throws <see cref="BiometricException"/> when there is no usable answer, and
/// <see cref="OperationCanceledException"/> when it is cancelled. Reads are repeated when the provider fails; what
/// changes something is sent once. Methods are virtual so that an application's tests can substitute them.
/// </summary>
public class BiometricClient
{
    private readonly ClientState? _state;

    /// <summary>For substitutes, which override what they are asked for.</summary>
    protected BiometricClient()
    {
    }

    internal BiometricClient(ClientState state) => _state = state;

    private ClientState State => _state ?? throw new InvalidOperationException("A substitute of the client must override the method that is called.");

    /// <summary>True since the provider failed too often (<see cref="BiometricErrorCode.CircuitOpen"/>), until a call after the break succeeds. For a health check; calls say it by themselves.</summary>
    public virtual bool IsHeldBack => _state is { Pipelines.IsOpen: true };

    /// <summary>
    /// Opens a session (<c>POST /v3/session/</c>). Not repeated by the client and not idempotent by a key: while the user has an
    /// unfinished session of the same workflow, the provider hands out that one, with its metadata overwritten (contract 1.2).
    /// </summary>
    /// <param name="request">What the session is for.</param>
    /// <param name="cancellationToken">Ends the call; the session may then exist all the same.</param>
    /// <exception cref="BiometricException">
    /// Among others <see cref="BiometricErrorCode.PortraitTooLarge"/> before anything is sent,
    /// <see cref="BiometricErrorCode.NoStoredFace"/>, <see cref="BiometricErrorCode.BlockedUser"/>,
    /// <see cref="BiometricErrorCode.OutOfCredit"/>, <see cref="BiometricErrorCode.UntrustedPage"/>.
    /// </exception>
    /// <exception cref="ArgumentException">The request contradicts itself.</exception>
    public virtual async Task<BiometricSession> CreateSessionAsync(CreateSessionRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        CreateSessionWriter.Check(request);
        var options = State.Options();
        if (request.Portrait is { } portrait)
        {
            portrait.EnsureWithin(options.PortraitMaxBytes);
            if (portrait.Length > BiometricClientOptions.MegaByte)
            {
                ClientLog.LargePortrait(State.Logger, portrait.Length, BiometricClientOptions.MegaByte);
            }
        }

        var body = new PooledBytes(1024 + (request.Portrait?.Length ?? 0) * 3 / 2);
        using var content = new WipedContent(body, "application/json");
        CreateSessionWriter.Write(body, request, options.Edition);
        using var response = await State.SendAsync(HttpMethod.Post, "/v3/session/", "/v3/session/", content, cancellationToken);
        var answer = await ClientState.BodyAsync(response);
        var page = AnswerReader.Read(answer, AnswerReader.Page) ?? throw ProviderErrors.InvalidAnswer(response, "no session with a page");
        if (!HostedPages.IsTrusted(page, options))
        {
            throw new BiometricException(
                BiometricErrorCode.UntrustedPage,
                $"The session's page is not https on one of the hosts in Biometric:{nameof(BiometricClientOptions.HostedPageHosts)}; nobody must be sent there.")
            {
                Status = (int)response.StatusCode,
                RequestId = ProviderErrors.RequestIdOf(response),
            };
        }

        return AnswerReader.Read(answer, root => AnswerReader.Session(root, new HostedPageUrl(page)))
            ?? throw ProviderErrors.InvalidAnswer(response, "no session id");
    }

    /// <summary>Reads what the provider says about a session (<c>GET /v3/session/{id}/decision/</c>). A report, not an approval.</summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="cancellationToken">Ends the call and every wait in it.</param>
    /// <exception cref="BiometricException">Among others <see cref="BiometricErrorCode.NotFound"/>.</exception>
    public virtual async Task<SessionDecision> GetDecisionAsync(SessionId sessionId, CancellationToken cancellationToken = default)
    {
        using var response = await State.SendAsync(
            HttpMethod.Get, $"/v3/session/{Checked(sessionId)}/decision/", "/v3/session/{id}/decision/", content: null, cancellationToken);
        var answer = await ClientState.BodyAsync(response);
        return SessionDecisionReader.TryRead(answer, answer.Length, out var decision) && decision is not null
            ? decision
            : throw ProviderErrors.InvalidAnswer(response, "no decision");
    }

    /// <summary>
    /// Compares two faces (<c>POST /v3/face-match/</c>). A mismatch is an answer. Without liveness, so that a photograph of the
    /// user passes: never a second factor by itself.
    /// </summary>
    /// <param name="request">The two images.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public virtual async Task<FaceMatchResult> MatchFacesAsync(FaceMatchRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var options = State.Options();
        using var live = await ImageUpload.PrepareAsync(request.Live, options.ImageMaxBytes, cancellationToken);
        using var enrolled = await ImageUpload.PrepareAsync(request.Enrolled, options.ImageMaxBytes, cancellationToken);
        var reference = options.Edition == ApiEdition.Reference || (options.Edition == ApiEdition.Auto && State.WantsReferenceNames);
        try
        {
            return await SendFacesAsync(request, live, enrolled, reference, cancellationToken);
        }
        catch (BiometricException refusal) when (options.Edition == ApiEdition.Auto && !reference && FaceForms.WantsReferenceNames(refusal))
        {
            // Nothing was done at the provider, so that this is no blind repetition.
            State.WantsReferenceNames = true;
            ClientLog.EditionLearned(State.Logger);
            return await SendFacesAsync(request, live, enrolled, reference: true, cancellationToken);
        }
    }

    /// <summary>Checks a face for liveness from one image (<c>POST /v3/passive-liveness/</c>).</summary>
    /// <param name="request">The image.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public virtual async Task<PassiveLivenessResult> CheckPassiveLivenessAsync(PassiveLivenessRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        using var image = await ImageUpload.PrepareAsync(request.Image, State.Options().ImageMaxBytes, cancellationToken);
        using var form = FaceForms.Liveness(request, image);
        using var response = await State.SendAsync(HttpMethod.Post, "/v3/passive-liveness/", "/v3/passive-liveness/", form, cancellationToken);
        return AnswerReader.Read(await ClientState.BodyAsync(response), AnswerReader.Liveness)
            ?? throw ProviderErrors.InvalidAnswer(response, "no liveness status");
    }

    /// <summary>
    /// Lists sessions (<c>GET /v3/sessions/</c>), page after page as they are asked for. Follows the provider's link to the next
    /// page on the configured origin only.
    /// </summary>
    /// <param name="filter">Which sessions; null for all.</param>
    /// <param name="cancellationToken">Ends the call and every wait in it.</param>
    /// <exception cref="BiometricException">Among others <see cref="BiometricErrorCode.AnswerTooLarge"/> after <see cref="BiometricClientOptions.MaxListPages"/> pages.</exception>
    public virtual async IAsyncEnumerable<SessionSummary> ListSessionsAsync(
        SessionFilter? filter = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        const string Route = "/v3/sessions/";
        var options = State.Options();
        var address = Route + SmallBodies.Query(filter);
        for (var pages = 0; ; pages++)
        {
            if (pages == options.MaxListPages)
            {
                throw new BiometricException(
                    BiometricErrorCode.AnswerTooLarge, $"The list has more than {options.MaxListPages} pages (Biometric:{nameof(BiometricClientOptions.MaxListPages)}).");
            }

            SessionPage page;
            using (var response = await State.SendAsync(HttpMethod.Get, address, Route, content: null, cancellationToken))
            {
                page = AnswerReader.Read(await ClientState.BodyAsync(response), AnswerReader.Sessions)
                    ?? throw ProviderErrors.InvalidAnswer(response, "no list of sessions");
                if (page.Next is { } next)
                {
                    address = NextPage(next, Route) ?? throw ProviderErrors.InvalidAnswer(response, "the next page is elsewhere");
                }
            }

            foreach (var session in page.Sessions)
            {
                yield return session;
            }

            if (page.Next is null)
            {
                yield break;
            }
        }
    }

    /// <summary>
    /// Deletes a session at the provider (<c>DELETE /v3/session/{id}/delete/</c>). Softly: it disappears from lists, but the provider
    /// keeps what it keeps. To erase a person use <see cref="DeleteUserAsync"/>.
    /// </summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>True when it was deleted now; false when there was nothing to delete, as after an earlier deletion.</returns>
    public virtual async Task<bool> DeleteSessionAsync(SessionId sessionId, CancellationToken cancellationToken = default) =>
        await DoneOrAbsentAsync(State.SendAsync(HttpMethod.Delete, $"/v3/session/{Checked(sessionId)}/delete/", "/v3/session/{id}/delete/", content: null, cancellationToken));

    /// <summary>
    /// Erases a user at the provider (<c>POST /v3/users/delete/</c>), for good: sessions, stored faces and all. There is no way back;
    /// the user has to enrol again.
    /// </summary>
    /// <param name="vendorData">The user's reference at the provider.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>True when the provider erased; false when it does not know the user.</returns>
    public virtual async Task<bool> DeleteUserAsync(string vendorData, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(vendorData);
        var body = new PooledBytes(256);
        using var content = new WipedContent(body, "application/json");
        SmallBodies.WriteDeleteUser(body, vendorData);
        return await DoneOrAbsentAsync(State.SendAsync(HttpMethod.Post, "/v3/users/delete/", "/v3/users/delete/", content, cancellationToken));
    }

    /// <summary>
    /// Sets a session's status by hand (<c>PATCH /v3/session/{id}/update-status/</c>). The provider refuses the status that the
    /// session already has (<see cref="BiometricErrorCode.InvalidRequest"/> without fields).
    /// </summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="request">The new status.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public virtual async Task UpdateStatusAsync(SessionId sessionId, UpdateStatusRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var body = new PooledBytes(256);
        using var content = new WipedContent(body, "application/json");
        SmallBodies.WriteUpdateStatus(body, request);
        using var response = await State.SendAsync(
            HttpMethod.Patch, $"/v3/session/{Checked(sessionId)}/update-status/", "/v3/session/{id}/update-status/", content, cancellationToken);
    }

    /// <summary>
    /// Fetches a session's report as PDF (<c>GET /v3/session/{id}/generate-pdf/</c>), as a stream that the caller disposes. Reading it
    /// throws <see cref="BiometricException"/> over <see cref="BiometricClientOptions.ReportMaxBytes"/> or when the provider falls silent.
    /// </summary>
    /// <param name="sessionId">The session; the provider refuses one without a verdict (403).</param>
    /// <param name="cancellationToken">Ends the call; reading the stream takes its own token.</param>
    public virtual async Task<Stream> GetReportAsync(SessionId sessionId, CancellationToken cancellationToken = default)
    {
        var options = State.Options();
        var response = await State.SendAsync(
            HttpMethod.Get, $"/v3/session/{Checked(sessionId)}/generate-pdf/", "/v3/session/{id}/generate-pdf/", content: null, cancellationToken, streamed: true);
        try
        {
            if (!string.Equals(response.Content.Headers.ContentType?.MediaType, "application/pdf", StringComparison.OrdinalIgnoreCase))
            {
                throw ProviderErrors.InvalidAnswer(response, "no PDF");
            }

            var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
            return new ReportStream(response, stream, options.ReportMaxBytes, options.Resilience.AttemptTimeout.Timeout, State.Time);
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private static async Task<bool> DoneOrAbsentAsync(Task<HttpResponseMessage> call)
    {
        try
        {
            using var response = await call;
            return true;
        }
        catch (BiometricException absent) when (absent.Code == BiometricErrorCode.NotFound)
        {
            return false;
        }
    }

    private static string Checked(SessionId sessionId) =>
        sessionId.ToString() is { Length: > 0 } text ? text : throw new ArgumentException("The session id is empty.", nameof(sessionId));

    private string? NextPage(string next, string route)
    {
        var origin = State.Options().BaseAddress;
        return Uri.TryCreate(origin, next, out var uri)
            && Origins.AreSame(uri, origin)
            && string.Equals(uri.AbsolutePath, route, StringComparison.Ordinal)
                ? uri.PathAndQuery
                : null;
    }

    private async Task<FaceMatchResult> SendFacesAsync(
        FaceMatchRequest request, ImageUpload live, ImageUpload enrolled, bool reference, CancellationToken cancellationToken)
    {
        using var form = FaceForms.Match(request, live, enrolled, reference);
        using var response = await State.SendAsync(HttpMethod.Post, "/v3/face-match/", "/v3/face-match/", form, cancellationToken);
        return AnswerReader.Read(await ClientState.BodyAsync(response), AnswerReader.FaceMatch)
            ?? throw ProviderErrors.InvalidAnswer(response, "no face match status");
    }
}
