using System.Net;
using System.Net.Http.Headers;

namespace BiometricTwoFactor;

/// <summary>A body that may hold a face: its memory is wiped once the request is done.</summary>
internal sealed class WipedContent : HttpContent
{
    private readonly PooledBytes _bytes;

    internal WipedContent(PooledBytes bytes, string mediaType)
    {
        _bytes = bytes;
        Headers.ContentType = new MediaTypeHeaderValue(mediaType);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        _bytes.SendToAsync(stream, cancellationToken);

    protected override bool TryComputeLength(out long length)
    {
        length = _bytes.Length;
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _bytes.Dispose();
        }

        base.Dispose(disposing);
    }
}
