namespace BiometricTwoFactor.ReferenceMatcher.Tests;

public sealed class FaceMatcherStreamTests
{
    [Fact]
    public async Task From_streams_the_same_comes_out_however_they_are_cut()
    {
        var (matcher, portrait, stranger) = (TestFaces.Plain, TestFaces.Portrait, TestFaces.Stranger);
        foreach (var piece in (int[])[1000, 65536, int.MaxValue])
        {
            Assert.Equal(matcher.Analyze(portrait).Face, (await matcher.AnalyzeAsync(Open(portrait))).Face);
            Assert.Equal(matcher.Match(portrait, stranger).Score, (await matcher.MatchAsync(Open(portrait), Open(stranger))).Score);
            Assert.Equal(matcher.CheckLiveness(portrait).Score, (await matcher.CheckLivenessAsync(Open(portrait))).Score);
            using var result = await matcher.CreateTemplateAsync(Open(portrait));
            Assert.NotNull(result.Template);

            CountingStream Open(byte[] bytes) => new(bytes, piece);
        }
    }

    [Fact]
    public async Task A_file_of_several_buffers_is_read_whole()
    {
        var large = TestFaces.Png(320, 320, DrawnFace.Paint(320, 320, new DrawnFace())).Concat(new byte[300_000]).ToArray();
        Assert.True((await TestFaces.Plain.AnalyzeAsync(new CountingStream(large, 7777))).IsUsable);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(200_000)]
    public async Task A_stream_over_the_limit_is_refused_after_one_byte_too_many(int limit)
    {
        var matcher = new FaceMatcher(new FaceMatcherOptions { MaxImageBytes = limit });
        foreach (var length in (int[])[limit + 1, limit + 5000, 10 * limit])
        {
            using var stream = new CountingStream(new byte[length], int.MaxValue);
            var warning = Assert.Single((await matcher.AnalyzeAsync(stream)).Warnings);
            Assert.Equal((FaceWarningCode.NoFaceDetected, "The file is longer than the limit allows."), (warning.Code, warning.Reason));
            Assert.Equal(limit + 1, stream.Position);
        }

        using var atLimit = new CountingStream(new byte[limit], int.MaxValue);
        Assert.Equal("The file is no picture of a known kind.", Assert.Single((await matcher.AnalyzeAsync(atLimit)).Warnings).Reason);
    }

    [Fact]
    public async Task An_endless_stream_ends_at_the_limit()
    {
        using var endless = new CountingStream(null, int.MaxValue);
        var comparison = await new FaceMatcher(new FaceMatcherOptions { MaxImageBytes = 100_000 }).MatchAsync(endless, new MemoryStream(TestFaces.Portrait));
        Assert.Equal(FaceMatchStatus.Declined, comparison.Status);
        Assert.Equal(100_001, endless.Position);
    }

    [Fact]
    public async Task The_greatest_limit_reads_a_file_as_any_other() =>
        Assert.True((await new FaceMatcher(new FaceMatcherOptions { MaxImageBytes = int.MaxValue }).AnalyzeAsync(new MemoryStream(TestFaces.Portrait))).IsUsable);

    [Fact]
    public async Task A_broken_or_missing_stream_is_the_callers_affair()
    {
        await Assert.ThrowsAsync<ArgumentNullException>(() => TestFaces.Plain.AnalyzeAsync(null!));
        await Assert.ThrowsAsync<IOException>(() => TestFaces.Plain.AnalyzeAsync(new CountingStream([1, 2, 3], -1)));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => TestFaces.Plain.AnalyzeAsync(new MemoryStream(TestFaces.Portrait), new CancellationToken(canceled: true)));
    }

    /// <summary>Hands out pieces and counts; without bytes endless, with a negative piece broken.</summary>
    private sealed class CountingStream(byte[]? bytes, int piece) : Stream
    {
        private int _at;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => _at; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (piece < 0)
            {
                throw new IOException("Broken.");
            }

            count = Math.Min(count, piece);
            if (bytes is not null)
            {
                count = Math.Min(count, bytes.Length - _at);
                bytes.AsSpan(_at, count).CopyTo(buffer.AsSpan(offset));
            }

            _at += count;
            return count;
        }

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
