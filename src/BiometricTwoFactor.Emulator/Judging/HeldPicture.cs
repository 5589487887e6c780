using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.Emulator;

/// <summary>A picture of somebody: in memory only, and zeroed when it is disposed.</summary>
[DebuggerDisplay(nameof(HeldPicture))]
internal sealed class HeldPicture : IDisposable
{
    // Pinned, so that the collector leaves no copy behind that nobody zeroes.
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly byte[] _bytes;
    private bool _disposed;

    public HeldPicture(ReadOnlySpan<byte> bytes)
        : this(bytes.Length) => bytes.CopyTo(_bytes);

    private HeldPicture(int length) => _bytes = GC.AllocateUninitializedArray<byte>(length, pinned: true);

    /// <summary>Empty once disposed: then there is nothing to compare with.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public ReadOnlySpan<byte> Bytes => _disposed ? default : _bytes;

    /// <summary>The same for what takes several pictures at once.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public ReadOnlyMemory<byte> Memory => _disposed ? default : _bytes;

    public static async Task<HeldPicture> ReadAsync(IFormFile file, CancellationToken cancellationToken)
    {
        await using var content = file.OpenReadStream();
        return await ReadAsync(content, checked((int)file.Length), cancellationToken);
    }

    public static async Task<HeldPicture> ReadAsync(Stream content, int length, CancellationToken cancellationToken)
    {
        var picture = new HeldPicture(length);
        try
        {
            await content.ReadExactlyAsync(picture._bytes, cancellationToken);
            return picture;
        }
        catch
        {
            picture.Dispose();
            throw;
        }
    }

    /// <summary>A copy that outlives this one, so that nothing is compared while a lock is held.</summary>
    public HeldPicture Copy() => new(Bytes);

    public void Dispose()
    {
        _disposed = true;
        CryptographicOperations.ZeroMemory(_bytes);
    }

    public override string ToString() => nameof(HeldPicture);
}
