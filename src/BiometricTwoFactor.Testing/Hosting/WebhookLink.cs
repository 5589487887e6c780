using System.Net;
using Microsoft.AspNetCore.TestHost;

namespace BiometricTwoFactor.Testing;

/// <summary>
/// What the emulator's webhooks go through. It is made before the application is, and led to it once it has started: into
/// a <c>TestServer</c> without a socket; whatever has another address goes over the network.
/// </summary>
internal sealed class WebhookLink : HttpMessageHandler
{
    // As the emulator's own: redirects are not followed, and no proxy of the machine sees what is sent to loopback.
    private readonly HttpMessageInvoker _network = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false });

    private volatile TestServer? _testServer;

    /// <summary>The server in this process that answers for its own address; null leaves that to the network too.</summary>
    public TestServer? TestServer
    {
        get => _testServer;
        set => _testServer = value;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (_testServer is not { } server || request.RequestUri?.Authority != server.BaseAddress.Authority)
        {
            return await _network.SendAsync(request, cancellationToken);
        }

        try
        {
            using var invoker = new HttpMessageInvoker(server.CreateHandler());
            return await invoker.SendAsync(request, cancellationToken);
        }
        catch (Exception e) when (e is not (HttpRequestException or OperationCanceledException))
        {
            // A test server hands the application's own exceptions to the caller; to the provider they are a 500, and a
            // server that has gone is no connection.
            return _testServer is null
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
