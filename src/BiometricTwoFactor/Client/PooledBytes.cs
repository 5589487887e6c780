using System.Buffers;

namespace BiometricTwoFactor;

/// <summary>
/// Bytes of a face, in memory from the pool that is wiped before it goes back (R-52, attack 68). A request's body can
/// still be on its way when the answer is there: memory that is being sent goes back only when that is over, since the
/// pool would hand it to somebody else, whose bytes would then be sent.
/// </summary>
internal sealed class PooledBytes(int capacity) : IBufferWriter<byte>, IDisposable
{
    private byte[]? _buffer = ArrayPool<byte>.Shared.Rent(Math.Max(capacity, 256));
    private readonly Lock _lock = new();
    private int _count;
    private int _sending;
    private bool _disposed;

    internal int Length => _count;

    internal ReadOnlyMemory<byte> Memory
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(PortraitImage));
            return _buffer.AsMemory(0, _count);
        }
    }

    public void Advance(int count) => _count += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        ObjectDisposedException.ThrowIf(_disposed || _buffer is null, typeof(PortraitImage));
        var needed = _count + Math.Max(sizeHint, 1);
        if (needed > _buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, _buffer.Length * 2));
            _buffer.AsSpan(0, _count).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer, clearArray: true);
            _buffer = larger;
        }

        return _buffer.AsMemory(_count);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            ReleaseUnlessSending();
        }
    }

    /// <summary>Writes the bytes to the network.</summary>
    internal async Task SendToAsync(Stream stream, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> bytes;
        lock (_lock)
        {
            bytes = Memory;
            _sending++;
        }

        try
        {
            await stream.WriteAsync(bytes, cancellationToken);
        }
        finally
        {
            lock (_lock)
            {
                _sending--;
                ReleaseUnlessSending();
            }
        }
    }

    private void ReleaseUnlessSending()
    {
        if (_disposed && _sending == 0 && _buffer is { } buffer)
        {
            _buffer = null;
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    /// <summary>Reads a stream to its end, unless it is longer than the limit.</summary>
    /// <returns>The bytes; null when there are more than the limit.</returns>
    internal static async Task<PooledBytes?> TryReadAsync(Stream stream, int limit, CancellationToken cancellationToken)
    {
        var bytes = new PooledBytes(64 * 1024);
        try
        {
            while (true)
            {
                var read = await stream.ReadAsync(bytes.GetMemory(4096), cancellationToken);
                if (read == 0)
                {
                    return bytes;
                }

                bytes.Advance(read);
                if (bytes.Length > limit)
                {
                    bytes.Dispose();
                    return null;
                }
            }
        }
        catch
        {
            bytes.Dispose();
            throw;
        }
    }
}
