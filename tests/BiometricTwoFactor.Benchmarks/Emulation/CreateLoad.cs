using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace BiometricTwoFactor.Benchmarks;

/// <summary>
/// Creates sessions over a few kept-alive connections with as little of its own work as possible, so that the server is
/// what is measured. Every request is another user's, so that every one makes a session.
/// </summary>
internal sealed class CreateLoad(int port, string apiKey, string workflow) : IDisposable
{
    private const int Connections = 4;
    private const string Counter = "99999999";

    private readonly Socket[] _sockets = [.. Enumerable.Range(0, Connections).Select(_ => Connect(port))];
    private readonly byte[] _request = Request(port, apiKey, workflow);
    private int _next;

    /// <returns>Sessions a second.</returns>
    public double Run(int count)
    {
        var start = Stopwatch.GetTimestamp();
        var end = Volatile.Read(ref _next) + count;
        var threads = _sockets.Select(socket => new Thread(() => Loop(socket, end))).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        _next = end;
        return count / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    public void Dispose() => Array.ForEach(_sockets, socket => socket.Dispose());

    private void Loop(Socket socket, int end)
    {
        var request = _request.ToArray();
        var place = request.AsSpan().IndexOf(Encoding.ASCII.GetBytes(Counter));
        var answer = new byte[16 * 1024];
        for (var number = Interlocked.Increment(ref _next); number <= end; number = Interlocked.Increment(ref _next))
        {
            number.TryFormat(request.AsSpan(place, Counter.Length), out _, "D8", CultureInfo.InvariantCulture);
            socket.Send(request);
            Receive(socket, answer);
        }
    }

    /// <summary>One whole answer, by its length or its chunks.</summary>
    private static void Receive(Socket socket, byte[] answer)
    {
        var length = 0;
        while (true)
        {
            var read = socket.Receive(answer, length, answer.Length - length, SocketFlags.None);
            length += read;
            var text = answer.AsSpan(0, length);
            var body = text.IndexOf("\r\n\r\n"u8) + 4;
            if (read == 0 || (body >= 4 && !text.StartsWith("HTTP/1.1 201"u8)))
            {
                throw new InvalidOperationException($"The server did not create a session: {Encoding.UTF8.GetString(text)}");
            }

            if (body >= 4 && IsWhole(text, body))
            {
                return;
            }
        }
    }

    private static bool IsWhole(ReadOnlySpan<byte> text, int body)
    {
        var mark = text[..body].IndexOf("Content-Length: "u8);
        if (mark < 0)
        {
            return text.EndsWith("0\r\n\r\n"u8);
        }

        var digits = text[(mark + 16)..body];
        return text.Length - body >= int.Parse(digits[..digits.IndexOf((byte)'\r')], NumberStyles.None, CultureInfo.InvariantCulture);
    }

    private static Socket Connect(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(IPAddress.Loopback, port);
        return socket;
    }

    private static byte[] Request(int port, string apiKey, string workflow)
    {
        var body = $$$"""{"workflow_id":"{{{workflow}}}","vendor_data":"customer-{{{Counter}}}","callback":"https://bank.example/biometric/callback/7f3a9c","metadata":{"challenge":"0f8e7d6c5b4a39281706f5e4d3c2b1a0","amount":"1250.00","currency":"EUR","payee_account":"ES9121000418450200051332"}}""";
        return Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"POST /v3/session/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nx-api-key: {apiKey}\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}"));
    }
}
