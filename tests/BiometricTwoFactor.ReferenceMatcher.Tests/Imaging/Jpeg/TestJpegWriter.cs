namespace BiometricTwoFactor.ReferenceMatcher.Tests.Imaging.Jpeg;

/// <summary>
/// A small JPEG encoder for tests: any components and sampling, baseline in one scan or several, progressive with spectral
/// selection and successive approximation. Slow and plain; the same options and samples give the same bytes.
/// </summary>
public sealed class TestJpegWriter
{
    private static readonly (int First, int Last, int High, int Low)[] Bands =
    [
        (0, 0, 0, 1), (1, 5, 0, 2), (6, 63, 0, 2), (1, 63, 2, 1), (0, 0, 1, 0), (1, 63, 1, 0),
    ];

    private readonly TestJpegOptions _options;
    private readonly List<byte> _bytes = [];
    private readonly int _maxHorizontal;
    private readonly int _maxVertical;
    private readonly int _mcusWide;
    private readonly int _mcusHigh;
    private readonly short[][][] _blocks;

    private TestJpegWriter(TestJpegOptions options, Func<int, int, int, byte> sample)
    {
        _options = options;
        _maxHorizontal = options.Components.Max(component => component.Horizontal);
        _maxVertical = options.Components.Max(component => component.Vertical);
        _mcusWide = DivideUp(options.Width, 8 * _maxHorizontal);
        _mcusHigh = DivideUp(options.Height, 8 * _maxVertical);
        _blocks = [.. options.Components.Select((_, index) => Blocks(index, sample))];
    }

    /// <summary>Encodes a picture.</summary>
    /// <param name="options">What to write.</param>
    /// <param name="sample">The value of a component (first argument) at a column and a row of the picture.</param>
    public static byte[] Write(TestJpegOptions options, Func<int, int, int, byte> sample) => new TestJpegWriter(options, sample).Write();

    private static int DivideUp(int value, int by) => (value + by - 1) / by;

    private byte[] Write()
    {
        _bytes.AddRange([0xFF, 0xD8]);
        if (_options.Jfif)
        {
            Segment(0xE0, [.. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 0, 0]);
        }

        if (_options.Orientation is { } orientation)
        {
            Segment(0xE1, [.. "Exif\0\0"u8, .. Exif(orientation, _options.LittleEndianExif)]);
        }

        if (_options.Adobe is { } transform)
        {
            Segment(0xEE, [.. "Adobe"u8, 0, 100, 0, 0, 0, 0, transform]);
        }

        Segment(0xFE, "a comment"u8);
        Segment(0xDB, [(byte)(_options.WideTables ? 0x10 : 0), .. Enumerable.Repeat(_options.Quantiser, 64).SelectMany(QuantiserBytes)]);
        var frame = _options.FrameMarker ?? (byte)(_options.Progressive ? 0xC2 : 0xC0);
        Segment(frame, [
            8, .. Short(_options.Height), .. Short(_options.Width), (byte)_options.Components.Count,
            .. _options.Components.SelectMany(component => new byte[] { component.Id, (byte)((component.Horizontal << 4) | component.Vertical), 0 })]);
        Segment(0xC4, [0x00, .. TestHuffmanCode.Dc.Definition, 0x10, .. TestHuffmanCode.Ac.Definition]);
        if (_options.RestartInterval > 0)
        {
            Segment(0xDD, Short(_options.RestartInterval));
        }

        var all = Enumerable.Range(0, _options.Components.Count).ToArray();
        if (_options.Progressive)
        {
            foreach (var band in Bands)
            {
                foreach (var components in band.First == 0 ? [all] : all.Select(index => new[] { index }))
                {
                    Scan(components, band);
                }
            }
        }
        else
        {
            foreach (var components in _options.Interleaved ? [all] : all.Select(index => new[] { index }))
            {
                Scan(components, (0, 63, 0, 0));
            }
        }

        Marker(0xD9);
        return [.. _bytes];
    }

    private IEnumerable<byte> QuantiserBytes(int value) => _options.WideTables ? Short(value) : [(byte)value];

    private static byte[] Short(int value) => [(byte)(value >> 8), (byte)value];

    private static byte[] Exif(int orientation, bool little)
    {
        byte[] bytes = [
            .. "MM\0*"u8, 0, 0, 0, 8, 0, 2,
            0x01, 0x0F, 0, 2, 0, 0, 0, 2, (byte)'x', 0, 0, 0,
            0x01, 0x12, 0, 3, 0, 0, 0, 1, (byte)(orientation >> 8), (byte)orientation, 0, 0,
            0, 0, 0, 0];
        if (little)
        {
            (int At, int Size)[] numbers = [(2, 2), (4, 4), (8, 2), (10, 2), (12, 2), (14, 4), (22, 2), (24, 2), (26, 4), (30, 2)];
            "II"u8.CopyTo(bytes);
            foreach (var (at, size) in numbers)
            {
                bytes.AsSpan(at, size).Reverse();
            }
        }

        return bytes;
    }

    private void Marker(byte code)
    {
        _bytes.AddRange(Enumerable.Repeat((byte)0xFF, 1 + _options.FillBytes));
        _bytes.Add(code);
    }

    private void Segment(byte code, ReadOnlySpan<byte> payload)
    {
        Marker(code);
        _bytes.AddRange(Short(payload.Length + 2));
        _bytes.AddRange(payload);
    }

    private void Scan(int[] components, (int First, int Last, int High, int Low) band)
    {
        Segment(0xDA, [
            (byte)components.Length,
            .. components.SelectMany(index => new byte[] { _options.Components[index].Id, 0x00 }),
            (byte)band.First, (byte)band.Last, (byte)((band.High << 4) | band.Low)]);
        var scan = new TestJpegScan(_bytes, band, _options.Progressive, _options.Components.Count);
        var alone = components.Length == 1;
        var (_, horizontal, vertical) = _options.Components[components[0]];
        var wide = alone ? DivideUp(_options.Width * horizontal, 8 * _maxHorizontal) : _mcusWide;
        var high = alone ? DivideUp(_options.Height * vertical, 8 * _maxVertical) : _mcusHigh;
        var done = 0;
        for (var y = 0; y < high; y++)
        {
            for (var x = 0; x < wide; x++, done++)
            {
                if (_options.RestartInterval > 0 && done > 0 && done % _options.RestartInterval == 0)
                {
                    scan.Flush();
                    Marker((byte)(0xD0 + ((done / _options.RestartInterval - 1) & 7)));
                }

                foreach (var index in components)
                {
                    var (across, down) = alone ? (1, 1) : (_options.Components[index].Horizontal, _options.Components[index].Vertical);
                    for (var i = 0; i < across * down; i++)
                    {
                        scan.Block(_blocks[index][(((y * down) + (i / across)) * _mcusWide * _options.Components[index].Horizontal) + (x * across) + (i % across)], index);
                    }
                }
            }
        }

        scan.Flush();
    }

    /// <summary>All blocks of a component, whole MCUs, row by row: quantised coefficients in coded order.</summary>
    private short[][] Blocks(int index, Func<int, int, int, byte> sample)
    {
        var (_, horizontal, vertical) = _options.Components[index];
        var blocks = new short[_mcusWide * horizontal * _mcusHigh * vertical][];
        for (var i = 0; i < blocks.Length; i++)
        {
            var (left, top) = (8 * (i % (_mcusWide * horizontal)), 8 * (i / (_mcusWide * horizontal)));
            blocks[i] = TestJpegTransform.Forward((x, y) => Average(index, left + x, top + y, sample), _options.Quantiser);
        }

        return blocks;
    }

    /// <summary>The mean of the picture's samples that one of the component's covers; beyond the edge, the edge.</summary>
    private double Average(int index, int x, int y, Func<int, int, int, byte> sample)
    {
        var (_, horizontal, vertical) = _options.Components[index];
        var (left, right) = (x * _maxHorizontal / horizontal, Math.Max(x * _maxHorizontal / horizontal + 1, (x + 1) * _maxHorizontal / horizontal));
        var (top, bottom) = (y * _maxVertical / vertical, Math.Max(y * _maxVertical / vertical + 1, (y + 1) * _maxVertical / vertical));
        var sum = 0;
        for (var row = top; row < bottom; row++)
        {
            for (var column = left; column < right; column++)
            {
                sum += sample(index, Math.Min(column, _options.Width - 1), Math.Min(row, _options.Height - 1));
            }
        }

        return (double)sum / ((bottom - top) * (right - left));
    }
}
