using BiometricTwoFactor.ReferenceMatcher.Imaging;
using static BiometricTwoFactor.ReferenceMatcher.Tests.Imaging.Png.TestPngWriter;

namespace BiometricTwoFactor.ReferenceMatcher.Tests.Imaging.Png;

/// <summary>What is no PNG that can be shown is refused with its reason, and nothing is thrown.</summary>
public sealed class PngRefusalTests
{
    private static readonly TestPng Sample = new(9, 7, 8, 2);
    private static readonly byte[] Data = Chunk("IDAT", Compress(Rows(Sample)));
    private static readonly byte[] End = Chunk("IEND", []);

    [Fact]
    public void A_file_cut_short_anywhere_is_refused()
    {
        foreach (var interlaced in new[] { false, true })
        {
            var file = Write(new TestPng(9, 7, 4, 3) { Interlaced = interlaced, ChunkLength = 20 });
            for (var length = 0; length < file.Length; length++)
            {
                AssertRefused(file[..length], because: null);
            }
        }
    }

    [Fact]
    public void A_single_wrong_bit_anywhere_is_refused()
    {
        // All chunks here are critical, and each is covered by its checksum.
        var file = Write(new TestPng(5, 4, 2, 3));
        for (var bit = 0; bit < file.Length * 8; bit++)
        {
            var wrong = file.ToArray();
            wrong[bit / 8] ^= (byte)(1 << (bit % 8));
            AssertRefused(wrong, because: null);
        }
    }

    [Fact]
    public void A_signature_damaged_by_text_conversion_is_refused() =>
        AssertRefused([.. Write(Sample).Where(one => one != 0x0D)], "The PNG is damaged at its beginning.");

    [Theory]
    [InlineData(0u, 5u, "The PNG's header states an impossible size.")]
    [InlineData(5u, 0u, "The PNG's header states an impossible size.")]
    [InlineData(0x80000000u, 5u, "The PNG's header states an impossible size.")]
    [InlineData(5u, 0xFFFFFFFFu, "The PNG's header states an impossible size.")]
    [InlineData(65536u, 1u, "The picture is wider or higher than 65535 pixels.")]
    [InlineData(1u, 0x7FFFFFFFu, "The picture is wider or higher than 65535 pixels.")]
    [InlineData(10000u, 10000u, "The PNG picture has more pixels than the limit allows.")]
    [InlineData(7000u, 7000u, "The PNG's image data is cut short.")]
    public void Sizes_that_are_impossible_too_large_or_not_covered_by_data_are_refused(uint width, uint height, string because) =>
        AssertRefused(TestPngWriter.File(Header(width, height, 8, 2), Data, End), because);

    [Fact]
    public void Every_combination_of_colour_type_and_depth_that_is_not_legal_is_refused()
    {
        for (var colour = 0; colour < 256; colour++)
        {
            for (var depth = 0; depth < 256; depth++)
            {
                if (!TestPng.Kinds.Contains((colour, depth)))
                {
                    AssertRefused(TestPngWriter.File(Header(9, 7, depth, colour), Data, End), "The PNG's header states a colour type and a depth that do not go together.");
                }
            }
        }
    }

    [Theory]
    [InlineData(2, 0, 0)]
    [InlineData(0, 1, 0)]
    [InlineData(0, 0, 1)]
    public void Unknown_methods_are_refused(int interlace, int compression, int filter) =>
        AssertRefused(
            TestPngWriter.File(Header(9, 7, 8, 2, interlace, compression, filter), Data, End),
            "The PNG's header states a method of compression, filtering or interlacing that is not known.");

    [Fact]
    public void Chunks_that_are_missing_doubled_or_in_the_wrong_order_are_refused()
    {
        var header = Header(Sample);
        var palette = Chunk("PLTE", [1, 2, 3]);
        AssertRefused(TestPngWriter.File(Data, header, End), "The PNG does not begin with its header.");
        AssertRefused(TestPngWriter.File(Chunk("IHDR", new byte[12]), Data, End), "The PNG's header has the wrong length.");
        AssertRefused(TestPngWriter.File(header, header, Data, End), "The PNG has two headers.");
        AssertRefused(TestPngWriter.File(header, End), "The PNG has no image data.");
        AssertRefused(TestPngWriter.File(header, Chunk("IDAT", []), End), "The PNG has no image data.");
        AssertRefused(TestPngWriter.File(header, Data), "The PNG is cut short.");
        AssertRefused(TestPngWriter.File(header, Data, Chunk("tEXt", [65, 0]), Data, End), "The PNG's image data is interrupted by other chunks.");
        AssertRefused(TestPngWriter.File(header, Chunk("IDAT", []), Chunk("tEXt", [65, 0]), Data, End), "The PNG's image data is interrupted by other chunks.");
        AssertRefused(TestPngWriter.File(header, palette, palette, Data, End), "The PNG's palette stands in the wrong place.");
        AssertRefused(TestPngWriter.File(header, Data, palette, End), "The PNG's palette stands in the wrong place.");
        AssertRefused(TestPngWriter.File(header, Chunk("CgBI", [0, 0, 0, 0]), Data, End), "The PNG needs an extension that is not known.");
        AssertRefused(TestPngWriter.File(header, Chunk("a\0bc", []), Data, End), "The PNG is damaged: a chunk has no name.");
    }

    [Fact]
    public void A_palette_must_be_there_once_with_whole_entries()
    {
        var indexed = new TestPng(9, 7, 1, 3);
        var header = Header(indexed);
        var data = Chunk("IDAT", Compress(Rows(indexed)));
        const string MissingOrWrong = "The PNG's palette is missing or has the wrong length.";

        AssertRefused(TestPngWriter.File(header, data, End), MissingOrWrong);
        foreach (var length in new[] { 0, 1, 4, 769, 771 })
        {
            AssertRefused(TestPngWriter.File(header, Chunk("PLTE", new byte[length]), data, End), MissingOrWrong);
        }

        var palette = Chunk("PLTE", indexed.Palette);
        AssertRefused(TestPngWriter.File(header, palette, palette, data, End), "The PNG's palette stands in the wrong place.");
        AssertRefused(TestPngWriter.File(header, Chunk("PLTE", [1, 2, 3]), data, End), "The PNG is damaged: a pixel names a colour that its palette does not have.");
    }

    [Fact]
    public void A_suggested_palette_is_ignored()
    {
        foreach (var length in new[] { 3, 4, 3000 })
        {
            var png = Sample with { Before = [("PLTE", new byte[length])] };
            Assert.Equal(png.ToRgb(), ImageDecoder.Decode(Write(png), TestLimits.Default).Image!.Rgb);
        }
    }

    [Fact]
    public void An_animated_picture_is_refused()
    {
        const string Because = "The PNG is animated, and which of its pictures is meant cannot be told.";
        AssertRefused(Write(Sample with { Before = [("acTL", [0, 0, 0, 2, 0, 0, 0, 0])] }), Because);
        AssertRefused(Write(Sample with { After = [("acTL", [0, 0, 0, 2, 0, 0, 0, 0])] }), Because);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(255)]
    public void A_row_with_an_unknown_filter_is_refused(int filter)
    {
        var rows = Rows(Sample);
        rows[28 * 3] = (byte)filter;
        AssertRefused(With(Compress(rows)), "The PNG is damaged: a row names no known filter.");
    }

    [Fact]
    public void Image_data_that_is_short_or_no_zlib_stream_is_refused()
    {
        var whole = Compress(Rows(Sample));
        AssertRefused(With(Compress(Rows(Sample)[..^1])), "The PNG's image data is cut short.");
        AssertRefused(With(whole[..^20]), "The PNG's image data is cut short.");

        const string Damaged = "The PNG's image data is damaged.";
        AssertRefused(With([.. "no zlib stream at all"u8]), Damaged);
        AssertRefused(With([.. whole[..^1], (byte)(whole[^1] ^ 1)]), Damaged);
        AssertRefused(With([0x78, 0xBB, .. whole[2..]]), Damaged); // asks for a dictionary
        AssertRefused(With([whole[0], whole[1], 0x07, .. whole[3..]]), Damaged); // a block of the type that does not exist
    }

    [Fact]
    public void Damage_in_what_is_not_needed_is_no_reason_to_refuse()
    {
        var text = Chunk("tEXt", [65, 0, 66]);
        text[^1] ^= 1;
        var decoding = ImageDecoder.Decode(TestPngWriter.File(Header(Sample), text, Data, End), TestLimits.Default);
        Assert.Equal(Sample.ToRgb(), decoding.Image!.Rgb);
    }

    private static byte[] With(byte[] compressed) => TestPngWriter.File(Header(Sample), Chunk("IDAT", compressed), End);

    private static void AssertRefused(byte[] file, string? because)
    {
        var decoding = ImageDecoder.Decode(file, TestLimits.Default);
        Assert.False(decoding.IsDecoded);
        Assert.Null(decoding.Image);
        if (because is null)
        {
            Assert.EndsWith(".", decoding.Refusal, StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal(because, decoding.Refusal);
        }
    }
}
