using System.Buffers;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>A request's body in pooled memory that grows with it and is cleared when it goes back.</summary>
internal sealed class PooledBody(int expected) : IDisposable
{
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(expected + 1);

    public int Length { get; set; }

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, Length);

    /// <summary>Room to read into; at least one byte, and never beyond <paramref name="most"/> in all.</summary>
    public Memory<byte> Free(int most)
    {
        if (Length == _bytes.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Min(_bytes.Length * 2, most));
            Written.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_bytes, clearArray: true);
            _bytes = larger;
        }

        return _bytes.AsMemory(Length, Math.Min(_bytes.Length, most) - Length);
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes, clearArray: true);
        _bytes = [];
    }
}
