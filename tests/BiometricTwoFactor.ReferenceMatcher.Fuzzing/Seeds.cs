using System.Text;
using BiometricTwoFactor.ReferenceMatcher.Tests.Imaging;

namespace BiometricTwoFactor.ReferenceMatcher.Fuzzing;

/// <summary>Small files of every kind, to begin with.</summary>
internal static class Seeds
{
    public static IEnumerable<byte[]> All() => Pngs().Concat(Jpegs()).Concat(Others());

    /// <summary>What a camera's orientation mark looks like, without the name that stands before it in a JPEG.</summary>
    public static byte[] Tiff(int orientation, bool bigEndian) => bigEndian
        ? [(byte)'M', (byte)'M', 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, 0, 0, 0, 0]
        : [(byte)'I', (byte)'I', 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, (byte)orientation, 0, 0, 0, 0, 0, 0, 0];

    private static IEnumerable<byte[]> Pngs()
    {
        foreach (var (colour, depth) in TestPng.Kinds)
        {
            yield return TestPngWriter.Write(new TestPng(11, 7, depth, colour));
            yield return TestPngWriter.Write(new TestPng(9, 10, depth, colour) { Interlaced = true, ChunkLength = 40 });
        }

        yield return TestPngWriter.Write(new TestPng(130, 70, 8, 2));
        yield return TestPngWriter.Write(new TestPng(200, 150, 8, 0) { Interlaced = true });
        yield return TestPngWriter.Write(new TestPng(6, 5, 8, 6) { Before = [("eXIf", Tiff(6, bigEndian: true)), ("gAMA", [0, 0, 0xB1, 0x8F])], After = [("tEXt", [65, 0, 66])] });
        yield return TestPngWriter.Write(new TestPng(6, 5, 8, 3) { Before = [("tRNS", [0, 128]), ("eXIf", Tiff(3, bigEndian: false))] });
    }

    /// <summary>A grey picture of eight by eight pixels, baseline, with the shortest tables there are.</summary>
    private static IEnumerable<byte[]> Jpegs()
    {
        byte[] quantisation = [0xFF, 0xDB, 0, 67, 0, .. Enumerable.Repeat((byte)1, 64)];
        byte[] frame = [0xFF, 0xC0, 0, 11, 8, 0, 8, 0, 8, 1, 1, 0x11, 0];
        byte[] dc = [0xFF, 0xC4, 0, 20, 0, 1, .. new byte[15], 0];
        byte[] ac = [0xFF, 0xC4, 0, 20, 0x10, 1, .. new byte[15], 0];
        byte[] scan = [0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0, 0x3F];
        yield return [0xFF, 0xD8, .. quantisation, .. frame, .. dc, .. ac, .. scan, 0xFF, 0xD9];
        yield return [0xFF, 0xD8, 0xFF, 0xE1, 0, 34, .. "Exif\0\0"u8, .. Tiff(5, bigEndian: true), .. quantisation, .. frame, .. dc, .. ac, .. scan, 0xFF, 0xD9];
    }

    private static IEnumerable<byte[]> Others() =>
        new[]
        {
            "RIFF\u0010\0\0\0WEBPVP8 ", "GIF89a\u0001\0\u0001\0", "II*\0\u0008\0\0\0", "BM\u0046\0\0\0\0\0\0\0\u0036\0\0\0\u0028\0\0\0",
            "\0\0\0\u0018ftypmif1\0\0\0\0mif1avif", "\0\0\0\u000CjP  \r\n\u0087\n", "%PDF-1.7\n", "<?xml version=\"1.0\"?><svg>", "<!doctype html>",
        }.Select(Encoding.Latin1.GetBytes);
}
