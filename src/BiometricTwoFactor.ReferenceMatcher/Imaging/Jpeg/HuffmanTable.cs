namespace BiometricTwoFactor.ReferenceMatcher.Imaging;

/// <summary>
/// One Huffman table slot of a file. A definition is only noted; the lookup is built when a scan uses it, so that a file
/// of nothing but tables costs no more than its bytes.
/// </summary>
internal sealed class HuffmanTable
{
    /// <summary>Codes up to this length are found with one look.</summary>
    public const int LookupBits = 10;

    private const int LongestCode = 16;

    private readonly byte[] _counts = new byte[LongestCode + 1];
    private readonly byte[] _symbols = new byte[256];
    private readonly int[] _limits = new int[LongestCode + 1];
    private readonly int[] _offsets = new int[LongestCode + 1];
    private readonly int[] _lookup = new int[1 << LookupBits];
    private bool _built;
    private bool _sound;

    /// <summary>
    /// By the next <see cref="LookupBits"/> bits. Upper half not zero: a whole coefficient, its value there, its run of
    /// zeros in bits 8 to 11, and in the lowest byte the bits of code and value together. Upper half zero: the symbol in
    /// bits 8 to 15 and the bits of its code in the lowest byte. Zero: the code is longer, or there is none.
    /// </summary>
    public ReadOnlySpan<int> Lookup => _lookup;

    /// <summary>Notes a definition: how many codes there are of each length from 1 to 16, and their symbols in order.</summary>
    public void Define(ReadOnlySpan<byte> counts, ReadOnlySpan<byte> symbols)
    {
        counts.CopyTo(_counts.AsSpan(1));
        symbols.CopyTo(_symbols);
        _built = false;
    }

    /// <summary>Makes the table ready for a scan. False if its codes do not fit, or if a symbol has no meaning.</summary>
    /// <param name="coefficients">True for a table of run and size (AC); false for one of sizes alone (DC).</param>
    public bool Prepare(bool coefficients)
    {
        if (!_built)
        {
            _sound = Build(coefficients);
            _built = true;
        }

        return _sound;
    }

    /// <summary>For codes the lookup does not hold: symbol and length as in <see cref="Lookup"/>, or 0 if there is no such code.</summary>
    public int FindLong(ulong bits)
    {
        var code = (int)(bits >> (64 - LongestCode));
        for (var length = LookupBits + 1; length <= LongestCode; length++)
        {
            if (code < _limits[length])
            {
                return (_symbols[(_offsets[length] + (code >> (LongestCode - length))) & 0xFF] << 8) | length;
            }
        }

        return 0;
    }

    private bool Build(bool coefficients)
    {
        Array.Clear(_lookup);
        var code = 0;
        var index = 0;
        for (var length = 1; length <= LongestCode; length++)
        {
            code <<= 1;
            _offsets[length] = index - code;
            for (var n = 0; n < _counts[length]; n++, code++, index++)
            {
                if (code >= 1 << length || (!coefficients && _symbols[index] > 15))
                {
                    return false;
                }

                if (length <= LookupBits)
                {
                    Enter(code, length, _symbols[index], coefficients);
                }
            }

            _limits[length] = code << (LongestCode - length);
        }

        return true;
    }

    private void Enter(int code, int length, int symbol, bool coefficients)
    {
        var free = LookupBits - length;
        var size = symbol & 15;
        var whole = coefficients && size > 0 && size <= free;
        for (var rest = 0; rest < 1 << free; rest++)
        {
            var entry = (symbol << 8) | length;
            if (whole)
            {
                var magnitude = rest >> (free - size);
                var value = magnitude >= 1 << (size - 1) ? magnitude : magnitude - (1 << size) + 1;
                entry = (value << 16) | (symbol >> 4 << 8) | (length + size);
            }

            _lookup[(code << free) | rest] = entry;
        }
    }
}
