using System.Text;
using BiometricTwoFactor.ReferenceMatcher.Imaging;
using BiometricTwoFactor.ReferenceMatcher.Tests.Imaging.Jpeg;
using BiometricTwoFactor.ReferenceMatcher.Tests.Imaging.Png;

namespace BiometricTwoFactor.ReferenceMatcher.Tests.Imaging;

/// <summary>Kinds are told apart by their first bytes, and each that is not read has its own reason.</summary>
public sealed class ImageDecoderTests
{
    private const string Unknown = "The file is no picture of a known kind.";

    public static TheoryData<string, string> Unread => new()
    {
        { "RIFF\u0010\0\0\0WEBPVP8 ", "a WebP picture" },
        { "GIF87a\u0001\0\u0001\0", "a GIF picture" },
        { "GIF89a\u0001\0\u0001\0", "a GIF picture" },
        { "II*\0\u0008\0\0\0", "a TIFF picture" },
        { "MM\0*\0\0\0\u0008", "a TIFF picture" },
        { "II+\0\u0008\0\0\0", "a TIFF picture" },
        { "BM\u0046\0\0\0\0\0\0\0\u0036\0\0\0\u0028\0\0\0", "a BMP picture" },
        { "\0\0\0\u000CjP  \r\n\u0087\n", "a JPEG 2000 picture" },
        { "\u00FF\u004F\u00FF\u0051\0\u002F", "a JPEG 2000 picture" },
        { "\0\0\0\u000CJXL \r\n\u0087\n", "a JPEG XL picture" },
        { "\u00FF\u000A\u0001\u0002", "a JPEG XL picture" },
        { "\0\0\0\u0018ftypheic\0\0\0\0mif1heic", "a HEIC picture" },
        { "\0\0\0\u0018ftypmif1\0\0\0\0mif1heic", "a HEIC picture" },
        { "\0\0\0\u0018ftypavif\0\0\0\0mif1avif", "an AVIF picture" },
        { "\0\0\0\u0018ftypmif1\0\0\0\0mif1avif", "an AVIF picture" },
        { "\0\0\0\u0018ftypavis\0\0\0\0msf1avis", "an AVIF picture" },
        { "\0\0\0\u0018ftypmsf1\0\0\0\0msf1avis", "an AVIF picture" },
        { "\0\0\0\u0018ftypisom\0\0\0\0isommp42", "a film or another file of boxes" },
        { "\0\0\0\u0000ftyp", "a film or another file of boxes" },
        { "\u00FF\u00FF\u00FF\u00FFftyphei", "a film or another file of boxes" },
        { "%PDF-1.7\n", "a PDF document" },
        { "<svg xmlns=\"\">", "an SVG drawing" },
        { "\u00EF\u00BB\u00BF <?xml version=\"1.0\"?>\n<!-- drawn --><svg>", "an SVG drawing" },
        { "\r\n\t<!DOCTYPE HTML><title>Sign in</title>", "an HTML page" },
        { "<html><body>502", "an HTML page" },
        { "<?xml version=\"1.0\"?><Error/>", "a text with markup" },
        { "<", "a text with markup" },
    };

    [Theory]
    [MemberData(nameof(Unread))]
    public void A_known_kind_that_is_not_read_is_named(string latin1, string kind) =>
        Assert.Equal($"The file is {kind}, which is not read: JPEG and PNG are.", Refusal(Encoding.Latin1.GetBytes(latin1)));

    [Theory]
    [InlineData("BM: a text that begins like a bitmap")]
    [InlineData("RIFF\u0010\0\0\0WAVEfmt ")]
    [InlineData("{\"image\":\"\"}")]
    [InlineData("\u0089")]
    [InlineData("\u00FF\u00D8")]
    [InlineData("\0\0\0\0\0\0\0\0")]
    public void What_nobody_knows_is_said_to_be_unknown(string latin1) => Assert.Equal(Unknown, Refusal(Encoding.Latin1.GetBytes(latin1)));

    [Fact]
    public void JPEG_and_PNG_are_told_apart_and_read()
    {
        Assert.Equal(9, ImageDecoder.Decode(TestPngWriter.Write(new TestPng(9, 5, 8, 2)), TestLimits.Default).Image!.Width);
        Assert.Equal(16, ImageDecoder.Decode(TestJpegWriter.Write(new TestJpegOptions(), (_, x, y) => (byte)(x * y)), TestLimits.Default).Image!.Width);
    }

    [Fact]
    public void An_empty_file_is_refused_as_empty() => Assert.Equal("The file is empty.", Refusal([]));

    [Fact]
    public void Every_beginning_of_every_kind_has_a_reason()
    {
        foreach (var row in Unread)
        {
            var file = Encoding.Latin1.GetBytes((string)row[0]);
            for (var length = 0; length <= file.Length; length++)
            {
                Assert.EndsWith(".", Refusal(file[..length]), StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void A_file_that_is_too_long_is_refused_before_it_is_looked_at()
    {
        var file = TestPngWriter.Write(new TestPng(9, 9, 8, 2));
        Assert.True(ImageDecoder.Decode(file, TestLimits.Default with { MaxBytes = file.Length }).IsDecoded);
        Assert.Equal("The file is longer than the limit allows.", ImageDecoder.Decode(file, TestLimits.Default with { MaxBytes = file.Length - 1 }).Refusal);
    }

    private static string Refusal(byte[] file)
    {
        var decoding = ImageDecoder.Decode(file, TestLimits.Default);
        Assert.Null(decoding.Image);
        return decoding.Refusal!;
    }
}
