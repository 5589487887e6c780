using System.Numerics;

namespace BiometricTwoFactor.ReferenceMatcher.Imaging;

/// <summary>Undoes what a row's filter did: each byte was stored as its difference from what its neighbours foretell.</summary>
internal static class PngFilter
{
    /// <summary>Restores a row in place.</summary>
    /// <param name="filter">0 none, 1 left, 2 above, 3 their mean, 4 Paeth's choice.</param>
    /// <param name="row">The row as stored.</param>
    /// <param name="above">The row before it in the same pass, restored; zeros for the first.</param>
    /// <param name="distance">Bytes from a byte to its left neighbour's: <see cref="PngHeader.FilterDistance"/>.</param>
    /// <returns>False where there is no such filter.</returns>
    public static bool TryUndo(int filter, Span<byte> row, ReadOnlySpan<byte> above, int distance)
    {
        switch (filter)
        {
            case 0:
                return true;
            case 1:
                Left(row, distance);
                return true;
            case 2:
                Above(row, above);
                return true;
            case 3:
                Mean(row, above, distance);
                return true;
            case 4:
                Paeth(row, above, distance);
                return true;
            default:
                return false;
        }
    }

    private static void Left(Span<byte> row, int distance)
    {
        for (var i = distance; i < row.Length; i++)
        {
            row[i] += row[i - distance];
        }
    }

    private static void Above(Span<byte> row, ReadOnlySpan<byte> above)
    {
        above = above[..row.Length];
        var i = 0;
        for (; i <= row.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            (new Vector<byte>(row[i..]) + new Vector<byte>(above[i..])).CopyTo(row[i..]);
        }

        for (; i < row.Length; i++)
        {
            row[i] += above[i];
        }
    }

    private static void Mean(Span<byte> row, ReadOnlySpan<byte> above, int distance)
    {
        above = above[..row.Length];
        var first = Math.Min(distance, row.Length);
        for (var i = 0; i < first; i++)
        {
            row[i] += (byte)(above[i] / 2);
        }

        for (var i = first; i < row.Length; i++)
        {
            row[i] += (byte)((row[i - distance] + above[i]) / 2);
        }
    }

    private static void Paeth(Span<byte> row, ReadOnlySpan<byte> above, int distance)
    {
        above = above[..row.Length];
        var first = Math.Min(distance, row.Length);
        for (var i = 0; i < first; i++)
        {
            row[i] += above[i]; // left and corner are zero, and above is the nearest to above
        }

        for (var i = first; i < row.Length; i++)
        {
            int left = row[i - distance], up = above[i], corner = above[i - distance];

            // The nearest of the three to left + up - corner; ties go to the left, then up.
            int toLeft = Math.Abs(up - corner), toUp = Math.Abs(left - corner), toCorner = Math.Abs(left + up - (2 * corner));
            var foretold = toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
            row[i] += (byte)foretold;
        }
    }
}
