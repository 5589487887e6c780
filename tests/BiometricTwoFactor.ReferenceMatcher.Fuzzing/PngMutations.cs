using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using BiometricTwoFactor.ReferenceMatcher.Tests.Imaging.Png;

namespace BiometricTwoFactor.ReferenceMatcher.Fuzzing;

/// <summary>Changes to a PNG that leave its chunks whole, so that the change is reached.</summary>
internal static class PngMutations
{
    private const int MostRows = 256 * 1024;

    private static readonly string[] Types = ["IHDR", "PLTE", "IDAT", "IEND", "tRNS", "acTL", "fcTL", "fdAT", "eXIf", "tEXt", "gAMA", "iCCP", "sBIT", "CgBI", "zzzz"];

    /// <summary>Null where the parent is no PNG.</summary>
    public static byte[]? TryMutate(Random random, byte[] parent, byte[] other)
    {
        var chunks = Read(parent);
        if (chunks.Count == 0)
        {
            return null;
        }

        for (var left = 1 + random.Next(3); left > 0; left--)
        {
            Change(random, chunks, other);
        }

        return TestPngWriter.File([.. chunks.Select(chunk => TestPngWriter.Chunk(chunk.Type, chunk.Data))]);
    }

    /// <summary>Puts each chunk's checksum right, in place, as far as the chunks' lengths hold.</summary>
    public static void MendChecksums(Span<byte> file)
    {
        if (!file.StartsWith(TestPngWriter.Signature))
        {
            return;
        }

        for (var rest = file[8..]; rest.Length >= 12;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(rest);
            if (length > rest.Length - 12)
            {
                return;
            }

            BinaryPrimitives.WriteUInt32BigEndian(rest[((int)length + 8)..], TestPngWriter.Crc(rest[4..((int)length + 8)]));
            rest = rest[((int)length + 12)..];
        }
    }

    private static List<(string Type, byte[] Data)> Read(ReadOnlySpan<byte> file)
    {
        List<(string, byte[])> chunks = [];
        if (!file.StartsWith(TestPngWriter.Signature))
        {
            return chunks;
        }

        for (var rest = file[8..]; rest.Length >= 12;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(rest);
            if (length > rest.Length - 12)
            {
                break;
            }

            chunks.Add((Encoding.Latin1.GetString(rest.Slice(4, 4)), rest.Slice(8, (int)length).ToArray()));
            rest = rest[((int)length + 12)..];
        }

        return chunks;
    }

    private static void Change(Random random, List<(string Type, byte[] Data)> chunks, byte[] other)
    {
        if (chunks.Count == 0)
        {
            chunks.Add(("IHDR", new byte[13]));
        }

        var at = random.Next(chunks.Count);
        var chunk = chunks[at];
        switch (random.Next(11))
        {
            case 0:
                chunks[at] = (chunk.Type, Mutator.MutateBytes(random, chunk.Data, other));
                break;
            case 1:
                chunks.RemoveAt(at);
                break;
            case 2:
                chunks.Insert(random.Next(chunks.Count + 1), chunk);
                break;
            case 3:
                var with = random.Next(chunks.Count);
                (chunks[at], chunks[with]) = (chunks[with], chunk);
                break;
            case 4:
                var data = random.Next(3) == 0 ? Seeds.Tiff(random.Next(10), random.Next(2) == 0) : Mutator.RandomBytes(random, random.Next(20));
                chunks.Insert(at, (Types[random.Next(Types.Length)], data));
                break;
            case 5:
                var others = Read(other);
                if (others.Count > 0)
                {
                    chunks.Insert(random.Next(chunks.Count + 1), others[random.Next(others.Count)]);
                }

                break;
            case 6 or 7:
                ChangeHeader(random, chunks);
                break;
            default:
                ChangeRows(random, chunks, other);
                break;
        }
    }

    private static void ChangeHeader(Random random, List<(string Type, byte[] Data)> chunks)
    {
        var at = chunks.FindIndex(chunk => chunk.Type == "IHDR" && chunk.Data.Length == 13);
        if (at < 0)
        {
            return;
        }

        var data = chunks[at].Data.ToArray();
        switch (random.Next(5))
        {
            case 0:
                (data[9], data[8]) = Legal(random);
                break;
            case 1:
                data[12] ^= 1;
                break;
            case 2 or 3:
                // Mostly sizes that the data may suffice for.
                BinaryPrimitives.WriteInt32BigEndian(data.AsSpan(random.Next(2) * 4), random.Next(1 << (1 + random.Next(random.Next(4) == 0 ? 30 : 9))));
                break;
            default:
                data[random.Next(13)] = (byte)random.Next(256);
                break;
        }

        chunks[at] = ("IHDR", data);

        static (byte Colour, byte Depth) Legal(Random random)
        {
            var (colour, depth) = TestPng.Kinds[random.Next(TestPng.Kinds.Length)];
            return ((byte)colour, (byte)depth);
        }
    }

    /// <summary>Unpacks the image data, changes it, packs it again.</summary>
    private static void ChangeRows(Random random, List<(string Type, byte[] Data)> chunks, byte[] other)
    {
        var at = chunks.FindIndex(chunk => chunk.Type == "IDAT");
        if (at < 0)
        {
            return;
        }

        byte[] packed = [.. chunks.Where(chunk => chunk.Type == "IDAT").SelectMany(chunk => chunk.Data)];
        chunks.RemoveAll(chunk => chunk.Type == "IDAT");
        var rows = Inflate(packed);
        packed = random.Next(6) switch
        {
            0 => packed, // only cut into chunks anew
            1 => Pack([.. rows, .. new byte[random.Next(4096)]]),
            2 => Pack(WithFilters(random, rows)),
            _ => Pack(Mutator.MutateBytes(random, rows, other)),
        };
        for (var rest = packed.AsSpan(); !rest.IsEmpty;)
        {
            var length = random.Next(3) == 0 ? 1 + random.Next(rest.Length) : rest.Length;
            chunks.Insert(Math.Min(at++, chunks.Count), ("IDAT", rest[..length].ToArray()));
            rest = rest[length..];
        }
    }

    private static byte[] WithFilters(Random random, byte[] rows)
    {
        var stride = 1 + random.Next(64);
        for (var i = 0; i < rows.Length; i += stride)
        {
            rows[i] = (byte)random.Next(random.Next(8) == 0 ? 256 : 5);
        }

        return rows;
    }

    private static byte[] Pack(byte[] rows) => TestPngWriter.Compress(rows, CompressionLevel.Fastest);

    private static byte[] Inflate(byte[] packed)
    {
        using var zlib = new ZLibStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var rows = new MemoryStream();
        var part = new byte[4096];
        try
        {
            for (int read; rows.Length < MostRows && (read = zlib.Read(part)) > 0;)
            {
                rows.Write(part, 0, read);
            }
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            // What came out before the damage will do.
        }

        return rows.ToArray();
    }
}
