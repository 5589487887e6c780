using System.Buffers.Binary;

namespace BiometricTwoFactor.ReferenceMatcher.Imaging;

/// <summary>
/// Decodes JPEG (ITU-T T.81): baseline, extended sequential and progressive, Huffman-coded, 8 bits a sample. A picture that
/// is not there whole is refused, never guessed; what stands behind a scan's data or behind the end marker is passed over, as
/// cameras leave such bytes. What is not read, and every limit, is decided before anything is allocated for the picture.
/// </summary>
internal static class JpegDecoder
{
    /// <summary>More scans than any encoder makes.</summary>
    private const int MaxScans = 500;

    /// <summary>
    /// Blocks visited over all scans, which bounds the work: a 50-megapixel picture with colours at half size has 1.2 million,
    /// and encoders make six to ten passes of it.
    /// </summary>
    public const long MaxBlockVisits = 16_000_000;

    /// <summary>Decodes a file, or says why not.</summary>
    public static ImageDecoding Decode(ReadOnlySpan<byte> file, ImageLimits limits) => Decode(file, limits, MaxBlockVisits);

    /// <summary>As <see cref="Decode(ReadOnlySpan{byte}, ImageLimits)"/>, with a bound of one's own for the work.</summary>
    public static ImageDecoding Decode(ReadOnlySpan<byte> file, ImageLimits limits, long maxBlockVisits)
    {
        if (file.Length > limits.MaxBytes)
        {
            return ImageDecoding.Refused(JpegRefusal.TooLong);
        }

        if (!file.StartsWith((ReadOnlySpan<byte>)[0xFF, JpegMarker.StartOfImage]))
        {
            return ImageDecoding.Refused(JpegRefusal.NotJpeg);
        }

        var headers = new JpegHeaders();
        var refusal = ReadScans(file, limits, headers, maxBlockVisits);
        if (refusal is not null)
        {
            return ImageDecoding.Refused(refusal);
        }

        var frame = headers.Frame!;
        if (frame.Progressive)
        {
            JpegOutput.TransformCoefficients(frame);
        }

        var kind = JpegColor.Kind(frame, headers.IsJfif, headers.AdobeTransform);
        return ImageDecoding.Of(JpegOutput.Compose(frame, kind, headers.Orientation));
    }

    /// <summary>Reads all segments and scans. Null if the picture is there whole, otherwise the refusal.</summary>
    private static string? ReadScans(ReadOnlySpan<byte> file, ImageLimits limits, JpegHeaders headers, long maxBlockVisits)
    {
        var position = 2;
        var scans = 0;
        var visits = 0L;
        while (true)
        {
            var marker = JpegMarker.Next(file, ref position);
            switch (marker)
            {
                case JpegMarker.None or JpegMarker.EndOfImage when scans == 0:
                    return JpegRefusal.NoPicture;
                case JpegMarker.None or JpegMarker.EndOfImage:
                    return IsWhole(headers.Frame!, marker == JpegMarker.EndOfImage) ? null : JpegRefusal.Truncated;
                case JpegMarker.StartOfImage:
                    return JpegRefusal.CorruptHeader;
                case JpegMarker.Temporary or (>= JpegMarker.Restart0 and <= JpegMarker.Restart7):
                    continue;
            }

            if (file.Length - position < 2)
            {
                return scans == 0 ? JpegRefusal.NoPicture : JpegRefusal.Truncated;
            }

            var length = BinaryPrimitives.ReadUInt16BigEndian(file[position..]);
            if (length < 2)
            {
                return JpegRefusal.CorruptHeader;
            }

            if (length > file.Length - position)
            {
                return scans == 0 ? JpegRefusal.NoPicture : JpegRefusal.Truncated;
            }

            var segment = file.Slice(position + 2, length - 2);
            position += length;
            if (marker != JpegMarker.StartOfScan)
            {
                if (headers.Read(marker, segment) is { } refusal)
                {
                    return refusal;
                }

                continue;
            }

            if (headers.Frame is not { } frame)
            {
                return JpegRefusal.CorruptScan;
            }

            if (scans == 0 && Admit(frame, limits, headers, file.Length - position) is { } tooMuch)
            {
                return tooMuch;
            }

            if (++scans > MaxScans)
            {
                return JpegRefusal.TooMuchWork;
            }

            if (JpegScan.Read(segment, headers, frame, file, ref position, ref visits, maxBlockVisits) is { } unread)
            {
                return unread;
            }
        }
    }

    /// <summary>Checks the frame against the limits, then allocates for it. Null if it may be decoded.</summary>
    private static string? Admit(JpegFrame frame, ImageLimits limits, JpegHeaders headers, int bytesLeft)
    {
        if ((long)frame.Width * frame.Height > limits.MaxPixels)
        {
            return JpegRefusal.TooManyPixels;
        }

        frame.ReduceAbove(limits.ReduceAbove);
        if (!frame.Fits() || frame.Memory(headers.Orientation != ExifOrientation.Upright) > limits.MaxMemory)
        {
            return JpegRefusal.TooMuchMemory;
        }

        // No block takes less than one bit, or two where its coefficients follow at once: a file too short for its header
        // is refused before it has cost any memory.
        if (frame.Blocks * (frame.Progressive ? 1 : 2) > bytesLeft * 8L)
        {
            return JpegRefusal.Truncated;
        }

        frame.Allocate();
        return null;
    }

    /// <summary>
    /// Whether every component was sent. A file that ends without its end marker may have lost refinements, so there each
    /// coefficient must be complete.
    /// </summary>
    private static bool IsWhole(JpegFrame frame, bool ended)
    {
        foreach (var component in frame.Components)
        {
            if (component.Quantisation is null
                || (frame.Progressive && component.Precision[0] == JpegComponent.NotSent)
                || (frame.Progressive && !ended && component.Precision.AsSpan().ContainsAnyExcept((sbyte)0)))
            {
                return false;
            }
        }

        return true;
    }
}
