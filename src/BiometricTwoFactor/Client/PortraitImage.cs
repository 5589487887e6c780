using System.Diagnostics;

namespace BiometricTwoFactor;

/// <summary>
/// A portrait to compare a live face with: JPEG or PNG, read once, checked when made, kept in memory that is wiped when
/// it is disposed. Prints nothing of its content.
/// </summary>
[DebuggerDisplay("portrait")]
public sealed class PortraitImage : IDisposable
{
    /// <summary>No portrait is read into memory beyond this, whatever the options say: 16 MiB.</summary>
    private const int Ceiling = 16 * BiometricClientOptions.MegaByte;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly PooledBytes _bytes;

    private PortraitImage(PooledBytes bytes) => _bytes = bytes;

    /// <summary>The image's size in bytes, before base64.</summary>
    public int Length => _bytes.Length;

    internal ReadOnlyMemory<byte> Memory => _bytes.Memory;

    /// <summary>Copies a portrait.</summary>
    /// <param name="image">The file's bytes: JPEG or PNG.</param>
    /// <exception cref="BiometricException">
    /// <see cref="BiometricErrorCode.PortraitUnreadable"/>: empty, or neither JPEG nor PNG.
    /// <see cref="BiometricErrorCode.PortraitTooLarge"/>: more than 16 MiB; the limit of the options is checked when a session is created.
    /// </exception>
    public static PortraitImage FromBytes(ReadOnlyMemory<byte> image)
    {
        if (image.Length > Ceiling)
        {
            throw TooLarge(Ceiling);
        }

        var bytes = new PooledBytes(image.Length);
        image.Span.CopyTo(bytes.GetSpan(Math.Max(image.Length, 1)));
        bytes.Advance(image.Length);
        return Checked(bytes);
    }

    /// <summary>Reads a portrait from a stream, which is read to its end and left open.</summary>
    /// <param name="image">The file: JPEG or PNG.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="BiometricException">As for <see cref="FromBytes"/>.</exception>
    public static async Task<PortraitImage> FromStreamAsync(Stream image, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        var bytes = await PooledBytes.TryReadAsync(image, Ceiling, cancellationToken);
        return Checked(bytes ?? throw TooLarge(Ceiling));
    }

    /// <summary>Wipes the image.</summary>
    public void Dispose() => _bytes.Dispose();

    /// <summary>Always <c>portrait</c>.</summary>
    public override string ToString() => "portrait";

    /// <summary>The limit is the receiver's, so that it is checked where it is sent.</summary>
    internal void EnsureWithin(int limit)
    {
        if (Length > limit)
        {
            throw TooLarge(limit);
        }
    }

    private static ReadOnlySpan<byte> Jpeg => [0xFF, 0xD8, 0xFF];

    private static ReadOnlySpan<byte> Png => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    private static PortraitImage Checked(PooledBytes bytes)
    {
        var start = bytes.Memory.Span;
        if (start.StartsWith(Jpeg) || start.StartsWith(Png))
        {
            return new PortraitImage(bytes);
        }

        var empty = bytes.Length == 0;
        bytes.Dispose();
        throw new BiometricException(
            BiometricErrorCode.PortraitUnreadable,
            empty ? "The portrait is empty. Nothing was sent." : "The portrait is neither JPEG nor PNG. Nothing was sent.");
    }

    private static BiometricException TooLarge(int limit) => new(
        BiometricErrorCode.PortraitTooLarge,
        $"The portrait is over the limit of {limit} bytes (Biometric:{nameof(BiometricClientOptions.PortraitMaxBytes)}). Nothing was sent.");
}
