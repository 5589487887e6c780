using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace BiometricTwoFactor.ReferenceMatcher.Imaging;

/// <summary>
/// Reads the bits of entropy-coded data, most significant first, up to the next marker. Beyond it come zeros, so that
/// the decoding loops need no checks of their own; whether any were used is <see cref="Overrun"/>.
/// </summary>
internal ref struct JpegBitReader(ReadOnlySpan<byte> file, int position)
{
    private readonly ReadOnlySpan<byte> _file = file;
    private int _padding;

    /// <summary>The next bits, the first on top. Hot loops keep this and <see cref="Count"/> in locals of their own.</summary>
    public ulong Bits;

    /// <summary>How many of <see cref="Bits"/> count.</summary>
    public int Count;

    /// <summary>Where the next byte is read. Never beyond the marker that ends the data.</summary>
    public int Position { get; private set; } = position;

    /// <summary>More was read than there is.</summary>
    public readonly bool Overrun => Count < _padding;

    /// <summary>Tops <see cref="Count"/> up to at least 56 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Fill()
    {
        if (Position <= _file.Length - sizeof(ulong))
        {
            var next = BinaryPrimitives.ReadUInt64BigEndian(_file[Position..]);
            // No byte of it is 0xFF: neither a stuffed byte nor a marker.
            if (((~next - 0x0101010101010101) & next & 0x8080808080808080) == 0)
            {
                // Bits beyond Count are a head start on the byte at Position, which will be or-ed in once more.
                Bits |= next >> Count;
                Position += (63 - Count) >> 3;
                Count |= 56;
                return;
            }
        }

        FillSlowly();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int ReadBits(int count)
    {
        if (count == 0)
        {
            return 0;
        }

        if (Count < count)
        {
            Fill();
        }

        var value = (int)(Bits >> (64 - count));
        Bits <<= count;
        Count -= count;
        return value;
    }

    /// <summary>A symbol of a table of sizes (DC), or -1 if the bits are no code of the table.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int ReadSize(HuffmanTable table)
    {
        if (Count < 16)
        {
            Fill();
        }

        var entry = table.Lookup[(int)(Bits >> (64 - HuffmanTable.LookupBits))];
        if (entry == 0 && (entry = table.FindLong(Bits)) == 0)
        {
            return -1;
        }

        Bits <<= entry & 0xFF;
        Count -= entry & 0xFF;
        return entry >> 8;
    }

    /// <summary>
    /// Passes the restart marker that must come next and empties the reader. False if data is left over, or if another
    /// marker stands there.
    /// </summary>
    public bool Restart(int number)
    {
        if (Count - _padding >= 8 || Overrun)
        {
            return false;
        }

        // Fill bytes may stand before the marker, nothing else.
        var fill = Math.Max(_file[Position..].IndexOfAnyExcept((byte)0xFF), 0);
        if (fill == 0 || _file[Position + fill] != JpegMarker.Restart0 + number)
        {
            return false;
        }

        Position += fill + 1;
        Bits = 0;
        Count = 0;
        _padding = 0;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FillSlowly()
    {
        while (Count < 56)
        {
            var value = 0;
            if (Position >= _file.Length)
            {
                _padding += 8;
            }
            else if ((value = _file[Position]) != 0xFF)
            {
                Position++;
            }
            else if (Position + 1 >= _file.Length)
            {
                value = 0;
                _padding += 8;
            }
            else if (_file[Position + 1] == 0)
            {
                Position += 2;
            }
            else if (_file[Position + 1] == 0xFF)
            {
                Position++; // a fill byte before a marker
                continue;
            }
            else
            {
                value = 0;
                _padding += 8;
            }

            Bits |= (ulong)value << (56 - Count);
            Count += 8;
        }
    }
}
