using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace BiometricTwoFactor.ReferenceMatcher.Imaging;

/// <summary>What a JPEG picture's components mean.</summary>
internal enum JpegColorKind
{
    Grey,
    YCbCr,
    Rgb,
    Cmyk,
    Ycck,
}

/// <summary>
/// Turns a row of components into red, green and blue. Ink colours (CMYK) are taken as Adobe stores them, inverted: 255 is
/// no ink. Red is then cyan times black over 255, rounded, and so on, which is what djpeg and ImageMagick make of such
/// files without a colour profile, be Adobe's marker there or not. YCCK holds the inks' complements as YCbCr.
/// </summary>
internal static class JpegColor
{
    // 1.402, 0.344136, 0.714136 and 1.772 in 16-bit fixed point.
    private const int RedOfCr = 91881;
    private const int GreenOfCb = 22554;
    private const int GreenOfCr = 46802;
    private const int BlueOfCb = 116130;
    private const int Half = 1 << 15;

    /// <summary>The meaning of a frame's components: JFIF's word first, then Adobe's, then the components' names, as libjpeg judges.</summary>
    public static JpegColorKind Kind(JpegFrame frame, bool isJfif, int adobeTransform)
    {
        var components = frame.Components;
        switch (components.Length)
        {
            case 1:
                return JpegColorKind.Grey;
            case 4:
                return adobeTransform is -1 or 0 ? JpegColorKind.Cmyk : JpegColorKind.Ycck;
            default:
                if (isJfif)
                {
                    return JpegColorKind.YCbCr;
                }

                var namedRgb = components[0].Id == 'R' && components[1].Id == 'G' && components[2].Id == 'B';
                return adobeTransform == 0 || (adobeTransform == -1 && namedRgb) ? JpegColorKind.Rgb : JpegColorKind.YCbCr;
        }
    }

    /// <summary>Converts one row. The inputs are at least as long as the row is wide; those the kind lacks are empty.</summary>
    public static void Convert(
        JpegColorKind kind, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> third, ReadOnlySpan<byte> fourth, Span<byte> rgb)
    {
        var width = rgb.Length / 3;
        switch (kind)
        {
            case JpegColorKind.Grey:
                Interleave(first[..width], first, first, rgb);
                break;
            case JpegColorKind.Rgb:
                Interleave(first[..width], second, third, rgb);
                break;
            case JpegColorKind.YCbCr:
                FromYCbCr(first[..width], second, third, rgb);
                break;
            case JpegColorKind.Cmyk:
                Interleave(first[..width], second, third, rgb);
                AddBlack(rgb, fourth, 0);
                break;
            default:
                FromYCbCr(first[..width], second, third, rgb);
                AddBlack(rgb, fourth, 255);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FromYCbCr(ReadOnlySpan<byte> luma, ReadOnlySpan<byte> cb, ReadOnlySpan<byte> cr, Span<byte> rgb)
    {
        var i = 0;
        for (; i <= luma.Length - Vector128<byte>.Count; i += Vector128<byte>.Count)
        {
            var (y0, y1) = Vector128.Widen(Vector128.Create(luma[i..]));
            var (cb0, cb1) = Vector128.Widen(Vector128.Create(cb[i..]));
            var (cr0, cr1) = Vector128.Widen(Vector128.Create(cr[i..]));
            var (r0, g0, b0) = Eight(y0.AsInt16(), cb0.AsInt16(), cr0.AsInt16());
            var (r1, g1, b1) = Eight(y1.AsInt16(), cb1.AsInt16(), cr1.AsInt16());
            Store(Saturate(r0, r1), Saturate(g0, g1), Saturate(b0, b1), rgb[(3 * i)..]);
        }

        for (; i < luma.Length; i++)
        {
            var (y, b, r) = (luma[i], cb[i] - 128, cr[i] - 128);
            rgb[3 * i] = InverseDct.Clamp(y + (((RedOfCr * r) + Half) >> 16));
            rgb[(3 * i) + 1] = InverseDct.Clamp(y + (((-GreenOfCb * b) - (GreenOfCr * r) + Half) >> 16));
            rgb[(3 * i) + 2] = InverseDct.Clamp(y + (((BlueOfCb * b) + Half) >> 16));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector128<short> Red, Vector128<short> Green, Vector128<short> Blue) Eight(Vector128<short> y, Vector128<short> cb, Vector128<short> cr)
    {
        var middle = Vector128.Create((short)128);
        var half = Vector128.Create(Half);
        var (b0, b1) = Vector128.Widen(cb - middle);
        var (r0, r1) = Vector128.Widen(cr - middle);
        var red = Vector128.Narrow(((r0 * RedOfCr) + half) >> 16, ((r1 * RedOfCr) + half) >> 16);
        var green = Vector128.Narrow((half - (b0 * GreenOfCb) - (r0 * GreenOfCr)) >> 16, (half - (b1 * GreenOfCb) - (r1 * GreenOfCr)) >> 16);
        var blue = Vector128.Narrow(((b0 * BlueOfCb) + half) >> 16, ((b1 * BlueOfCb) + half) >> 16);
        return (y + red, y + green, y + blue);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Saturate(Vector128<short> low, Vector128<short> high)
    {
        var most = Vector128.Create((short)255);
        low = Vector128.Min(Vector128.Max(low, Vector128<short>.Zero), most);
        high = Vector128.Min(Vector128.Max(high, Vector128<short>.Zero), most);
        return Vector128.Narrow(low.AsUInt16(), high.AsUInt16());
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Interleave(ReadOnlySpan<byte> red, ReadOnlySpan<byte> green, ReadOnlySpan<byte> blue, Span<byte> rgb)
    {
        var i = 0;
        for (; i <= red.Length - Vector128<byte>.Count; i += Vector128<byte>.Count)
        {
            Store(Vector128.Create(red[i..]), Vector128.Create(green[i..]), Vector128.Create(blue[i..]), rgb[(3 * i)..]);
        }

        for (; i < red.Length; i++)
        {
            rgb[3 * i] = red[i];
            rgb[(3 * i) + 1] = green[i];
            rgb[(3 * i) + 2] = blue[i];
        }
    }

    /// <summary>Writes 16 pixels. An index of 255 makes a zero, so that the three parts of each vector can be or-ed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector128<byte> red, Vector128<byte> green, Vector128<byte> blue, Span<byte> rgb)
    {
        const byte no = 255;
        var first = Vector128.Shuffle(red, Vector128.Create(0, no, no, 1, no, no, 2, no, no, 3, no, no, 4, no, no, 5))
            | Vector128.Shuffle(green, Vector128.Create(no, 0, no, no, 1, no, no, 2, no, no, 3, no, no, 4, no, no))
            | Vector128.Shuffle(blue, Vector128.Create(no, no, 0, no, no, 1, no, no, 2, no, no, 3, no, no, 4, no));
        var second = Vector128.Shuffle(red, Vector128.Create(no, no, 6, no, no, 7, no, no, 8, no, no, 9, no, no, 10, no))
            | Vector128.Shuffle(green, Vector128.Create(5, no, no, 6, no, no, 7, no, no, 8, no, no, 9, no, no, 10))
            | Vector128.Shuffle(blue, Vector128.Create(no, 5, no, no, 6, no, no, 7, no, no, 8, no, no, 9, no, no));
        var third = Vector128.Shuffle(red, Vector128.Create(no, 11, no, no, 12, no, no, 13, no, no, 14, no, no, 15, no, no))
            | Vector128.Shuffle(green, Vector128.Create(no, no, 11, no, no, 12, no, no, 13, no, no, 14, no, no, 15, no))
            | Vector128.Shuffle(blue, Vector128.Create(10, no, no, 11, no, no, 12, no, no, 13, no, no, 14, no, no, 15));
        first.CopyTo(rgb);
        second.CopyTo(rgb[16..]);
        third.CopyTo(rgb[32..]);
    }

    /// <summary>Darkens colours by black. <paramref name="complement"/> is 255 where they are the inks' complements, else 0.</summary>
    private static void AddBlack(Span<byte> rgb, ReadOnlySpan<byte> black, int complement)
    {
        for (var i = 0; i < rgb.Length; i++)
        {
            // x XOR 255 is 255 - x.
            rgb[i] = (byte)((((rgb[i] ^ complement) * black[i / 3]) + 127) / 255);
        }
    }
}
