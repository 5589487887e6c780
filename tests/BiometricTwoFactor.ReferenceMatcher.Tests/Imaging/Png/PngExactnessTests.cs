using BiometricTwoFactor.ReferenceMatcher.Imaging;

namespace BiometricTwoFactor.ReferenceMatcher.Tests.Imaging.Png;

/// <summary>Every kind of PNG, against what was written and against libpng.</summary>
public sealed class PngExactnessTests
{
    public static TheoryData<int, int, bool> Kinds
    {
        get
        {
            TheoryData<int, int, bool> all = [];
            foreach (var (colour, depth) in TestPng.Kinds)
            {
                all.Add(colour, depth, false);
                all.Add(colour, depth, true);
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_with_every_filter_comes_out_as_it_was_written(int colour, int depth, bool interlaced)
    {
        for (var filter = 0; filter <= 5; filter++)
        {
            AssertExact(new TestPng(37, 21, depth, colour) { Interlaced = interlaced, Filter = filter });
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_small_size_comes_out_as_it_was_written(int colour, int depth, bool interlaced)
    {
        // Below 8 pixels some of the seven passes are empty, and rows end within a byte.
        for (var size = 0; size < 81; size++)
        {
            AssertExact(new TestPng((size % 9) + 1, (size / 9) + 1, depth, colour) { Interlaced = interlaced });
        }
    }

    [PngtopnmTheory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_comes_out_as_with_libpng(int colour, int depth, bool interlaced)
    {
        // Whether netpbm writes one bit, grey or colour depends on the kind: the judge's answer is brought to RGB.
        foreach (var (width, height) in new[] { (61, 43), (3, 2) })
        {
            var file = TestPngWriter.Write(new TestPng(width, height, depth, colour) { Interlaced = interlaced, ChunkLength = 100 });
            AssertAsJudged(file);
        }
    }

    [PngtopnmTheory]
    [InlineData(0, 8)]
    [InlineData(2, 16)]
    [InlineData(3, 4)]
    [InlineData(6, 8)]
    public void Transparency_gamma_profiles_and_background_change_no_colour(int colour, int depth)
    {
        (string, byte[])[] before =
        [
            ("gAMA", [0, 0, 0x27, 0x10]),
            ("cHRM", [.. Enumerable.Range(0, 32).Select(i => (byte)(i % 4 == 2 ? 0x50 : 0))]),
            ("tEXt", [.. "Comment\0nothing to see"u8]),
            ("bKGD", colour switch { 3 => [1], 0 or 4 => [0, 1], _ => [0, 1, 0, 2, 0, 3] }),
            .. colour == 6 ? Array.Empty<(string, byte[])>() : [("tRNS", colour switch { 3 => [0, 128, 255], 0 => [0, 7], _ => [0, 1, 0, 2, 0, 3] })],
        ];
        var png = new TestPng(30, 20, depth, colour) { Before = before, After = [("tIME", [7, 0xE8, 1, 2, 3, 4, 5])] };

        AssertExact(png);
        AssertAsJudged(TestPngWriter.Write(png));
    }

    [Fact]
    public void Image_data_may_be_split_anywhere()
    {
        foreach (var length in new[] { 1, 2, 3, 7, 64 })
        {
            AssertExact(new TestPng(16, 16, 8, 2) { ChunkLength = length });
        }
    }

    [Fact]
    public void Sixteen_bits_are_rounded_to_the_nearest_level()
    {
        // All 65,536 levels, one after the other, in one picture.
        var rows = new byte[256 * 513];
        for (var i = 0; i < 65536; i++)
        {
            (rows[(i / 256 * 513) + 1 + (i % 256 * 2)], rows[(i / 256 * 513) + 2 + (i % 256 * 2)]) = ((byte)(i >> 8), (byte)i);
        }

        var file = TestPngWriter.File(TestPngWriter.Header(256, 256, 16, 0), TestPngWriter.Chunk("IDAT", TestPngWriter.Compress(rows)), TestPngWriter.Chunk("IEND", []));
        var image = ImageDecoder.Decode(file, TestLimits.Default).Image!;

        Assert.Equal(Enumerable.Range(0, 65536).Select(level => (byte)Math.Round(level * 255.0 / 65535)), Enumerable.Range(0, 65536).Select(i => image.Rgb[i * 3]));
    }

    [Fact]
    public void What_follows_the_end_is_ignored()
    {
        var png = new TestPng(12, 9, 8, 2);
        var decoding = ImageDecoder.Decode([.. TestPngWriter.Write(png), .. "a second picture, a thumbnail, rubbish"u8], TestLimits.Default);
        Assert.Equal(png.ToRgb(), decoding.Image!.Rgb);
    }

    [Fact]
    public void More_rows_than_the_header_states_are_ignored()
    {
        var png = new TestPng(12, 9, 8, 2);
        byte[] rows = [.. TestPngWriter.Rows(png), .. new byte[1000]];
        var file = TestPngWriter.File(TestPngWriter.Header(png), TestPngWriter.Chunk("IDAT", TestPngWriter.Compress(rows)), TestPngWriter.Chunk("IEND", []));
        Assert.Equal(png.ToRgb(), ImageDecoder.Decode(file, TestLimits.Default).Image!.Rgb);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void A_cameras_orientation_mark_is_followed(int orientation)
    {
        byte[] little = [.. "II*\0"u8, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, (byte)orientation, 0, 0, 0, 0, 0, 0, 0];
        byte[] big = [.. "MM\0*"u8, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, 0, 0, 0, 0];
        var png = new TestPng(13, 8, 8, 2);
        var rgb = png.ToRgb();
        foreach (var written in new[] { png with { Before = [("eXIf", little)] }, png with { After = [("eXIf", big)] }, png with { Before = [("eXIf", big)], Interlaced = true } })
        {
            var image = ImageDecoder.Decode(TestPngWriter.Write(written), TestLimits.Default).Image!;
            Assert.Equal(orientation < 5 ? (13, 8) : (8, 13), (image.Width, image.Height));
            for (var i = 0; i < rgb.Length; i++)
            {
                // Where the stored pixel is seen: 2 mirrored, 3 turned half, 4 upside down, 5 to 8 with sides exchanged.
                var (x, y) = (i / 3 % 13, i / 3 / 13);
                var (atX, atY) = orientation switch
                {
                    1 => (x, y),
                    2 => (12 - x, y),
                    3 => (12 - x, 7 - y),
                    4 => (x, 7 - y),
                    5 => (y, x),
                    6 => (7 - y, x),
                    7 => (7 - y, 12 - x),
                    _ => (y, 12 - x),
                };
                Assert.Equal(rgb[i], image.Rgb[(((atY * image.Width) + atX) * 3) + (i % 3)]);
            }
        }
    }

    [Fact]
    public void A_second_or_damaged_orientation_mark_is_ignored()
    {
        byte[] exif = [.. "II*\0"u8, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0];
        byte[] upright = [.. exif.AsSpan(0, 18), 1, .. exif.AsSpan(19)];
        var twice = TestPngWriter.Write(new TestPng(13, 8, 8, 2) { Before = [("eXIf", upright), ("eXIf", exif)] });
        Assert.Equal(13, ImageDecoder.Decode(twice, TestLimits.Default).Image!.Width);

        var file = TestPngWriter.Write(new TestPng(13, 8, 8, 2) { Before = [("eXIf", exif)] });
        file[file.AsSpan().IndexOf("eXIf"u8) + 4 + exif.Length] ^= 1; // its checksum
        Assert.Equal(13, ImageDecoder.Decode(file, TestLimits.Default).Image!.Width);
    }

    private static void AssertExact(TestPng png)
    {
        var decoding = ImageDecoder.Decode(TestPngWriter.Write(png), TestLimits.Default);
        Assert.Null(decoding.Refusal);
        Assert.Equal((png.Width, png.Height, 1), (decoding.Image!.Width, decoding.Image.Height, decoding.Image.ReducedBy));
        Assert.Equal(png.ToRgb(), decoding.Image.Rgb);
    }

    private static void AssertAsJudged(byte[] file)
    {
        var (width, height, rgb) = Pngtopnm.Decode(file);
        var image = ImageDecoder.Decode(file, TestLimits.Default).Image!;
        Assert.Equal((width, height), (image.Width, image.Height));
        Assert.Equal(rgb, image.Rgb);
    }
}
