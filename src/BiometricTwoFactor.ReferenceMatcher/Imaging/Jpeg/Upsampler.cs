using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace BiometricTwoFactor.ReferenceMatcher.Imaging;

/// <summary>
/// Gives one component's samples row by row at the picture's size. Where a component has half the samples along a side,
/// each new sample is three parts the nearer and one part the next nearest (a triangle filter, as libjpeg's); any other
/// ratio repeats samples, as libjpeg does. Halves round up, where libjpeg's lean to alternate sides: the matcher's
/// calibration was measured so, and the difference is at most one level of colour.
/// </summary>
internal sealed class Upsampler
{
    private readonly JpegComponent _component;
    private readonly int _horizontalIn;
    private readonly int _horizontalOut;
    private readonly int _verticalIn;
    private readonly int _verticalOut;
    private readonly bool _smoothAcross;
    private readonly bool _smoothDown;
    private readonly ushort[] _sums = [];
    private readonly byte[] _row = [];

    public Upsampler(JpegFrame frame, JpegComponent component)
    {
        _component = component;
        _horizontalIn = component.Horizontal * component.BlockSize;
        _horizontalOut = frame.MaxHorizontal * frame.SmallestBlock;
        _verticalIn = component.Vertical * component.BlockSize;
        _verticalOut = frame.MaxVertical * frame.SmallestBlock;
        var smooth = frame.SmallestBlock > 1;
        var (doubleAcross, doubleDown) = (_horizontalOut == 2 * _horizontalIn, _verticalOut == 2 * _verticalIn);
        _smoothAcross = smooth && doubleAcross && (doubleDown || _verticalOut == _verticalIn) && component.Width > 2;
        _smoothDown = smooth && doubleDown && (_smoothAcross || _horizontalOut == _horizontalIn);
        if (_smoothAcross || _smoothDown)
        {
            _sums = new ushort[component.Width + 2];
        }

        if (_horizontalIn != _horizontalOut || _verticalIn != _verticalOut)
        {
            _row = new byte[Math.Max(frame.OutputWidth, component.Width * 2)];
        }
    }

    /// <summary>A row of the picture, at least as wide as it. Valid until the next call.</summary>
    public ReadOnlySpan<byte> Row(int y)
    {
        if (_smoothDown)
        {
            var near = y / 2;
            var lower = (y & 1) == 1;
            var far = Math.Clamp(lower ? near + 1 : near - 1, 0, _component.Height - 1);
            Weigh(Samples(near), Samples(far));
            if (_smoothAcross)
            {
                Spread(4);
            }
            else
            {
                Narrow();
            }

            return _row;
        }

        var source = Samples(y * _verticalIn / _verticalOut);
        if (_smoothAcross)
        {
            Widen(source);
            Spread(2);
            return _row;
        }

        if (_horizontalIn == _horizontalOut)
        {
            return source;
        }

        for (var x = 0; x < _row.Length; x++)
        {
            _row[x] = source[Math.Min(x * _horizontalIn / _horizontalOut, source.Length - 1)];
        }

        return _row;
    }

    private ReadOnlySpan<byte> Samples(int y) => _component.Samples.AsSpan(y * _component.Stride, _component.Width);

    /// <summary>Three parts of one row and one of another.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Weigh(ReadOnlySpan<byte> near, ReadOnlySpan<byte> far)
    {
        var sums = _sums.AsSpan(1, near.Length);
        var i = 0;
        for (; i <= near.Length - Vector128<byte>.Count; i += Vector128<byte>.Count)
        {
            var (nearLow, nearHigh) = Vector128.Widen(Vector128.Create(near[i..]));
            var (farLow, farHigh) = Vector128.Widen(Vector128.Create(far[i..]));
            (nearLow + nearLow + nearLow + farLow).CopyTo(sums[i..]);
            (nearHigh + nearHigh + nearHigh + farHigh).CopyTo(sums[(i + 8)..]);
        }

        for (; i < near.Length; i++)
        {
            sums[i] = (ushort)((3 * near[i]) + far[i]);
        }
    }

    private void Widen(ReadOnlySpan<byte> source)
    {
        for (var i = 0; i < source.Length; i++)
        {
            _sums[i + 1] = source[i];
        }
    }

    private void Narrow()
    {
        var sums = _sums.AsSpan(1, _component.Width);
        for (var i = 0; i < sums.Length; i++)
        {
            _row[i] = (byte)((sums[i] + 2) >> 2);
        }
    }

    /// <summary>Makes two samples of each sum: three parts itself and one its left, then its right neighbour.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Spread(int shift)
    {
        var half = 1 << (shift - 1);
        var width = _component.Width;
        var sums = _sums.AsSpan();
        sums[0] = sums[1];
        sums[width + 1] = sums[width];
        var i = 0;
        if (BitConverter.IsLittleEndian)
        {
            var rounding = Vector128.Create((ushort)half);
            var pairs = MemoryMarshal.Cast<byte, ushort>(_row.AsSpan());
            for (; i <= width - Vector128<ushort>.Count; i += Vector128<ushort>.Count)
            {
                var middle = Vector128.Create<ushort>(sums[(i + 1)..]);
                var triple = middle + middle + middle;
                var first = (triple + Vector128.Create<ushort>(sums[i..]) + rounding) >> shift;
                var second = (triple + Vector128.Create<ushort>(sums[(i + 2)..]) + rounding) >> shift;
                (first | (second << 8)).CopyTo(pairs[i..]);
            }
        }

        for (; i < width; i++)
        {
            var triple = 3 * sums[i + 1];
            _row[2 * i] = (byte)((triple + sums[i] + half) >> shift);
            _row[(2 * i) + 1] = (byte)((triple + sums[i + 2] + half) >> shift);
        }
    }
}
