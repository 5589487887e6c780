using System.Net;
using System.Net.Sockets;
using System.Text;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>An address of the attacker's on this machine: it notes who comes, and answers what the test wants.</summary>
internal sealed class Trap : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;
    private readonly Func<Stream, CancellationToken, Task> _answer;
    private int _visits;

    public Trap(Func<Stream, CancellationToken, Task>? answer = null)
    {
        _answer = answer ?? ((_, _) => Task.CompletedTask);
        _listener.Start();
        _serving = ServeAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>Connections that were accepted, or wait to be.</summary>
    public int Visits => _visits + (_listener.Pending() ? 1 : 0);

    public static Trap Answering(string head, byte[] body) => new((stream, cancellation) =>
        stream.WriteAsync((byte[])[.. Encoding.ASCII.GetBytes(head.ReplaceLineEndings("\r\n") + "\r\n\r\n"), .. body], cancellation).AsTask());

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Stop();
        _serving.GetAwaiter().GetResult();
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                Interlocked.Increment(ref _visits);
                await OneAsync(client);
            }
        }
        catch (Exception over) when (over is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task OneAsync(TcpClient client)
    {
        try
        {
            await using var stream = client.GetStream();
            using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
            while (await reader.ReadLineAsync(_stop.Token) is { Length: > 0 })
            {
                // The head of the request does not matter.
            }

            await _answer(stream, _stop.Token);
        }
        catch (IOException)
        {
            // The visitor has had enough.
        }
    }
}
