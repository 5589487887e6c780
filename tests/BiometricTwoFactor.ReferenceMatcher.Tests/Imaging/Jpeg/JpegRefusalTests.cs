using BiometricTwoFactor.ReferenceMatcher.Imaging;

namespace BiometricTwoFactor.ReferenceMatcher.Tests.Imaging.Jpeg;

public sealed class JpegRefusalTests
{
    private static readonly ImageLimits Limits = new(1 << 22, 50_000_000, 1 << 27, 0);

    private static readonly TestJpegOptions Small = TestJpegOptions.Sampled((2, 2), (1, 1), (1, 1)) with { Width = 20, Height = 20, Quantiser = 9 };

    [Theory]
    [InlineData(0xC3, JpegRefusal.Lossless)]
    [InlineData(0xC5, JpegRefusal.Hierarchical)]
    [InlineData(0xC6, JpegRefusal.Hierarchical)]
    [InlineData(0xC7, JpegRefusal.Hierarchical)]
    [InlineData(0xC9, JpegRefusal.Arithmetic)]
    [InlineData(0xCA, JpegRefusal.Arithmetic)]
    [InlineData(0xCB, JpegRefusal.Arithmetic)]
    [InlineData(0xCD, JpegRefusal.Arithmetic)]
    [InlineData(0xCE, JpegRefusal.Arithmetic)]
    [InlineData(0xCF, JpegRefusal.Arithmetic)]
    [InlineData(0xC8, JpegRefusal.CorruptHeader)]
    [InlineData(0xDE, JpegRefusal.Hierarchical)]
    [InlineData(0xDF, JpegRefusal.Hierarchical)]
    [InlineData(0xF7, JpegRefusal.JpegLs)]
    public void Kinds_that_are_not_read_are_refused_with_their_reason(int marker, string reason) =>
        Assert.Equal(reason, Refusal(Write(Small with { FrameMarker = (byte)marker })));

    [JpegToolsTheory]
    [InlineData("-arithmetic")]
    [InlineData("-arithmetic", "-progressive")]
    public void Arithmetic_coding_as_libjpeg_writes_it_is_refused(params string[] encoding) =>
        Assert.Equal(JpegRefusal.Arithmetic, Refusal(TestTool.Run("cjpeg", encoding, TestPicture.Pixmap(TestPicture.Rgb("edges", 40, 30), 40, 30))));

    [Theory]
    [InlineData(0, 12, JpegRefusal.TwelveBit)]
    [InlineData(0, 16, JpegRefusal.OtherPrecision)]
    [InlineData(5, 2, JpegRefusal.ComponentCount)]
    [InlineData(5, 0, JpegRefusal.ComponentCount)]
    [InlineData(5, 4, JpegRefusal.CorruptHeader)]
    [InlineData(6, 2, JpegRefusal.CorruptHeader)]
    [InlineData(7, 0x52, JpegRefusal.CorruptHeader)]
    [InlineData(7, 0x20, JpegRefusal.CorruptHeader)]
    [InlineData(8, 4, JpegRefusal.CorruptHeader)]
    [InlineData(8, 1, JpegRefusal.MissingTable)]
    public void A_frame_header_that_cannot_be_followed_is_refused(int at, byte value, string reason) =>
        Assert.Equal(reason, Refusal(Change(Write(Small), 0xC0, at, value)));

    [Fact]
    public void A_picture_without_height_or_width_is_refused()
    {
        Assert.Equal(JpegRefusal.NoHeight, Refusal(Change(Write(Small), 0xC0, 2, 0)));
        Assert.Equal(JpegRefusal.NoWidth, Refusal(Change(Write(Small), 0xC0, 4, 0)));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 5)]
    [InlineData(1, 7)]
    [InlineData(3, 1)]
    [InlineData(2, 0x40)]
    [InlineData(2, 0x04)]
    public void A_scan_header_that_cannot_be_followed_is_refused(int at, byte value) =>
        Assert.Equal(JpegRefusal.CorruptScan, Refusal(Change(Write(Small), 0xDA, at, value)));

    [Fact]
    public void Missing_and_impossible_tables_are_refused()
    {
        Assert.Equal(JpegRefusal.MissingTable, Refusal(Change(Write(Small), 0xDA, 2, 0x10)));
        Assert.Equal(JpegRefusal.MissingTable, Refusal(Change(Write(Small), 0xDA, 2, 0x01)));
        // Three codes of one bit; a kind of table that does not exist; a table longer than its segment.
        Assert.Equal(JpegRefusal.CorruptTable, Refusal(Change(Write(Small), 0xC4, 1, 3)));
        Assert.Equal(JpegRefusal.CorruptTable, Refusal(Change(Write(Small), 0xC4, 0, 0x20)));
        Assert.Equal(JpegRefusal.CorruptTable, Refusal(Change(Write(Small), 0xC4, 16, 255)));
        Assert.Equal(JpegRefusal.CorruptTable, Refusal(Change(Write(Small), 0xDB, 0, 0x21)));
        Assert.Equal(JpegRefusal.CorruptTable, Refusal(Change(Write(Small), 0xDB, 0, 0x10)));
    }

    [Fact]
    public void Files_that_hold_no_picture_are_refused()
    {
        Assert.Equal(JpegRefusal.NotJpeg, Refusal([]));
        Assert.Equal(JpegRefusal.NotJpeg, Refusal([0xFF]));
        Assert.Equal(JpegRefusal.NotJpeg, Refusal([.. "not a picture"u8]));
        Assert.Equal(JpegRefusal.NoPicture, Refusal([0xFF, 0xD8]));
        Assert.Equal(JpegRefusal.NoPicture, Refusal([0xFF, 0xD8, 0xFF, 0xD9]));
        Assert.Equal(JpegRefusal.CorruptHeader, Refusal([0xFF, 0xD8, 0xFF, 0xD8]));
        Assert.Equal(JpegRefusal.CorruptHeader, Refusal([0xFF, 0xD8, 0xFF, 0xE0, 0, 1]));
        Assert.Equal(JpegRefusal.CorruptScan, Refusal([0xFF, 0xD8, 0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0]));
    }

    [Fact]
    public void Limits_are_kept_before_anything_is_allocated()
    {
        var file = Write(Small);
        Assert.Equal(JpegRefusal.TooLong, Refusal(file, Limits with { MaxBytes = file.Length - 1 }));
        Assert.Equal(JpegRefusal.TooManyPixels, Refusal(file, Limits with { MaxPixels = 399 }));
        // Planes of 32x32 and 16x16 twice, and the picture of 20x20: with an upright copy, once more.
        var memory = 1024 + 512 + 1200;
        Assert.Null(Refusal(file, Limits with { MaxMemory = memory }));
        Assert.Equal(JpegRefusal.TooMuchMemory, Refusal(file, Limits with { MaxMemory = memory - 1 }));
        Assert.Equal(JpegRefusal.TooMuchMemory, Refusal(Write(Small with { Orientation = 3 }), Limits with { MaxMemory = memory }));
        Assert.Null(Refusal(Write(Small with { Orientation = 3 }), Limits with { MaxMemory = memory + 1200 }));
        Assert.Equal(JpegRefusal.TooMuchMemory, Refusal(Write(Small with { Progressive = true }), Limits with { MaxMemory = memory + (24 * 128) - 1 }));
        Assert.Null(Refusal(Write(Small with { Progressive = true }), Limits with { MaxMemory = memory + (24 * 128) }));
    }

    [Theory]
    [InlineData(10_000, 10_000, false)]
    [InlineData(10_000, 10_000, true)]
    [InlineData(65_535, 65_535, false)]
    [InlineData(7_000, 7_000, false)]
    [InlineData(7_000, 7_000, true)]
    public void A_huge_header_with_little_data_costs_nothing(int width, int height, bool progressive)
    {
        var file = Change(Write(Small with { Progressive = progressive }), (byte)(progressive ? 0xC2 : 0xC0), 1, (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width);
        foreach (var limits in new[] { Limits, Limits with { MaxPixels = long.MaxValue, MaxMemory = long.MaxValue }, Limits with { ReduceAbove = 1000 } })
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var decoding = JpegDecoder.Decode(file, limits);
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

            Assert.False(decoding.IsDecoded);
            Assert.InRange(allocated, 0, 64 * 1024);
        }
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public void A_file_cut_anywhere_is_refused(bool progressive, bool interleaved)
    {
        var file = Write(Small with { Progressive = progressive, Interleaved = interleaved, RestartInterval = 1 });
        for (var length = 0; length < file.Length - 2; length++)
        {
            Assert.NotNull(Refusal(file[..length]));
        }

        var whole = JpegDecoder.Decode(file, Limits).Image!.Rgb;
        // The end marker may be missing, and anything may follow it.
        Assert.Equal(whole, JpegDecoder.Decode(file.AsSpan(0, file.Length - 2), Limits).Image!.Rgb);
        Assert.Equal(whole, JpegDecoder.Decode(file.AsSpan(0, file.Length - 1), Limits).Image!.Rgb);
        Assert.Equal(whole, JpegDecoder.Decode([.. file, .. file], Limits).Image!.Rgb);
    }

    [Fact]
    public void A_cut_says_so()
    {
        var file = Write(Small);
        Assert.Equal(JpegRefusal.Truncated, Refusal(file[..^20]));
        Assert.Equal(JpegRefusal.Truncated, Refusal([.. file[..^20], 0xFF, 0xD9]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_file_changed_anywhere_has_an_outcome(bool progressive)
    {
        var file = Write(Small with { Progressive = progressive, RestartInterval = 2, Orientation = 6, Adobe = 1 });
        for (var at = 0; at < file.Length; at++)
        {
            foreach (var value in new[] { 0, 0xFF, file[at] ^ 1, file[at] ^ 0x10 })
            {
                var changed = file.ToArray();
                changed[at] = (byte)value;
                var decoding = JpegDecoder.Decode(changed, Limits with { MaxPixels = 1 << 14, ReduceAbove = at & 31 });
                Assert.NotEqual(decoding.IsDecoded, decoding.Refusal is not null);
            }
        }
    }

    [Fact]
    public void A_restart_marker_in_the_wrong_place_is_refused()
    {
        var file = Write(Small with { RestartInterval = 1 });
        var marker = file.AsSpan().LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xD0]);
        file[marker + 1] = 0xD3;
        Assert.Equal(JpegRefusal.CorruptData, Refusal(file));
        Assert.Equal(JpegRefusal.Truncated, Refusal([.. file[..(marker - 4)], .. file[marker..]]));
        Assert.Equal(JpegRefusal.CorruptData, Refusal([.. file[..marker], 0, 0, .. file[marker..]]));
    }

    [Fact]
    public void A_sequential_component_comes_once()
    {
        var file = Write(Small with { Interleaved = false });
        var scan = file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA]);
        Assert.Equal(JpegRefusal.CorruptScan, Refusal([.. file[..^2], .. file[scan..]]));
    }

    [Fact]
    public void Progressive_scans_must_follow_from_each_other()
    {
        var file = Write(Small with { Progressive = true });
        var scans = Enumerable.Range(0, file.Length - 1).Where(at => file[at] == 0xFF && file[at + 1] == 0xDA).ToArray();
        // Twice the same, and a band before its average.
        Assert.Equal(JpegRefusal.CorruptScan, Refusal([.. file[..scans[1]], .. file[scans[0]..]]));
        Assert.Equal(JpegRefusal.CorruptScan, Refusal([.. file[..scans[0]], .. file[scans[1]..]]));
        // Without the later scans it is complete only where it says so.
        Assert.Null(Refusal([.. file[..scans[^1]], 0xFF, 0xD9]));
        Assert.Equal(JpegRefusal.Truncated, Refusal(file[..scans[^1]]));
    }

    [Fact]
    public void A_picture_of_hundreds_of_scans_is_refused_soon()
    {
        // Grey, 2,500 blocks: one scan for its averages, then scans of single coefficients, each one long run of nothing.
        var file = Bomb(400, 40);
        Assert.Equal(JpegRefusal.TooMuchWork, JpegDecoder.Decode(file, Limits, (41 * 2500) - 1).Refusal);
        Assert.Null(JpegDecoder.Decode(file, Limits, 41 * 2500).Refusal);
        // Ten passes over 50 megapixels with colours at half size are let through.
        Assert.True(JpegDecoder.MaxBlockVisits > 10 * 50_000_000 / 64 * 3 / 2);
    }

    [Fact]
    public void More_scans_than_any_encoder_makes_are_refused()
    {
        Assert.Equal(JpegRefusal.TooMuchWork, Refusal(Bomb(16, 600)));
        Assert.Null(Refusal(Bomb(16, 499)));
    }

    /// <summary>A progressive picture whose every scan after the first says of one coefficient's next bit that nothing changes.</summary>
    private static byte[] Bomb(int side, int scans)
    {
        var file = Change(Write(TestJpegOptions.Sampled((1, 1)) with { Width = 8, Height = 8, Progressive = true }), 0xC2, 1, (byte)(side >> 8), (byte)side, (byte)(side >> 8), (byte)side);
        var bytes = file[..file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA])].ToList();
        var blocks = (side + 7) / 8 * ((side + 7) / 8);
        bytes.AddRange([0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 0, 0]);
        // The code for a difference of nothing is 0000.
        bytes.AddRange(new byte[(blocks + 1) / 2]);
        for (var scan = 0; scan < scans; scan++)
        {
            var (k, low) = (1 + (scan / 14), 13 - (scan % 14));
            bytes.AddRange([0xFF, 0xDA, 0, 8, 1, 1, 0, (byte)k, (byte)k, (byte)(low == 13 ? low : ((low + 1) << 4) | low)]);
            var run = TestHuffmanCode.Ac[0xE0];
            var bits = new System.Text.StringBuilder();
            for (var left = blocks; left > 0; left -= 0x7FFF)
            {
                bits.Append(Convert.ToString(run.Code, 2).PadLeft(run.Length, '0')).Append('1', 14);
            }

            for (bits.Append('1', -bits.Length & 7); bits.Length > 0; bits.Remove(0, 8))
            {
                var value = Convert.ToByte(bits.ToString(0, 8), 2);
                bytes.AddRange(value == 0xFF ? [value, 0] : [value]);
            }
        }

        bytes.AddRange([0xFF, 0xD9]);
        return [.. bytes];
    }

    private static byte[] Write(TestJpegOptions options) => TestJpegWriter.Write(options, (component, x, y) => (byte)((x * 11) + (y * 7) + (component * 50)));

    /// <summary>Changes bytes of the first segment of a kind, counted from behind its length.</summary>
    private static byte[] Change(byte[] file, byte marker, int at, params byte[] values)
    {
        var segment = file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, marker]);
        values.CopyTo(file, segment + 4 + at);
        return file;
    }

    private static string? Refusal(byte[] file) => Refusal(file, Limits);

    private static string? Refusal(byte[] file, ImageLimits limits) => JpegDecoder.Decode(file, limits).Refusal;
}
