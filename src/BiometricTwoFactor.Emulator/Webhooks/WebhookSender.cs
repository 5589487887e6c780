using System.Text;

namespace BiometricTwoFactor.Emulator;

/// <summary>One attempt over HTTP, as the provider makes it (contract 4.8): five seconds, no redirects.</summary>
internal sealed class WebhookSender : IDisposable
{
    private const int MostOfBody = 2048;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private readonly TimeProvider _clock;
    private readonly HttpClient _http;

    public WebhookSender(EmulatorSettings settings)
    {
        _clock = settings.Clock;
        // A proxy of the machine must not see what is sent to loopback. What a receiver answers is not read to its end.
        _http = new HttpClient(settings.Options.WebhookMessageHandler?.Invoke()
            ?? new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false, MaxResponseDrainSize = MostOfBody })
        {
            Timeout = System.Threading.Timeout.InfiniteTimeSpan,
        };
    }

    /// <exception cref="OperationCanceledException">Only when the caller cancelled: no failure of a receiver is an exception.</exception>
    public async Task<WebhookAnswer> SendAsync(OutgoingWebhook webhook, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(Timeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var started = _clock.GetTimestamp();
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, webhook.Url);
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(webhook.Body));
            foreach (var (name, value) in webhook.Headers)
            {
                if (!request.Headers.TryAddWithoutValidation(name, value))
                {
                    request.Content.Headers.TryAddWithoutValidation(name, value);
                }
            }

            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            var duration = _clock.GetElapsedTime(started);
            return new WebhookAnswer((int)response.StatusCode, await BeginningAsync(response, either.Token, cancellationToken), duration);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception)
        {
            // No connection, no answer in time, no HTTP, or a test server's application that threw: the log says that
            // nothing came back, and a retry follows.
            return new WebhookAnswer(null, null, _clock.GetElapsedTime(started));
        }
    }

    public void Dispose() => _http.Dispose();

    private static async Task<string?> BeginningAsync(HttpResponseMessage response, CancellationToken deadline, CancellationToken cancellationToken)
    {
        var buffer = new byte[MostOfBody];
        var length = 0;
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(deadline);
            length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, deadline);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // The status has come, and that is what counts: an answer that breaks off, or never ends, is none the less one.
        }

        return length == 0 ? null : Encoding.UTF8.GetString(buffer, 0, length);
    }
}
