using System.Net;
using System.Text;

namespace BiometricTwoFactor.Tests.Support;

/// <summary>Answers requests from a script, in order, and keeps what was sent.</summary>
internal sealed class ScriptedHandler : HttpMessageHandler
{
    private readonly Queue<Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>>> _script = new();

    public List<SentRequest> Sent { get; } = [];

    public static HttpResponseMessage Answer(int status, string body = "", string mediaType = "application/json") =>
        new((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, mediaType) };

    public ScriptedHandler Then(int status, string body = "", Action<HttpResponseMessage>? change = null) => Then(() =>
    {
        var response = Answer(status, body);
        change?.Invoke(response);
        return response;
    });

    public ScriptedHandler Then(Func<HttpResponseMessage> answer) => Then((_, _) => Task.FromResult(answer()));

    public ScriptedHandler Then(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer)
    {
        _script.Enqueue(answer);
        return this;
    }

    /// <summary>Never answers, until it is given up.</summary>
    public ScriptedHandler ThenSilence() => Then(async (_, token) =>
    {
        var never = new TaskCompletionSource<HttpResponseMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var given = token.Register(() => never.TrySetCanceled(token));
        return await never.Task;
    });

    public ScriptedHandler ThenThrow(Exception failure) => Then((_, _) => Task.FromException<HttpResponseMessage>(failure));

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        Sent.Add(new SentRequest(
            request.Method.Method,
            request.RequestUri!.AbsoluteUri,
            request.Headers.TryGetValues("x-api-key", out var keys) ? string.Join('|', keys) : null,
            request.Content?.Headers.ContentType?.ToString(),
            request.Headers.UserAgent.ToString(),
            body));
        Assert.True(_script.Count > 0, "The script has no answer left for " + request.Method + ".");
        return await _script.Dequeue()(request, cancellationToken);
    }
}

internal sealed record SentRequest(string Method, string Url, string? ApiKey, string? ContentType, string UserAgent, byte[] Body)
{
    public string Text => Encoding.Latin1.GetString(Body);
}
