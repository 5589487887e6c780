using System.Runtime.InteropServices;

namespace BiometricTwoFactor.ReferenceMatcher.Imaging;

/// <summary>What one scan of a progressive picture sends: a band of coefficients, at first or one bit more of them.</summary>
/// <param name="First">The band's first coefficient in coded order.</param>
/// <param name="Last">The band's last.</param>
/// <param name="High">The lowest bit sent before, or 0 if this is the band's first scan.</param>
/// <param name="Low">The lowest bit this scan sends.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ProgressiveBand(int First, int Last, int High, int Low)
{
    /// <summary>Whether the scan follows from what was sent before; if so, notes it. No bit may be sent twice.</summary>
    public bool Follows(ReadOnlySpan<JpegComponent> components)
    {
        var sound = First == 0 ? Last == 0 : Last >= First && Last < 64 && components.Length == 1;
        if (!sound || Low > 13 || (High != 0 && High != Low + 1))
        {
            return false;
        }

        foreach (var component in components)
        {
            if (First > 0 && component.Precision[0] == JpegComponent.NotSent)
            {
                return false;
            }

            foreach (ref var precision in component.Precision.AsSpan(First, Last - First + 1))
            {
                if (precision != (High == 0 ? JpegComponent.NotSent : High))
                {
                    return false;
                }

                precision = (sbyte)Low;
            }
        }

        return true;
    }
}

/// <summary>One scan of a progressive picture: adds to its components' coefficients.</summary>
internal static class ProgressiveScan
{
    /// <summary>Decodes the scan. Null if all is well, otherwise the refusal.</summary>
    /// <param name="reader">Stands at the scan's data.</param>
    /// <param name="frame">The picture.</param>
    /// <param name="components">The scan's components, with their tables set.</param>
    /// <param name="band">What the scan sends.</param>
    /// <param name="restartInterval">MCUs between restart markers, or 0.</param>
    public static string? Decode(ref JpegBitReader reader, JpegFrame frame, ReadOnlySpan<JpegComponent> components, ProgressiveBand band, int restartInterval)
    {
        var alone = components.Length == 1;
        var wide = alone ? components[0].BlocksWide : frame.McusWide;
        var high = alone ? components[0].BlocksHigh : frame.McusHigh;
        var untilRestart = restartInterval;
        var restarts = 0;
        var endOfBand = 0;
        Forget(components);
        for (var y = 0; y < high; y++)
        {
            for (var x = 0; x < wide; x++)
            {
                if (restartInterval > 0 && untilRestart-- == 0)
                {
                    if (!reader.Restart(restarts++ & 7))
                    {
                        return Refusal(ref reader);
                    }

                    untilRestart = restartInterval - 1;
                    endOfBand = 0;
                    Forget(components);
                }

                var sound = band.First == 0
                    ? DecodeDcUnit(ref reader, components, band, x, y)
                    : DecodeBandBlock(ref reader, components[0], band, (y * components[0].PaddedWide) + x, ref endOfBand);
                if (!sound)
                {
                    return Refusal(ref reader);
                }
            }

            if (reader.Overrun)
            {
                return JpegRefusal.Truncated;
            }
        }

        return null;
    }

    private static void Forget(ReadOnlySpan<JpegComponent> components)
    {
        foreach (var component in components)
        {
            component.Prediction = 0;
        }
    }

    private static string Refusal(ref JpegBitReader reader) => reader.Overrun ? JpegRefusal.Truncated : JpegRefusal.CorruptData;

    private static bool DecodeDcUnit(ref JpegBitReader reader, ReadOnlySpan<JpegComponent> components, ProgressiveBand band, int x, int y)
    {
        foreach (var component in components)
        {
            var (acrossEnd, downEnd) = components.Length == 1 ? (1, 1) : (component.Horizontal, component.Vertical);
            for (var down = 0; down < downEnd; down++)
            {
                var at = ((((y * downEnd) + down) * component.PaddedWide) + (x * acrossEnd)) * 64;
                for (var across = 0; across < acrossEnd; across++, at += 64)
                {
                    if (band.High > 0)
                    {
                        component.Coefficients[at] |= (short)(reader.ReadBits(1) << band.Low);
                        continue;
                    }

                    var size = reader.ReadSize(component.DcTable!);
                    if (size < 0)
                    {
                        return false;
                    }

                    if (size > 0)
                    {
                        component.Prediction += BaselineScan.Extend(reader.ReadBits(size), size);
                    }

                    component.Coefficients[at] = (short)(component.Prediction << band.Low);
                }
            }
        }

        return true;
    }

    private static bool DecodeBandBlock(ref JpegBitReader reader, JpegComponent component, ProgressiveBand band, int index, ref int endOfBand)
    {
        if (band.High == 0)
        {
            if (endOfBand > 0)
            {
                endOfBand--;
                return true;
            }

            return DecodeFirst(ref reader, component.AcTable!, component.Coefficients.AsSpan(index * 64, 64), band, ref endOfBand);
        }

        var block = component.Coefficients.AsSpan(index * 64, 64);
        if (endOfBand > 0 && !block[1..].ContainsAnyExcept((short)0))
        {
            endOfBand--;
            return true;
        }

        return DecodeRefinement(ref reader, component.AcTable!, block, band, ref endOfBand);
    }

    private static bool DecodeFirst(ref JpegBitReader reader, HuffmanTable table, Span<short> block, ProgressiveBand band, ref int endOfBand)
    {
        var lookup = table.Lookup;
        var zigzag = Zigzag.Natural;
        var bits = reader.Bits;
        var count = reader.Count;
        var sound = true;
        for (var k = band.First; k <= band.Last; k++)
        {
            if (count < 32)
            {
                reader.Bits = bits;
                reader.Count = count;
                reader.Fill();
                bits = reader.Bits;
                count = reader.Count;
            }

            var entry = lookup[(int)(bits >> (64 - HuffmanTable.LookupBits))];
            var value = entry >> 16;
            if (value != 0)
            {
                k += (entry >> 8) & 15;
                bits <<= entry;
                count -= entry & 0xFF;
            }
            else
            {
                if (entry == 0 && (entry = table.FindLong(bits)) == 0)
                {
                    sound = false;
                    break;
                }

                bits <<= entry;
                count -= entry & 0xFF;
                var size = (entry >> 8) & 15;
                var run = entry >> 12;
                if (size == 0 && run == 15)
                {
                    k += 15;
                    continue;
                }

                var extra = size == 0 ? run : size;
                // A shift by 64 would be none at all, hence two.
                var magnitude = (int)(bits >> 1 >> (63 - extra));
                bits <<= extra;
                count -= extra;
                if (size == 0)
                {
                    endOfBand = (1 << run) + magnitude - 1;
                    break;
                }

                k += run;
                value = BaselineScan.Extend(magnitude, size);
            }

            if (k > band.Last)
            {
                sound = false;
                break;
            }

            block[zigzag[k]] = (short)(value << band.Low);
        }

        reader.Bits = bits;
        reader.Count = count;
        return sound;
    }

    private static bool DecodeRefinement(ref JpegBitReader reader, HuffmanTable table, Span<short> block, ProgressiveBand band, ref int endOfBand)
    {
        var zigzag = Zigzag.Natural;
        var bit = 1 << band.Low;
        var k = band.First;
        while (endOfBand == 0 && k <= band.Last)
        {
            if (reader.Count < 32)
            {
                reader.Fill();
            }

            var entry = table.Lookup[(int)(reader.Bits >> (64 - HuffmanTable.LookupBits))];
            var fresh = entry >> 16;
            int run;
            if (fresh != 0)
            {
                // A whole coefficient, sign included, which here can only be 1 or -1.
                if (fresh is not (1 or -1))
                {
                    return false;
                }

                run = (entry >> 8) & 15;
                Consume(ref reader, entry & 0xFF);
            }
            else
            {
                if (entry == 0 && (entry = table.FindLong(reader.Bits)) == 0)
                {
                    return false;
                }

                Consume(ref reader, entry & 0xFF);
                run = entry >> 12;
                switch ((entry >> 8) & 15)
                {
                    case 0 when run < 15:
                        endOfBand = (1 << run) + reader.ReadBits(run);
                        continue;
                    case 0:
                        break;
                    case 1:
                        fresh = reader.ReadBits(1) == 0 ? -1 : 1;
                        break;
                    default:
                        return false;
                }
            }

            k = Refine(ref reader, block, zigzag, k, band.Last, run, bit);
            if (fresh != 0)
            {
                if (k > band.Last)
                {
                    return false;
                }

                block[zigzag[k]] = (short)(fresh * bit);
            }

            k++;
        }

        if (endOfBand > 0)
        {
            Refine(ref reader, block, zigzag, k, band.Last, 64, bit);
            endOfBand--;
        }

        return true;
    }

    /// <summary>Reads one more bit of each coefficient that is not zero, until a zero is met after <paramref name="run"/> others. Returns its place.</summary>
    private static int Refine(ref JpegBitReader reader, Span<short> block, ReadOnlySpan<byte> zigzag, int k, int last, int run, int bit)
    {
        for (; k <= last; k++)
        {
            ref var coefficient = ref block[zigzag[k]];
            if (coefficient == 0)
            {
                if (run-- == 0)
                {
                    break;
                }
            }
            else if (reader.ReadBits(1) != 0)
            {
                coefficient += (short)(coefficient > 0 ? bit : -bit);
            }
        }

        return k;
    }

    private static void Consume(ref JpegBitReader reader, int count)
    {
        reader.Bits <<= count;
        reader.Count -= count;
    }
}
