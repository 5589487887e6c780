namespace BiometricTwoFactor.ReferenceMatcher.Fuzzing;

/// <summary>Changes to a JPEG that keep its segments' lengths right, so that the change is reached.</summary>
internal static class JpegMutations
{
    private const byte StartOfScan = 0xDA;

    private static readonly byte[] Markers =
        [0xC0, 0xC1, 0xC2, 0xC3, 0xC4, 0xC8, 0xC9, 0xCA, 0xCC, 0xD0, 0xD7, 0xD8, 0xD9, 0xDA, 0xDB, 0xDC, 0xDD, 0xE0, 0xE1, 0xE2, 0xEE, 0xFE, 0x01];

    /// <summary>Null where the parent is no JPEG.</summary>
    public static byte[]? TryMutate(Random random, byte[] parent, byte[] other)
    {
        var segments = Read(parent);
        if (segments.Count == 0)
        {
            return null;
        }

        for (var left = 1 + random.Next(3); left > 0; left--)
        {
            Change(random, segments, other);
        }

        List<byte> file = [0xFF, 0xD8];
        foreach (var segment in segments)
        {
            var length = Math.Min(segment.Data.Length, 65533);
            file.AddRange([0xFF, segment.Marker]);
            if (HasLength(segment.Marker))
            {
                file.AddRange([(byte)((length + 2) >> 8), (byte)(length + 2)]);
                file.AddRange(segment.Data.AsSpan(0, length));
            }

            file.AddRange(segment.Coded);
        }

        return [.. file];
    }

    private static bool HasLength(byte marker) => marker is not (0x01 or (>= 0xD0 and <= 0xD9));

    private static List<Segment> Read(ReadOnlySpan<byte> file)
    {
        List<Segment> segments = [];
        if (!file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8]))
        {
            return segments;
        }

        for (var at = 2; at + 2 <= file.Length;)
        {
            var marker = file[at + 1];
            if (file[at] != 0xFF || marker is 0 or 0xFF)
            {
                at++;
                continue;
            }

            at += 2;
            var data = ReadOnlySpan<byte>.Empty;
            if (HasLength(marker) && at + 2 <= file.Length)
            {
                var length = Math.Max(2, (file[at] << 8) | file[at + 1]);
                data = file[(at + 2)..Math.Min(file.Length, at + length)];
                at = Math.Min(file.Length, at + length);
            }

            var coded = at;
            while (marker == StartOfScan && at < file.Length && !(file[at] == 0xFF && at + 1 < file.Length && file[at + 1] is not (0 or 0xFF or (>= 0xD0 and <= 0xD7))))
            {
                at++;
            }

            segments.Add(new Segment(marker, data.ToArray(), file[coded..at].ToArray()));
        }

        return segments;
    }

    private static void Change(Random random, List<Segment> segments, byte[] other)
    {
        if (segments.Count == 0)
        {
            segments.Add(new Segment(0xD9, [], []));
        }

        var at = random.Next(segments.Count);
        var segment = segments[at];
        switch (random.Next(10))
        {
            case 0 or 1:
                segments[at] = segment with { Data = Mutator.MutateBytes(random, segment.Data, other) };
                break;
            case 2:
                segments.RemoveAt(at);
                break;
            case 3:
                segments.Insert(random.Next(segments.Count + 1), segment);
                break;
            case 4:
                var with = random.Next(segments.Count);
                (segments[at], segments[with]) = (segments[with], segment);
                break;
            case 5:
                segments[at] = segment with { Marker = Markers[random.Next(Markers.Length)] };
                break;
            case 6:
                var others = Read(other);
                if (others.Count > 0)
                {
                    segments.Insert(random.Next(segments.Count + 1), others[random.Next(others.Count)]);
                }

                break;
            case 7:
                segments.Insert(at, Made(random));
                break;
            default:
                var scan = segments.FindIndex(at, one => one.Marker == StartOfScan);
                if (scan >= 0)
                {
                    segments[scan] = segments[scan] with { Coded = ChangeCoded(random, segments[scan].Coded, other) };
                }

                break;
        }
    }

    private static Segment Made(Random random) => random.Next(4) switch
    {
        0 => new Segment(0xE1, [.. "Exif\0\0"u8, .. Seeds.Tiff(random.Next(10), random.Next(2) == 0)], []),
        1 => new Segment(0xDD, [0, (byte)random.Next(4)], []),
        2 => new Segment(0xEE, [.. "Adobe"u8, 0, 100, 0, 0, 0, 0, (byte)random.Next(4)], []),
        _ => new Segment(Markers[random.Next(Markers.Length)], Mutator.RandomBytes(random, random.Next(20)), []),
    };

    private static byte[] ChangeCoded(Random random, byte[] coded, byte[] other)
    {
        if (random.Next(3) != 0)
        {
            return Mutator.MutateBytes(random, coded, other);
        }

        // A restart mark, or a stuffed 0xFF, where none was.
        var at = random.Next(coded.Length + 1);
        return [.. coded[..at], 0xFF, (byte)(random.Next(2) == 0 ? 0 : 0xD0 + random.Next(8)), .. coded[at..]];
    }

    private sealed record Segment(byte Marker, byte[] Data, byte[] Coded);
}
