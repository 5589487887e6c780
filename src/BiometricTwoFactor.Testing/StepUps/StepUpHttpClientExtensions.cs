using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using BiometricTwoFactor.Emulator;

namespace BiometricTwoFactor.Testing;

/// <summary>
/// A step-up over HTTP, as a browser with the SDK's scripts or a program goes through it. The client keeps cookies and
/// follows no redirect (<see cref="WebApplicationFactoryExtensions.CreateStepUpClient"/>), and is signed in: by its cookies,
/// or by a bearer token in its <see cref="HttpClient.DefaultRequestHeaders"/>.
/// </summary>
public static class StepUpHttpClientExtensions
{
    private const string ChallengeHeader = "Biometric-Challenge";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>
    /// All of it: sends a request that needs a face, shows the face, and gives the answer to the request itself. A browser's
    /// form is resumed, a program's call is repeated. Where the face is not accepted, the answer is the page that says so,
    /// or the repeated call's refusal.
    /// </summary>
    /// <param name="client">The signed-in client.</param>
    /// <param name="emulator">The provider.</param>
    /// <param name="request">Makes the request; called a second time when it is repeated.</param>
    /// <param name="scenario">How the capture ends: one of <see cref="SandboxScenario"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidOperationException">No face was asked for, or the way broke off; the message says where.</exception>
    /// <exception cref="TimeoutException">No verdict came.</exception>
    public static async Task<HttpResponseMessage> SendWithFaceAsync(
        this HttpClient client,
        BiometricEmulator emulator,
        Func<HttpRequestMessage> request,
        string scenario = SandboxScenario.Approve,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(emulator);
        ArgumentNullException.ThrowIfNull(request);
        StartedStepUp started;
        bool program;
        using (var first = request())
        using (var asked = await client.SendAsync(first, cancellationToken))
        {
            program = asked.StatusCode == HttpStatusCode.Unauthorized;
            started = await client.StartStepUpAsync(asked, cancellationToken);
        }

        var session = emulator.Sessions.FirstOrDefault(one => one.HostedPage == started.HostedPage)
            ?? throw new InvalidOperationException("The customer was sent to a page that is not this provider's.");
        var callback = await emulator.CompleteAsync(session.Id, scenario, cancellationToken)
            ?? throw new InvalidOperationException("The session has no callback.");
        var claimed = await client.ClaimStepUpAsync(callback, timeout: null, cancellationToken);
        if (!program)
        {
            return await client.ResumeStepUpAsync(claimed, cancellationToken);
        }

        using var again = request();
        again.Headers.Add(ChallengeHeader, started.ChallengeId);
        return await client.SendAsync(again, cancellationToken);
    }

    /// <summary>Goes from the answer that asks for a face to the provider's page: opens the confirm page and presses its button, or calls <c>startUrl</c> with the client's token.</summary>
    /// <param name="client">The signed-in client.</param>
    /// <param name="asked">The answer: 303 to the confirm page, or 401 with problem details.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidOperationException">It asks for no face, or the step-up could not be begun; the message says what came instead.</exception>
    public static async Task<StartedStepUp> StartStepUpAsync(this HttpClient client, HttpResponseMessage asked, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(asked);
        if (asked.StatusCode == HttpStatusCode.Unauthorized && await ProblemAsync(asked, cancellationToken) is { } problem)
        {
            return client.DefaultRequestHeaders.Authorization is null
                ? await PressAsync(client, problem.ConfirmUrl, cancellationToken)
                : await CallAsync(client, problem, cancellationToken);
        }

        if (await IsNotEnrolledAsync(asked, cancellationToken))
        {
            throw new InvalidOperationException(
                "The application knows of no enrolment of this user. A face stored at the provider is none yet: register an "
                + "IEnrolmentVoucher (in a test: with ConfigureTestServices), or enrol the user first.");
        }

        return asked.StatusCode == HttpStatusCode.SeeOther && asked.Headers.Location is { } location && PathOf(location) is { } path && IdOf(path) is not null
            ? await PressAsync(client, path, cancellationToken)
            : throw Unexpected(client, "An answer that asks for a face was expected", asked);
    }

    /// <summary>
    /// Comes back from the provider, as the callback page and its script do: opens the callback and claims the verdict for
    /// this browser. From a browser other than the one that asked this ends the challenge, as it should.
    /// </summary>
    /// <param name="client">The client that asked.</param>
    /// <param name="callback">Where the provider sent the browser (<see cref="FinishedCapture.Callback"/>); only its path counts.</param>
    /// <param name="timeout">How long to wait for the verdict in real time; 10 seconds when null.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidOperationException">The callback page could not be opened.</exception>
    /// <exception cref="TimeoutException">No verdict came.</exception>
    public static async Task<ClaimedStepUp> ClaimStepUpAsync(
        this HttpClient client, Uri callback, TimeSpan? timeout = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(callback);
        var limit = timeout ?? Patience;
        // Real time: the application waits by its own clock, which the test may hold still.
        using var patience = new CancellationTokenSource(limit, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return await ClaimAsync(client, callback, either.Token);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"The application had no verdict to claim within {limit}.", e);
        }
    }

    /// <summary>
    /// Goes where the claim leads: the original GET is opened, the original form is sent on, and the answer is theirs. Where
    /// the face was not accepted, the answer is the page that says so.
    /// </summary>
    /// <param name="client">The client that claimed.</param>
    /// <param name="claimed">What the claim said.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidOperationException">The claim leads nowhere.</exception>
    public static async Task<HttpResponseMessage> ResumeStepUpAsync(this HttpClient client, ClaimedStepUp claimed, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(claimed);
        var next = claimed.Next ?? throw new InvalidOperationException($"The claim leads nowhere: {claimed}.");
        var page = await client.GetAsync(next, cancellationToken);
        if (page.StatusCode == HttpStatusCode.SeeOther && page.Headers.Location is { } location && PathOf(location) is { } path)
        {
            page.Dispose();
            return await client.GetAsync(path, cancellationToken);
        }

        if (page.StatusCode == HttpStatusCode.OK
            && PageForm.In(await page.Content.ReadAsStringAsync(cancellationToken)).FirstOrDefault(form => form.Id == "resume") is { } form)
        {
            page.Dispose();
            return await SubmitAsync(client, form, cancellationToken);
        }

        return page;
    }

    private static async Task<StartedStepUp> PressAsync(HttpClient client, string confirmPath, CancellationToken cancellationToken)
    {
        using var page = await client.GetAsync(confirmPath, cancellationToken);
        var start = page.StatusCode == HttpStatusCode.OK
            ? PageForm.In(await page.Content.ReadAsStringAsync(cancellationToken)).FirstOrDefault(form => form.Action.Contains("/start/", StringComparison.Ordinal))
            : null;
        if (start is null)
        {
            throw Unexpected(client, "A confirm page with its button was expected", page);
        }

        using var answer = await SubmitAsync(client, start, cancellationToken);
        return answer.StatusCode == HttpStatusCode.SeeOther && answer.Headers.Location is { IsAbsoluteUri: true } hosted && IdOf(confirmPath) is { } id
            ? new StartedStepUp { ChallengeId = id, HostedPage = hosted }
            : throw Unexpected(client, "A way to the provider's page was expected (a client that follows redirects loses it)", answer);
    }

    private static async Task<StartedStepUp> CallAsync(HttpClient client, FaceProblem problem, CancellationToken cancellationToken)
    {
        using var answer = await client.PostAsync(problem.StartUrl, content: null, cancellationToken);
        return answer.StatusCode == HttpStatusCode.OK
            && Text(await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken), "url") is { } url
                ? new StartedStepUp { ChallengeId = problem.ChallengeId, HostedPage = new Uri(url) }
                : throw Unexpected(client, "A way to the provider's page was expected", answer);
    }

    private static async Task<ClaimedStepUp> ClaimAsync(HttpClient client, Uri callback, CancellationToken cancellationToken)
    {
        var path = callback.AbsolutePath;
        var end = path.LastIndexOf("/callback/", StringComparison.Ordinal);
        if (end < 0)
        {
            throw new InvalidOperationException("This is no callback of the application.");
        }

        var (root, code) = (path[..end], path[(end + "/callback/".Length)..]);
        using (var page = await client.GetAsync(callback.PathAndQuery, cancellationToken))
        {
            if (page.StatusCode != HttpStatusCode.OK)
            {
                // Not its address: the code in it is what the claim is made with.
                throw new InvalidOperationException($"The callback page answered {(int)page.StatusCode}.");
            }
        }

        while (true)
        {
            var token = await client.GetFromJsonAsync<JsonElement>($"{root}/antiforgery", cancellationToken);
            using var form = new FormUrlEncodedContent(
                [KeyValuePair.Create("code", code), KeyValuePair.Create(Text(token, "field") ?? "", Text(token, "token") ?? "")]);
            using var answer = await client.PostAsync($"{root}/claim", form, cancellationToken);
            if (answer.StatusCode != HttpStatusCode.Accepted)
            {
                var json = await JsonAsync(answer, cancellationToken);
                return new ClaimedStepUp { Status = answer.StatusCode, State = Text(json, "state"), Next = Text(json, "next") };
            }
        }
    }

    private static async Task<HttpResponseMessage> SubmitAsync(HttpClient client, PageForm form, CancellationToken cancellationToken)
    {
        using var content = new FormUrlEncodedContent(form.Fields);
        return await client.PostAsync(form.Action, content, cancellationToken);
    }

    private static async Task<FaceProblem?> ProblemAsync(HttpResponseMessage asked, CancellationToken cancellationToken)
    {
        var json = await JsonAsync(asked, cancellationToken);
        return Text(json, "challengeId") is { } id && Text(json, "confirmUrl") is { } confirm && Text(json, "startUrl") is { } start
            ? new FaceProblem(id, confirm, start)
            : null;
    }

    /// <summary>The way to the enrolment instead of a challenge: problem details for a program, the enrolment page for a browser.</summary>
    private static async Task<bool> IsNotEnrolledAsync(HttpResponseMessage asked, CancellationToken cancellationToken) => asked.StatusCode switch
    {
        HttpStatusCode.Forbidden => Text(await JsonAsync(asked, cancellationToken), "enrolUrl") is not null,
        HttpStatusCode.SeeOther => asked.Headers.Location is { } location && PathOf(location)?.Split('?')[0].EndsWith("/enrol", StringComparison.Ordinal) == true,
        _ => false,
    };

    /// <summary>Undefined when the answer is no JSON.</summary>
    private static async Task<JsonElement> JsonAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        try
        {
            // Read as text, so that the caller can read it once more.
            return JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync(cancellationToken));
        }
        catch (JsonException)
        {
            return default;
        }
    }

    private static string? Text(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string? IdOf(string confirmPath) => confirmPath.Split('?')[0].Split('/') is [.., "confirm", { Length: > 0 } id] ? id : null;

    /// <summary>Redirects of the application are local, or name its own origin.</summary>
    private static string? PathOf(Uri location) => location.IsAbsoluteUri && !location.IsFile
        ? location.PathAndQuery
        : location.OriginalString is ['/', ..] local ? local : null;

    private static InvalidOperationException Unexpected(HttpClient client, string expected, HttpResponseMessage answer)
    {
        // Local paths without their queries, and no body: codes and tokens stay out of a build's log.
        var asked = answer.RequestMessage is { } request ? $"{request.Method} {Shown(client, request.RequestUri)}" : "the request";
        var leads = answer.Headers.Location is { } location ? $", leading to {Shown(client, location)}" : "";
        return new InvalidOperationException($"{expected}, but {asked} was answered {(int)answer.StatusCode}{leads}.");
    }

    private static string Shown(HttpClient client, Uri? address) => address switch
    {
        null => "nowhere",
        { IsAbsoluteUri: true, IsFile: false } when client.BaseAddress?.Authority != address.Authority => "another site",
        _ => (PathOf(address) ?? "").Split('?')[0],
    };

    private sealed record FaceProblem(string ChallengeId, string ConfirmUrl, string StartUrl);
}
