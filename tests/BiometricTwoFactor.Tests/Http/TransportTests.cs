using System.Net;
using System.Net.Sockets;
using System.Text;
using BiometricTwoFactor.Tests.Client;
using BiometricTwoFactor.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace BiometricTwoFactor.Tests.Http;

public sealed class TransportTests
{
    [Fact]
    public async Task The_key_goes_to_the_configured_origin_and_nowhere_else()
    {
        var network = new ScriptedHandler();
        var options = new BiometricClientOptions { ApiKey = "k", BaseAddress = new Uri("https://a.example") };
        using var invoker = new HttpMessageInvoker(new ApiKeyHandler(() => options) { InnerHandler = network });
        var addresses = new[]
        {
            "https://a.example/x", "https://A.EXAMPLE:443/x", "https://b.example/x", "http://a.example/x",
            "https://a.example:8443/x", "https://a.example.evil.example/x", "https://u@a.example/x",
        };
        foreach (var address in addresses)
        {
            network.Then(200);
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.Add("x-api-key", "left over");
            (await invoker.SendAsync(request, CancellationToken.None)).Dispose();
        }

        Assert.Equal(["k", "k", null, null, null, null, null], network.Sent.Select(sent => sent.ApiKey), StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_rotated_key_is_used_without_a_restart()
    {
        var key = "first-key";
        var network = new ScriptedHandler();
        var change = new ChangeSource();
        var services = new ServiceCollection();
        services.AddSingleton<Microsoft.Extensions.Options.IOptionsChangeTokenSource<BiometricClientOptions>>(change);
        services.AddBiometricClient(options => options.ApiKey = key).ConfigurePrimaryHttpMessageHandler(() => network);
        await using var provider = services.BuildServiceProvider();
        var client = provider.GetRequiredService<BiometricClient>();

        network.Then(204).Then(204);
        await client.DeleteUserAsync("u");
        key = "second-key";
        change.Fire();
        await client.DeleteUserAsync("u");
        Assert.Equal(["first-key", "second-key"], network.Sent.Select(sent => sent.ApiKey), StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_redirect_is_an_error_and_is_not_followed_over_a_real_socket()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var firstLines = new List<string?>();
        var serving = Task.Run(async () =>
        {
            while (true)
            {
                using var connection = await listener.AcceptTcpClientAsync();
                await using var stream = connection.GetStream();
                using var reader = new StreamReader(stream, Encoding.ASCII);
                firstLines.Add(await reader.ReadLineAsync());
                while (await reader.ReadLineAsync() is { Length: > 0 })
                {
                }

                await stream.WriteAsync("HTTP/1.1 302 Found\r\nLocation: /elsewhere/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray());
            }
        });

        var services = new ServiceCollection();
        services.AddBiometricClient(options =>
        {
            options.ApiKey = "k";
            options.BaseAddress = new Uri($"http://127.0.0.1:{port}");
        });
        await using var provider = services.BuildServiceProvider();
        var failure = await Assert.ThrowsAsync<BiometricException>(
            () => provider.GetRequiredService<BiometricClient>().GetDecisionAsync(ClientHarness.Session));
        listener.Stop();
        await Record.ExceptionAsync(() => serving);
        Assert.Equal(BiometricErrorCode.Redirected, failure.Code);
        Assert.Equal([$"GET /v3/session/{ClientHarness.SessionUuid}/decision/ HTTP/1.1"], firstLines);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_answer_over_the_limit_is_refused_with_or_without_a_declared_length(bool declared)
    {
        using var harness = new ClientHarness(options => options.AnswerMaxBytes = 1000);
        var body = "{\"session_id\":\"x\",\"status\":\"Approved\",\"pad\":\"" + new string('x', 1000) + "\"}";
        var source = new MemoryStream(Encoding.ASCII.GetBytes(body));
        harness.Network.Then(() => new HttpResponseMessage { Content = declared ? new StringContent(body) : new UndeclaredContent(source) });
        var failure = await Assert.ThrowsAsync<BiometricException>(() => harness.Client.GetDecisionAsync(ClientHarness.Session));
        Assert.Equal(BiometricErrorCode.AnswerTooLarge, failure.Code);
        Assert.Single(harness.Network.Sent);
    }

    [Fact]
    public async Task An_endless_error_page_is_refused_as_well()
    {
        using var harness = new ClientHarness(options => options.AnswerMaxBytes = 100_000);
        harness.Network.Then(() => new HttpResponseMessage(HttpStatusCode.BadRequest) { Content = new UndeclaredContent(new EndlessStream()) });
        var failure = await Assert.ThrowsAsync<BiometricException>(() => harness.Client.DeleteUserAsync("u"));
        Assert.Equal(BiometricErrorCode.AnswerTooLarge, failure.Code);
        Assert.Equal(400, failure.Status);
    }

    [Fact]
    public async Task An_answer_of_exactly_the_limit_is_read()
    {
        const string Body = "{\"session_id\":\"x\",\"status\":\"Approved\"}";
        using var harness = new ClientHarness(options => options.AnswerMaxBytes = Body.Length);
        harness.Network.Then(200, Body);
        Assert.Equal(SessionStatus.Approved, (await harness.Client.GetDecisionAsync(ClientHarness.Session)).Status);
    }

    private sealed class UndeclaredContent(Stream source) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => source.CopyToAsync(stream);

        protected override Task<Stream> CreateContentReadStreamAsync() => Task.FromResult(source);

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }

    private sealed class EndlessStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            buffer.Span.Fill((byte)'x');
            return ValueTask.FromResult(buffer.Length);
        }
    }

    private sealed class ChangeSource : Microsoft.Extensions.Options.IOptionsChangeTokenSource<BiometricClientOptions>
    {
        private CancellationTokenSource _source = new();

        public string? Name => "";

        public Microsoft.Extensions.Primitives.IChangeToken GetChangeToken() =>
            new Microsoft.Extensions.Primitives.CancellationChangeToken(_source.Token);

        public void Fire()
        {
            var fired = _source;
            _source = new CancellationTokenSource();
            fired.Cancel();
        }
    }
}
