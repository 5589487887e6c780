using System.Buffers.Binary;

namespace BiometricTwoFactor.ReferenceMatcher.Fuzzing;

/// <summary>Makes a new input out of an old one.</summary>
internal static class Mutator
{
    /// <summary>Long inputs are slow and seldom say more.</summary>
    private const int Longest = 32 * 1024;

    private static readonly long[] Interesting =
        [0, 1, 2, 3, 4, 7, 8, 15, 16, 17, 31, 32, 63, 64, 65, 127, 128, 255, 256, 257, 1023, 1024, 4096, 32767, 32768, 65535, 65536, int.MaxValue, uint.MaxValue, -2, -1];

    public static byte[] Mutate(Random random, byte[] parent, byte[] other)
    {
        byte[]? made = null;
        if (random.Next(10) < 7)
        {
            made = PngMutations.TryMutate(random, parent, other) ?? JpegMutations.TryMutate(random, parent, other);
        }

        made ??= MutateBody(random, parent, other);

        // Bytes that were changed at random die on a checksum, and nothing behind it would ever be reached.
        if (random.Next(10) < 8)
        {
            PngMutations.MendChecksums(made);
        }

        return made.Length <= Longest ? made : made[..Longest];
    }

    /// <summary>Mostly leaves the first bytes alone: without them a file is of no kind, and that is soon tried out.</summary>
    private static byte[] MutateBody(Random random, byte[] parent, byte[] other)
    {
        const int Start = 8;
        return parent.Length <= Start || random.Next(16) == 0
            ? MutateBytes(random, parent, other)
            : [.. parent.AsSpan(0, Start), .. MutateBytes(random, parent[Start..], other)];
    }

    /// <summary>One to sixteen changes that know nothing of the format.</summary>
    public static byte[] MutateBytes(Random random, byte[] bytes, byte[] other)
    {
        var made = bytes;
        for (var left = 1 << random.Next(5); left > 0; left--)
        {
            made = made.Length == 0 ? RandomBytes(random, 1 + random.Next(16)) : Change(random, made, other);
        }

        return ReferenceEquals(made, bytes) ? [.. bytes] : made;
    }

    public static byte[] RandomBytes(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    private static byte[] Change(Random random, byte[] bytes, byte[] other)
    {
        var at = random.Next(bytes.Length);
        var length = 1 + random.Next(Math.Min(bytes.Length - at, 1 << random.Next(8)));
        switch (random.Next(12))
        {
            case 0:
                return [.. bytes[..at], .. bytes[(at + length)..]];
            case 1:
                return [.. bytes[..at], .. bytes.AsSpan(at, length), .. bytes[at..]];
            case 2:
                return [.. bytes[..at], .. RandomBytes(random, 1 + random.Next(8)), .. bytes[at..]];
            case 3 when other.Length > 0:
                var from = random.Next(other.Length);
                return [.. bytes[..at], .. other.AsSpan(from, Math.Min(length, other.Length - from)), .. bytes[Math.Min(bytes.Length, at + (random.Next(2) * length))..]];
            case 4 when random.Next(4) == 0:
                return bytes[..at];
        }

        // What follows leaves the length as it is.
        var made = bytes.ToArray();
        switch (random.Next(6))
        {
            case 0:
                made[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                made[at] = (byte)random.Next(256);
                break;
            case 2:
                made[at] += (byte)(random.Next(33) - 16);
                break;
            case 3:
                Write(random, made.AsSpan(at), Interesting[random.Next(Interesting.Length)]);
                break;
            case 4:
                made.AsSpan(at, length).Fill((byte)(random.Next(3) == 0 ? random.Next(256) : random.Next(2) * 255));
                break;
            default:
                made.AsSpan(random.Next(bytes.Length - length + 1), length).CopyTo(made.AsSpan(at));
                break;
        }

        return made;
    }

    private static void Write(Random random, Span<byte> target, long value)
    {
        switch (random.Next(5))
        {
            case 0 when target.Length >= 4:
                BinaryPrimitives.WriteUInt32BigEndian(target, (uint)value);
                break;
            case 1 when target.Length >= 4:
                BinaryPrimitives.WriteUInt32LittleEndian(target, (uint)value);
                break;
            case 2 when target.Length >= 2:
                BinaryPrimitives.WriteUInt16BigEndian(target, (ushort)value);
                break;
            case 3 when target.Length >= 2:
                BinaryPrimitives.WriteUInt16LittleEndian(target, (ushort)value);
                break;
            default:
                target[0] = (byte)value;
                break;
        }
    }
}
