using System.Numerics;

namespace BiometricTwoFactor.ReferenceMatcher.Tests.Imaging.Jpeg;

/// <summary>The entropy-coded data of one scan of <see cref="TestJpegWriter"/>.</summary>
public sealed class TestJpegScan(List<byte> bytes, (int First, int Last, int High, int Low) band, bool progressive, int components)
{
    private readonly int[] _predictions = new int[components];
    private readonly List<int> _runCorrections = [];
    private int _run;
    private int _bits;
    private int _count;

    public void Block(short[] block, int component)
    {
        if (!progressive)
        {
            Dc(block[0], component);
            Sequential(block);
        }
        else if (band is { First: 0, High: 0 })
        {
            Dc(block[0] >> band.Low, component);
        }
        else if (band.First == 0)
        {
            Put((block[0] >> band.Low) & 1, 1);
        }
        else if (band.High == 0)
        {
            First(block);
        }
        else
        {
            Refine(block);
        }
    }

    /// <summary>Ends the data: pending runs, then ones up to the next byte. What follows starts anew.</summary>
    public void Flush()
    {
        EndRun();
        while (_count > 0)
        {
            Put(1, 1);
        }

        Array.Clear(_predictions);
    }

    private static int Size(int value) => 32 - BitOperations.LeadingZeroCount((uint)Math.Abs(value));

    private void Dc(int value, int component)
    {
        var difference = value - _predictions[component];
        _predictions[component] = value;
        Symbol(TestHuffmanCode.Dc, Size(difference));
        Magnitude(difference);
    }

    private void Sequential(short[] block)
    {
        var zeros = 0;
        for (var k = 1; k < 64; k++)
        {
            if (block[k] == 0)
            {
                zeros++;
                continue;
            }

            for (; zeros > 15; zeros -= 16)
            {
                Symbol(TestHuffmanCode.Ac, 0xF0);
            }

            Symbol(TestHuffmanCode.Ac, (zeros << 4) | Size(block[k]));
            Magnitude(block[k]);
            zeros = 0;
        }

        if (zeros > 0)
        {
            Symbol(TestHuffmanCode.Ac, 0);
        }
    }

    private void First(short[] block)
    {
        var zeros = 0;
        for (var k = band.First; k <= band.Last; k++)
        {
            var value = Math.Sign(block[k]) * (Math.Abs(block[k]) >> band.Low);
            if (value == 0)
            {
                zeros++;
                continue;
            }

            EndRun();
            for (; zeros > 15; zeros -= 16)
            {
                Symbol(TestHuffmanCode.Ac, 0xF0);
            }

            Symbol(TestHuffmanCode.Ac, (zeros << 4) | Size(value));
            Magnitude(value);
            zeros = 0;
        }

        if (zeros > 0)
        {
            Lengthen([]);
        }
    }

    private void Refine(short[] block)
    {
        var lastNew = -1;
        for (var k = band.First; k <= band.Last; k++)
        {
            lastNew = Math.Abs(block[k]) >> band.Low == 1 ? k : lastNew;
        }

        var zeros = 0;
        var corrections = new List<int>();
        for (var k = band.First; k <= band.Last; k++)
        {
            var magnitude = Math.Abs(block[k]) >> band.Low;
            if (magnitude == 0)
            {
                zeros++;
                continue;
            }

            for (; zeros > 15 && k <= lastNew; zeros -= 16)
            {
                EndRun();
                Symbol(TestHuffmanCode.Ac, 0xF0);
                PutAll(corrections);
            }

            if (magnitude > 1)
            {
                corrections.Add(magnitude & 1);
                continue;
            }

            EndRun();
            Symbol(TestHuffmanCode.Ac, (zeros << 4) | 1);
            Put(block[k] > 0 ? 1 : 0, 1);
            PutAll(corrections);
            zeros = 0;
        }

        if (zeros > 0 || corrections.Count > 0)
        {
            Lengthen(corrections);
        }
    }

    private void Lengthen(List<int> corrections)
    {
        _runCorrections.AddRange(corrections);
        if (++_run == 0x7FFF)
        {
            EndRun();
        }
    }

    private void EndRun()
    {
        if (_run > 0)
        {
            var size = Size(_run) - 1;
            Symbol(TestHuffmanCode.Ac, size << 4);
            Put(_run - (1 << size), size);
            _run = 0;
            PutAll(_runCorrections);
        }
    }

    private void PutAll(List<int> bits)
    {
        bits.ForEach(bit => Put(bit, 1));
        bits.Clear();
    }

    private void Symbol(TestHuffmanCode code, int symbol) => Put(code[symbol].Code, code[symbol].Length);

    private void Magnitude(int value) => Put(value < 0 ? value - 1 : value, Size(value));

    private void Put(int value, int count)
    {
        for (var i = count - 1; i >= 0; i--)
        {
            _bits = (_bits << 1) | ((value >> i) & 1);
            if (++_count == 8)
            {
                bytes.Add((byte)_bits);
                if ((byte)_bits == 0xFF)
                {
                    bytes.Add(0);
                }

                (_bits, _count) = (0, 0);
            }
        }
    }
}
