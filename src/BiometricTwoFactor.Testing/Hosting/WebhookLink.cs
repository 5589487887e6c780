using System.Net;

namespace BiometricTwoFactor.Testing;

/// <summary>
/// What the emulator's webhooks go through. It is made before the application is, and led to it once it has started: into
/// a <c>TestServer</c> without a socket, else over the network.
/// </summary>
internal sealed class WebhookLink : HttpMessageHandler
{
    // As the emulator's own: redirects are not followed, and no proxy of the machine sees what is sent to loopback.
    private readonly HttpMessageInvoker _network = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false });

    private volatile HttpMessageInvoker? _inProcess;

    /// <summary>The server in this process that answers; null leaves it to the network.</summary>
    public HttpMessageInvoker? InProcess
    {
        get => _inProcess;
        set => _inProcess = value;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (_inProcess is not { } server)
        {
            return await _network.SendAsync(request, cancellationToken);
        }

        try
        {
            return await server.SendAsync(request, cancellationToken);
        }
        catch (Exception e) when (e is not (HttpRequestException or OperationCanceledException))
        {
            // A test server hands the application's own exceptions to the caller; to the provider they are a 500, and a
            // server that has gone is no connection.
            return _inProcess is null
                ? throw new HttpRequestException("The application has gone.", e)
                : new HttpResponseMessage(HttpStatusCode.InternalServerError) { RequestMessage = request };
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _network.Dispose();
        }

        base.Dispose(disposing);
    }
}
