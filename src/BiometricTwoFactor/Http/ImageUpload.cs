using System.Net;
using System.Net.Http.Headers;

namespace BiometricTwoFactor;

/// <summary>
/// An image that can be sent more than once: a stream that can seek is read again, another is kept in wiped memory.
/// Checked against the limit before anything is sent.
/// </summary>
internal sealed class ImageUpload : IDisposable
{
    private readonly FaceImage _image;
    private readonly PooledBytes? _buffered;
    private readonly long _start;
    private readonly long _length;

    private ImageUpload(FaceImage image, PooledBytes? buffered, long start, long length)
    {
        _image = image;
        _buffered = buffered;
        _start = start;
        _length = length;
    }

    internal static async Task<ImageUpload> PrepareAsync(FaceImage image, int limit, CancellationToken cancellationToken)
    {
        var stream = image.Content;
        if (stream.CanSeek)
        {
            var length = stream.Length - stream.Position;
            Check(length, limit);
            return new ImageUpload(image, buffered: null, stream.Position, length);
        }

        var bytes = await PooledBytes.TryReadAsync(stream, limit, cancellationToken) ?? throw TooLarge(limit);
        try
        {
            Check(bytes.Length, limit);
            return new ImageUpload(image, bytes, start: 0, bytes.Length);
        }
        catch
        {
            bytes.Dispose();
            throw;
        }
    }

    /// <summary>The image as a part of a form, under the edition's name for it.</summary>
    internal HttpContent ToPart(string field)
    {
        var part = new Part(this);
        part.Headers.ContentType = new MediaTypeHeaderValue(_image.MediaType);
        part.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data")
        {
            Name = $"\"{field}\"",
            FileName = $"\"{field}{_image.Extension}\"",
        };
        return part;
    }

    public void Dispose() => _buffered?.Dispose();

    private static void Check(long length, int limit)
    {
        if (length <= 0)
        {
            throw new BiometricException(BiometricErrorCode.ImageUnreadable, "The image is empty. Nothing was sent.");
        }

        if (length > limit)
        {
            throw TooLarge(limit);
        }
    }

    private static BiometricException TooLarge(int limit) => new(
        BiometricErrorCode.ImageTooLarge,
        $"The image is over the limit of {limit} bytes (Biometric:{nameof(BiometricClientOptions.ImageMaxBytes)}). Nothing was sent.");

    /// <summary>Leaves the stream open, which is its owner's.</summary>
    private sealed class Part(ImageUpload upload) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            if (upload._buffered is { } buffered)
            {
                await buffered.SendToAsync(stream, cancellationToken);
                return;
            }

            var source = upload._image.Content;
            source.Position = upload._start;
            var chunk = new byte[32 * 1024];
            try
            {
                // Exactly what was announced, also when the file grows meanwhile.
                for (var left = upload._length; left > 0;)
                {
                    var read = await source.ReadAsync(chunk.AsMemory(0, (int)Math.Min(chunk.Length, left)), cancellationToken);
                    if (read == 0)
                    {
                        throw new EndOfStreamException("The image became shorter while it was sent.");
                    }

                    await stream.WriteAsync(chunk.AsMemory(0, read), cancellationToken);
                    left -= read;
                }
            }
            finally
            {
                Array.Clear(chunk);
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = upload._length;
            return true;
        }
    }
}
