using System.Runtime.CompilerServices;

namespace BiometricTwoFactor.ReferenceMatcher.Imaging;

/// <summary>One scan of a sequential picture: decodes each block and transforms it at once, so that no coefficients are kept.</summary>
internal static class BaselineScan
{
    private const int Failed = -1;

    /// <summary>Decodes the scan into its components' samples. Null if all is well, otherwise the refusal.</summary>
    /// <param name="reader">Stands at the scan's data.</param>
    /// <param name="frame">The picture.</param>
    /// <param name="components">The scan's components, with their tables set.</param>
    /// <param name="restartInterval">MCUs between restart markers, or 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static string? Decode(ref JpegBitReader reader, JpegFrame frame, ReadOnlySpan<JpegComponent> components, int restartInterval)
    {
        Span<short> block = stackalloc short[64];
        block.Clear();
        // A component alone comes block by block, and without the padding of whole MCUs.
        var alone = components.Length == 1;
        var wide = alone ? components[0].BlocksWide : frame.McusWide;
        var high = alone ? components[0].BlocksHigh : frame.McusHigh;
        var untilRestart = restartInterval;
        var restarts = 0;
        foreach (var component in components)
        {
            component.Prediction = 0;
        }

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
                    foreach (var component in components)
                    {
                        component.Prediction = 0;
                    }
                }

                foreach (var component in components)
                {
                    var (acrossEnd, downEnd) = alone ? (1, 1) : (component.Horizontal, component.Vertical);
                    for (var down = 0; down < downEnd; down++)
                    {
                        for (var across = 0; across < acrossEnd; across++)
                        {
                            var last = DecodeBlock(ref reader, component, block);
                            if (last == Failed)
                            {
                                return Refusal(ref reader);
                            }

                            InverseDct.Transform(block, last, component, (x * acrossEnd) + across, (y * downEnd) + down);
                            if (last > 0)
                            {
                                block.Clear();
                            }
                        }
                    }
                }
            }

            if (reader.Overrun)
            {
                return JpegRefusal.Truncated;
            }
        }

        return null;
    }

    private static string Refusal(ref JpegBitReader reader) => reader.Overrun ? JpegRefusal.Truncated : JpegRefusal.CorruptData;

    /// <summary>Decodes one block into a cleared span. Returns the place of its last coefficient in coded order, or <see cref="Failed"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int DecodeBlock(ref JpegBitReader reader, JpegComponent component, scoped Span<short> block)
    {
        var size = reader.ReadSize(component.DcTable!);
        if (size < 0)
        {
            return Failed;
        }

        if (size > 0)
        {
            component.Prediction += Extend(reader.ReadBits(size), size);
        }

        block[0] = (short)component.Prediction;
        var table = component.AcTable!;
        var lookup = table.Lookup;
        var zigzag = Zigzag.Natural;
        var bits = reader.Bits;
        var count = reader.Count;
        var last = 0;
        for (var k = 1; k < 64; k++)
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
                    (reader.Bits, reader.Count) = (bits, count);
                    return Failed;
                }

                bits <<= entry & 63;
                count -= entry & 0xFF;
                var magnitude = (entry >> 8) & 15;
                var run = entry >> 12;
                if (magnitude == 0)
                {
                    if (run != 15)
                    {
                        break;
                    }

                    k += 15;
                    continue;
                }

                k += run;
                value = Extend((int)(bits >> (64 - magnitude)), magnitude);
                bits <<= magnitude;
                count -= magnitude;
            }

            if (k > 63)
            {
                (reader.Bits, reader.Count) = (bits, count);
                return Failed;
            }

            block[zigzag[k]] = (short)value;
            last = k;
        }

        reader.Bits = bits;
        reader.Count = count;
        return last;
    }

    /// <summary>A coefficient from its magnitude bits: those that begin with 0 stand for negative values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int Extend(int magnitude, int size)
    {
        var below = (magnitude - (1 << (size - 1))) >> 31;
        return magnitude + (below & (1 - (1 << size)));
    }
}
