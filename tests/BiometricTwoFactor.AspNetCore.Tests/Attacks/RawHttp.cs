using System.Net;
using System.Net.Sockets;
using System.Text;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Requests byte by byte, since an HTTP client of good manners cannot send most of what an attacker does.</summary>
internal sealed class RawHttp : IDisposable
{
    private readonly TcpClient _client = new();
    private NetworkStream _stream = null!;

    public static async Task<RawHttp> ConnectAsync(Uri address)
    {
        var raw = new RawHttp();
        await raw._client.ConnectAsync(IPAddress.Loopback, address.Port);
        raw._stream = raw._client.GetStream();
        return raw;
    }

    /// <summary>A webhook with these header lines and this body; closes after the answer.</summary>
    public static Task<(int Status, string Answer)> PostAsync(Uri address, byte[] body, params string[] headers) =>
        SendAsync(address, body, [.. headers, "Content-Type: application/json", $"Content-Length: {body.Length}"]);

    /// <summary>As <see cref="PostAsync"/>, with all header lines given.</summary>
    public static async Task<(int Status, string Answer)> SendAsync(Uri address, byte[] body, params string[] headers)
    {
        using var raw = await ConnectAsync(address);
        await raw.WriteAsync(Head(address, headers), body);
        return await raw.AnswerAsync();
    }

    public static byte[] Head(Uri address, params string[] headers) => Encoding.UTF8.GetBytes(
        string.Concat(headers.Prepend($"Host: {address.Authority}").Prepend("POST /biometric/webhook HTTP/1.1").Append("Connection: close").Append("").Select(line => line + "\r\n")));

    public async Task WriteAsync(params byte[][] parts)
    {
        foreach (var part in parts)
        {
            await _stream.WriteAsync(part);
        }
    }

    /// <summary>Nothing more will be sent.</summary>
    public void EndSending() => _client.Client.Shutdown(SocketShutdown.Send);

    /// <summary>Everything up to the end of the connection; 0 when it ended without an answer.</summary>
    public async Task<(int Status, string Answer)> AnswerAsync()
    {
        using var answer = new MemoryStream();
        try
        {
            await _stream.CopyToAsync(answer);
        }
        catch (IOException)
        {
            // Reset after the answer, because not everything was read: what has come is the answer.
        }

        var text = Encoding.UTF8.GetString(answer.ToArray());
        return (StatusOf(text), text);
    }

    /// <summary>The status alone, as soon as it is there.</summary>
    public async Task<int> StatusAsync()
    {
        var line = new byte[12];
        await _stream.ReadExactlyAsync(line);
        return StatusOf(Encoding.ASCII.GetString(line));
    }

    public void Dispose() => _client.Dispose();

    private static int StatusOf(string text) => text.StartsWith("HTTP/1.1 ", StringComparison.Ordinal) ? int.Parse(text.AsSpan(9, 3)) : 0;
}
