using Microsoft.Extensions.Logging;

namespace BiometricTwoFactor;

/// <summary>
/// What outlives a single client object and the handlers under it, and how a request is sent: every way in which the
/// provider does not say yes leaves here as the one exception.
/// </summary>
internal sealed class ClientState(
    string name,
    Func<HttpClient> http,
    Func<BiometricClientOptions> options,
    ProviderPipelines pipelines,
    ProviderMetrics metrics,
    TimeProvider time,
    ILogger logger)
{
    private volatile bool _wantsReferenceNames;

    internal ProviderPipelines Pipelines { get; } = pipelines;

    internal TimeProvider Time { get; } = time;

    internal ILogger Logger { get; } = logger;

    /// <summary>Learned under <see cref="ApiEdition.Auto"/>: this provider refuses the guide's form.</summary>
    internal bool WantsReferenceNames
    {
        get => _wantsReferenceNames;
        set => _wantsReferenceNames = value;
    }

    internal BiometricClientOptions Options() => options();

    /// <summary>Sends a request and returns a success, whose body is in memory unless it was asked for as a stream.</summary>
    internal async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, string route, HttpContent? content, CancellationToken cancellationToken, bool streamed = false)
    {
        using var measured = metrics.Begin(name, method, route, Time);
        try
        {
            var response = await SendOnceAsync(method, path, route, content, streamed, cancellationToken);
            measured.Answered((int)response.StatusCode);
            return response;
        }
        catch (BiometricException failure)
        {
            measured.Failed(failure);
            throw;
        }
        catch (OperationCanceledException)
        {
            measured.Cancelled();
            throw;
        }
    }

    private async Task<HttpResponseMessage> SendOnceAsync(
        HttpMethod method, string path, string route, HttpContent? content, bool streamed, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(options().BaseAddress, path));
        request.Content = content;
        request.Headers.Accept.ParseAdd(streamed ? "application/pdf" : "application/json");
        request.Options.Set(ProviderRequest.Route, route);
        request.Options.Set(ProviderRequest.Streamed, streamed);

        // The handler has read the body already, where it is to be read.
        var response = await http().SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (response.IsSuccessStatusCode)
        {
            ClientLog.Answered(Logger, method.Method, route, (int)response.StatusCode);
            return response;
        }

        using (response)
        {
            var refusal = ProviderErrors.From(response, await BodyAsync(response), Time);
            if (!(refusal.Code == BiometricErrorCode.NotFound && method == HttpMethod.Delete))
            {
                ClientLog.Refused(Logger, method.Method, route, refusal.Code, (int)response.StatusCode, refusal.RequestId, string.Join(',', refusal.Fields));
            }

            throw refusal;
        }
    }

    internal static Task<byte[]> BodyAsync(HttpResponseMessage response) =>
        response.Content.ReadAsByteArrayAsync(CancellationToken.None); // In memory since the handler read it.
}
