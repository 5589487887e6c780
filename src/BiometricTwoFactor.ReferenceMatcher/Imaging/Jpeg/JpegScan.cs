namespace BiometricTwoFactor.ReferenceMatcher.Imaging;

/// <summary>Reads a scan's header, fetches its tables and decodes its data.</summary>
internal static class JpegScan
{
    /// <summary>Null if all is well, otherwise the refusal.</summary>
    /// <param name="header">The scan's header without its length.</param>
    /// <param name="headers">What the file has said so far.</param>
    /// <param name="frame">The picture, allocated.</param>
    /// <param name="file">The whole file.</param>
    /// <param name="position">Where the scan's data begins; afterwards, where the next marker is to be looked for.</param>
    /// <param name="visits">The blocks that scans have visited so far.</param>
    /// <param name="maxVisits">The most they may.</param>
    public static string? Read(
        ReadOnlySpan<byte> header, JpegHeaders headers, JpegFrame frame, ReadOnlySpan<byte> file, ref int position, ref long visits, long maxVisits)
    {
        if (header.IsEmpty || header[0] is < 1 or > 4 || header.Length != 4 + (2 * header[0]))
        {
            return JpegRefusal.CorruptScan;
        }

        var components = new JpegComponent[header[0]];
        var tail = header[(1 + (2 * components.Length))..];
        var band = new ProgressiveBand(tail[0], tail[1], tail[2] >> 4, tail[2] & 15);
        for (var i = 0; i < components.Length; i++)
        {
            var id = header[1 + (2 * i)];
            var component = Array.Find(frame.Components, candidate => candidate.Id == id);
            if (component is null || Array.IndexOf(components, component) >= 0)
            {
                return JpegRefusal.CorruptScan;
            }

            components[i] = component;
            visits += components.Length == 1
                ? (long)component.BlocksWide * component.BlocksHigh
                : (long)component.PaddedWide * component.PaddedHigh;
            // A sequential component comes once, whole.
            if (!frame.Progressive && component.Quantisation is not null)
            {
                return JpegRefusal.CorruptScan;
            }

            var (dc, ac) = (header[2 + (2 * i)] >> 4, header[2 + (2 * i)] & 15);
            if (SetTables(component, headers, frame.Progressive ? band : null, dc, ac) is { } refusal)
            {
                return refusal;
            }
        }

        if (visits > maxVisits)
        {
            return JpegRefusal.TooMuchWork;
        }

        if (frame.Progressive && !band.Follows(components))
        {
            return JpegRefusal.CorruptScan;
        }

        var reader = new JpegBitReader(file, position);
        var unread = frame.Progressive
            ? ProgressiveScan.Decode(ref reader, frame, components, band, headers.RestartInterval)
            : BaselineScan.Decode(ref reader, frame, components, headers.RestartInterval);
        position = reader.Position;
        return unread;
    }

    private static string? SetTables(JpegComponent component, JpegHeaders headers, ProgressiveBand? band, int dc, int ac)
    {
        if (dc > 3 || ac > 3)
        {
            return JpegRefusal.CorruptScan;
        }

        if (component.Quantisation is null)
        {
            if (headers.Quantisation(component.Quantiser) is not { } table)
            {
                return JpegRefusal.MissingTable;
            }

            // A copy, since the slot may be filled anew for another component.
            component.Quantisation = [.. table];
        }

        if (band is null or { First: 0, High: 0 })
        {
            component.DcTable = headers.Dc(dc);
            if (component.DcTable is null)
            {
                return JpegRefusal.MissingTable;
            }

            if (!component.DcTable.Prepare(coefficients: false))
            {
                return JpegRefusal.CorruptTable;
            }
        }

        if (band is null or { First: > 0 })
        {
            component.AcTable = headers.Ac(ac);
            if (component.AcTable is null)
            {
                return JpegRefusal.MissingTable;
            }

            if (!component.AcTable.Prepare(coefficients: true))
            {
                return JpegRefusal.CorruptTable;
            }
        }

        return null;
    }
}
