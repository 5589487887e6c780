using System.Numerics;
using System.Runtime.CompilerServices;
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
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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

                if (band is { First: > 0, High: 0 } && endOfBand > 0)
                {
                    // Nothing is sent for the blocks of a run: pass them up to the row's end or the next restart.
                    var passed = Math.Min(endOfBand, restartInterval > 0 ? Math.Min(untilRestart + 1, wide - x) : wide - x);
                    endOfBand -= passed;
                    untilRestart -= passed - 1;
                    x += passed - 1;
                    continue;
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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
        var block = component.Coefficients.AsSpan(index * 64, 64);
        return band.High == 0
            ? DecodeFirst(ref reader, component.AcTable!, block, band, ref endOfBand)
            : DecodeRefinement(ref reader, component.AcTable!, block, band, ref endOfBand);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool DecodeFirst(ref JpegBitReader reader, HuffmanTable table, Span<short> block, ProgressiveBand band, ref int endOfBand)
    {
        var lookup = table.Lookup;
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
                bits <<= entry & 63;
                count -= entry & 0xFF;
            }
            else
            {
                if (entry == 0 && (entry = table.FindLong(bits)) == 0)
                {
                    sound = false;
                    break;
                }

                bits <<= entry & 63;
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

            block[k] = (short)(value << band.Low);
        }

        reader.Bits = bits;
        reader.Count = count;
        return sound;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool DecodeRefinement(ref JpegBitReader reader, HuffmanTable table, Span<short> block, ProgressiveBand band, ref int endOfBand)
    {
        var lookup = table.Lookup;
        var bit = 1 << band.Low;
        var bits = reader.Bits;
        var count = reader.Count;
        var sound = true;
        var nonzero = CoefficientMask.NonZero(block);
        // What of the band is still to come.
        var rest = (ulong.MaxValue << band.First) & (ulong.MaxValue >> (63 - band.Last));
        while (rest != 0)
        {
            var zeros = 0UL;
            var fresh = 0;
            if (endOfBand == 0)
            {
                if (count < 32)
                {
                    (reader.Bits, reader.Count) = (bits, count);
                    reader.Fill();
                    (bits, count) = (reader.Bits, reader.Count);
                }

                var entry = lookup[(int)(bits >> (64 - HuffmanTable.LookupBits))];
                if (entry == 0 && (entry = table.FindLong(bits)) == 0)
                {
                    sound = false;
                    break;
                }

                bits <<= entry & 0xFF;
                count -= entry & 0xFF;
                fresh = entry >> 16;
                var run = fresh != 0 ? (entry >> 8) & 15 : entry >> 12;
                var size = fresh != 0 ? 1 : (entry >> 8) & 15;
                // A coefficient that was zero can only become 1 or -1 with one more bit.
                if (size > 1 || fresh is < -1 or > 1)
                {
                    sound = false;
                    break;
                }

                if (size == 0 && run < 15)
                {
                    endOfBand = (1 << run) + (int)(bits >> 1 >> (63 - run));
                    bits <<= run;
                    count -= run;
                }
                else
                {
                    if (fresh == 0 && size == 1)
                    {
                        fresh = (bits >> 63) == 0 ? -1 : 1;
                        bits <<= 1;
                        count--;
                    }

                    // The zero behind the run of others is where the new coefficient goes.
                    for (zeros = ~nonzero & rest; run > 0; run--)
                    {
                        zeros &= zeros - 1;
                    }
                }
            }

            // One more bit for each coefficient up to there that is not zero.
            var place = zeros & (0 - zeros);
            for (var met = nonzero & rest & (place - 1); met != 0; met &= met - 1)
            {
                if (count == 0)
                {
                    (reader.Bits, reader.Count) = (bits, count);
                    reader.Fill();
                    (bits, count) = (reader.Bits, reader.Count);
                }

                ref var coefficient = ref block[BitOperations.TrailingZeroCount(met)];
                var sign = coefficient >> 15;
                var more = (int)((long)bits >> 63) & bit;
                coefficient += (short)((more ^ sign) - sign);
                bits <<= 1;
                count--;
            }

            if (place == 0)
            {
                // The band has ended: well, unless a coefficient was still to come.
                sound = fresh == 0;
                break;
            }

            if (fresh != 0)
            {
                block[BitOperations.TrailingZeroCount(place)] = (short)(fresh * bit);
            }

            // Everything above the place.
            rest &= ~(place | (place - 1));
        }

        (reader.Bits, reader.Count) = (bits, count);
        if (endOfBand > 0)
        {
            endOfBand--;
        }

        return sound;
    }
}
