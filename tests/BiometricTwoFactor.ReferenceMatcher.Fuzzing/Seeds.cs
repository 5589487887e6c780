using System.Text;
using BiometricTwoFactor.ReferenceMatcher.Tests.Imaging.Jpeg;
using BiometricTwoFactor.ReferenceMatcher.Tests.Imaging.Png;

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

    private static IEnumerable<byte[]> Jpegs()
    {
        TestJpegOptions grey = new() { Width = 11, Height = 9, Components = [(1, 1, 1)] };
        TestJpegOptions half = TestJpegOptions.Sampled((2, 2), (1, 1), (1, 1)) with { Width = 20, Height = 18, Quantiser = 8 };
        TestJpegOptions[] kinds =
        [
            grey,
            grey with { Jfif = true, RestartInterval = 1 },
            half,
            half with { Interleaved = false, RestartInterval = 1 },
            half with { Orientation = 6, WideTables = true },
            half with { Adobe = 0, FrameMarker = 0xC1 },
            TestJpegOptions.Sampled((2, 1), (1, 1), (1, 1)) with { Width = 40, Height = 9, Orientation = 5, LittleEndianExif = true },
            TestJpegOptions.Sampled((1, 2), (1, 1), (1, 1)) with { Width = 9, Height = 40, Quantiser = 16 },
            TestJpegOptions.Sampled((4, 1), (1, 1), (1, 1)) with { Width = 34, Height = 8, FillBytes = 1 },
            TestJpegOptions.Sampled((3, 1), (2, 1), (1, 1)) with { Width = 25, Height = 8 },
            TestJpegOptions.Sampled((1, 1), (1, 1), (1, 1), (1, 1)) with { Adobe = 2 },
            TestJpegOptions.Sampled((2, 2), (1, 1), (1, 1), (2, 2)) with { Width = 17, Height = 17 },
            half with { Width = 200, Height = 120, Quantiser = 40 },
        ];
        foreach (var kind in kinds)
        {
            yield return TestJpegWriter.Write(kind, Sample);
            yield return TestJpegWriter.Write(kind with { Progressive = true, FrameMarker = null }, Sample);
        }

        static byte Sample(int component, int x, int y) => (byte)((x * (7 + component)) + (y * 5) + (x % 5 == y % 3 ? 90 : 0));
    }

    private static IEnumerable<byte[]> Others() =>
        new[]
        {
            "RIFF\u0010\0\0\0WEBPVP8 ", "GIF89a\u0001\0\u0001\0", "II*\0\u0008\0\0\0", "BM\u0046\0\0\0\0\0\0\0\u0036\0\0\0\u0028\0\0\0",
            "\0\0\0\u0018ftypmif1\0\0\0\0mif1avif", "\0\0\0\u000CjP  \r\n\u0087\n", "%PDF-1.7\n", "<?xml version=\"1.0\"?><svg>", "<!doctype html>",
        }.Select(Encoding.Latin1.GetBytes);
}
