using System.IO.Compression;
using BiometricTwoFactor.ReferenceMatcher.Imaging;
using static BiometricTwoFactor.ReferenceMatcher.Tests.Imaging.Png.TestPngWriter;

namespace BiometricTwoFactor.ReferenceMatcher.Tests.Imaging.Png;

/// <summary>A picture costs no more than the limits allow, whatever it states and however it is packed.</summary>
public sealed class PngLimitTests
{
    [Fact]
    public void A_large_size_stated_by_a_small_file_costs_next_to_nothing()
    {
        var file = TestPngWriter.File(Header(10000, 10000, 8, 6), Chunk("IDAT", new byte[1000]), Chunk("IEND", []));
        AssertCheap(file, TestLimits.Default, "The PNG picture has more pixels than the limit allows.");
        AssertCheap(file, Unlimited, "The PNG's image data is cut short.");
        AssertCheap(TestPngWriter.File(Header(65535, 65535, 16, 6, interlace: 1), Chunk("IDAT", new byte[1000]), Chunk("IEND", [])), Unlimited, "The PNG's image data is cut short.");
    }

    [Fact]
    public void Data_that_would_grow_to_gigabytes_is_read_only_as_far_as_the_header_states()
    {
        // Four gigabytes of zeros: one megabyte, packed and flushed, and that over and over.
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            deflate.Write(new byte[1 << 20]);
            deflate.Flush();
            packed.SetLength(packed.Position);
            var megabyte = packed.ToArray();
            packed.SetLength(0);
            packed.Write([0x78, 0x9C]);
            for (var i = 0; i < 4096; i++)
            {
                packed.Write(megabyte);
            }
        }

        var file = TestPngWriter.File(Header(64, 64, 8, 2), Chunk("IDAT", packed.ToArray()), Chunk("IEND", []));
        ImageDecoding decoding = default;
        var allocated = Allocated(() => decoding = ImageDecoder.Decode(file, TestLimits.Default));

        Assert.Equal(new byte[64 * 64 * 3], decoding.Image!.Rgb);
        Assert.InRange(allocated, 0, packed.Length + (256 * 1024));
    }

    [Theory]
    [InlineData(false, 0, false)]
    [InlineData(true, 0, false)]
    [InlineData(false, 100, false)]
    [InlineData(false, 0, true)]
    public void Decoding_holds_no_more_than_the_memory_it_was_allowed(bool interlaced, int reduceAbove, bool turned)
    {
        (string, byte[])[] exif = [("eXIf", [.. "II*\0"u8, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0])];
        var file = Write(new TestPng(700, 500, 16, 6) { Interlaced = interlaced, Before = turned ? exif : [] });
        var limits = TestLimits.Default with { ReduceAbove = reduceAbove };
        ImageDecoding decoding = default;
        var allocated = Allocated(() => decoding = ImageDecoder.Decode(file, limits));
        Assert.True(decoding.IsDecoded);

        // What was allocated is enough, and less than that is refused before it is allocated.
        Assert.True(ImageDecoder.Decode(file, limits with { MaxMemory = allocated + (96 * 1024) }).IsDecoded);
        AssertCheap(file, limits with { MaxMemory = allocated - (96 * 1024) }, "The PNG picture needs more memory than the limit allows.");
    }

    [Fact]
    public void The_number_of_pixels_may_reach_the_limit_and_not_exceed_it()
    {
        var file = Write(new TestPng(30, 20, 8, 2));
        Assert.True(ImageDecoder.Decode(file, TestLimits.Default with { MaxPixels = 600 }).IsDecoded);
        AssertCheap(file, TestLimits.Default with { MaxPixels = 599 }, "The PNG picture has more pixels than the limit allows.");
    }

    [Fact]
    public void The_longest_sides_are_read()
    {
        foreach (var (width, height) in new[] { (65535, 2), (2, 65535) })
        {
            foreach (var interlaced in new[] { false, true })
            {
                var png = new TestPng(width, height, 1, 0) { Interlaced = interlaced };
                Assert.Equal(png.ToRgb(), ImageDecoder.Decode(Write(png), TestLimits.Default).Image!.Rgb);
            }
        }
    }

    [Theory]
    [InlineData(64, 48, 33, 1)]
    [InlineData(64, 48, 32, 2)]
    [InlineData(48, 65, 33, 2)]
    [InlineData(67, 48, 16, 4)]
    [InlineData(61, 83, 10, 8)]
    [InlineData(83, 61, 1, 8)]
    [InlineData(1, 200, 20, 8)]
    [InlineData(7, 5, 1, 8)]
    [InlineData(67, 48, 34, 2)]
    [InlineData(67, 48, 35, 1)]
    public void A_large_picture_is_reduced_to_the_means_of_its_squares(int width, int height, int reduceAbove, int expected)
    {
        foreach (var (colour, depth) in new[] { (2, 8), (0, 16), (3, 4) })
        {
            var png = new TestPng(width, height, depth, colour);
            var image = ImageDecoder.Decode(Write(png), TestLimits.Default with { ReduceAbove = reduceAbove }).Image!;
            Assert.Equal(expected, image.ReducedBy);
            Assert.Equal(((width + expected - 1) / expected, (height + expected - 1) / expected), (image.Width, image.Height));
            Assert.Equal(Means(png.ToRgb(), width, height, expected), image.Rgb);
        }
    }

    [Fact]
    public void An_interlaced_picture_is_never_reduced()
    {
        var png = new TestPng(64, 48, 8, 2) { Interlaced = true };
        var image = ImageDecoder.Decode(Write(png), TestLimits.Default with { ReduceAbove = 8 }).Image!;
        Assert.Equal(1, image.ReducedBy);
        Assert.Equal(png.ToRgb(), image.Rgb);
    }

    private static readonly ImageLimits Unlimited = new(int.MaxValue, long.MaxValue, long.MaxValue, 0);

    private static byte[] Means(byte[] rgb, int width, int height, int by)
    {
        List<byte> means = [];
        for (var y = 0; y < height; y += by)
        {
            for (var x = 0; x < width; x += by)
            {
                for (var channel = 0; channel < 3; channel++)
                {
                    List<int> square = [];
                    for (var i = 0; i < by * by; i++)
                    {
                        var (atX, atY) = (x + (i % by), y + (i / by));
                        if (atX < width && atY < height)
                        {
                            square.Add(rgb[(((atY * width) + atX) * 3) + channel]);
                        }
                    }

                    means.Add((byte)Math.Round(square.Average(), MidpointRounding.AwayFromZero));
                }
            }
        }

        return [.. means];
    }

    private static void AssertCheap(byte[] file, ImageLimits limits, string because)
    {
        _ = ImageDecoder.Decode(file, limits); // what is allocated once for all
        string? refusal = null;
        var allocated = Allocated(() => refusal = ImageDecoder.Decode(file, limits).Refusal);
        Assert.Equal(because, refusal);
        Assert.InRange(allocated, 0, 64 * 1024);
    }

    private static long Allocated(Action action)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
