using System.IO.Pipelines;
using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Connections;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>A connection over WebSockets for the SignalR client's core, which brings none of its own.</summary>
internal sealed class WebSockets(Action<ClientWebSocketOptions> configure) : IConnectionFactory
{
    public async ValueTask<ConnectionContext> ConnectAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var socket = new ClientWebSocket();
        configure(socket.Options);
        await socket.ConnectAsync(((UriEndPoint)endpoint).Uri, cancellationToken);
        return new Connection(socket);
    }

    private sealed class Connection : ConnectionContext, IDuplexPipe
    {
        private readonly ClientWebSocket _socket;
        private readonly Pipe _received = new();
        private readonly Pipe _sent = new();
        private readonly Task _receiving;
        private readonly Task _sending;

        public Connection(ClientWebSocket socket)
        {
            _socket = socket;
            _receiving = ReceiveAsync();
            _sending = SendAsync();
            Transport = this;
        }

        public PipeReader Input => _received.Reader;

        public PipeWriter Output => _sent.Writer;

        public override IDuplexPipe Transport { get; set; }

        public override string ConnectionId { get; set; } = Guid.NewGuid().ToString();

        public override Microsoft.AspNetCore.Http.Features.IFeatureCollection Features { get; } = new Microsoft.AspNetCore.Http.Features.FeatureCollection();

        public override IDictionary<object, object?> Items { get; set; } = new Dictionary<object, object?>();

        public override async ValueTask DisposeAsync()
        {
            await _sent.Writer.CompleteAsync();
            await _sending;
            _socket.Abort();
            await _receiving;
            _socket.Dispose();
        }

        private async Task ReceiveAsync()
        {
            try
            {
                while (await _socket.ReceiveAsync(_received.Writer.GetMemory(4096), CancellationToken.None) is { MessageType: not WebSocketMessageType.Close } read)
                {
                    _received.Writer.Advance(read.Count);
                    await _received.Writer.FlushAsync();
                }
            }
            catch (Exception end) when (end is WebSocketException or OperationCanceledException)
            {
                // The other side is gone, or we are.
            }

            await _received.Writer.CompleteAsync();
        }

        private async Task SendAsync()
        {
            for (;;)
            {
                var read = await _sent.Reader.ReadAsync();
                foreach (var part in read.Buffer)
                {
                    await _socket.SendAsync(part, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
                }

                _sent.Reader.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted)
                {
                    return;
                }
            }
        }
    }
}
