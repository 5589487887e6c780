using System.Security.Cryptography;
using System.Text;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>A file is read and checked in parts, on several cores: nobody may notice by what is said of it.</summary>
public sealed class LongLedgerTests
{
    private const int Entries = 1_000;

    [Fact]
    public async Task Records_are_told_in_the_order_of_the_file()
    {
        List<long> lines = [], places = [];
        var result = await VerifyAsync(await FileAsync(), options => options.OnRecord = record =>
        {
            lines.Add(record.Line);
            places.Add(record.Sequence);
        });
        Assert.True(result.IsIntact);
        Assert.Equal(Entries, result.Valid);
        Assert.Equal(Enumerable.Range(2, Entries).Select(line => (long)line), lines);
        Assert.Equal(Enumerable.Range(1, Entries).Select(place => (long)place), places);
    }

    [Fact]
    public async Task Problems_are_named_by_their_lines_in_the_order_of_the_file()
    {
        var lines = (await FileAsync()).Split('\n');
        lines[300] = lines[300].Replace("\"kind\":\"Claimed\"", "\"kind\":\"Used\"", StringComparison.Ordinal);
        lines[500] = "{" + lines[500];
        lines[800] = lines[800].Replace("challenge000000000000799", "challenge000000000000xxx", StringComparison.Ordinal);
        List<long> told = [];
        var result = await VerifyAsync(string.Join('\n', lines), options => options.OnProblem = problem => told.Add(problem.Line));
        Assert.Equal(told.Order(), result.Problems.Select(problem => problem.Line)); // told as they are found: a gap only at the end
        Assert.Equal(
            [(301, EvidenceProblemKind.Changed, 300), (301, EvidenceProblemKind.Changed, 300), (501, EvidenceProblemKind.Corrupt, null), (801, EvidenceProblemKind.Changed, 800), (801, EvidenceProblemKind.Changed, 800)],
            result.Problems.Where(problem => problem.Kind is EvidenceProblemKind.Changed or EvidenceProblemKind.Corrupt).Select(problem => (problem.Line, problem.Kind, problem.Sequence)));
        Assert.Contains(result.Problems, problem => problem is { Kind: EvidenceProblemKind.Removed, Sequence: 500, Line: 502 });
        Assert.Equal(2, result.Broken);
    }

    [Fact]
    public async Task A_line_of_a_megabyte_stands_among_short_ones()
    {
        var result = await VerifyAsync(await FileAsync(longest: 400));
        Assert.Equal([], result.Problems);
        Assert.Equal(Entries, result.Valid);
    }

    [Fact]
    public async Task What_a_caller_throws_ends_it()
    {
        var file = await FileAsync();
        await Assert.ThrowsAsync<NotSupportedException>(() => VerifyAsync(file, options => options.OnRecord = _ => throw new NotSupportedException()));
    }

    [Fact]
    public async Task A_cancelled_one_ends()
    {
        using var cancelled = new CancellationTokenSource();
        using var input = new MemoryStream(Encoding.UTF8.GetBytes(await FileAsync()));
        var options = new EvidenceVerifierOptions { OnRecord = _ => cancelled.Cancel() };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => EvidenceVerifier.VerifyAsync(new Slow(input), options, cancelled.Token));
    }

    private static async Task<EvidenceVerification> VerifyAsync(string file, Action<EvidenceVerifierOptions>? configure = null)
    {
        var options = new EvidenceVerifierOptions();
        configure?.Invoke(options);
        using var input = new MemoryStream(Encoding.UTF8.GetBytes(file));
        return await EvidenceVerifier.VerifyAsync(input, options);
    }

    private static async Task<string> FileAsync(int longest = 0)
    {
        using var output = new MemoryStream();
        var lines = new EvidenceLineWriter(output);
        var writer = new EntryWriter(EvidenceHead.Empty(""));
        var person = RandomNumberGenerator.GetBytes(EvidenceFormat.KeyLength);
        var format = new EvidenceFormat();
        var at = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        await lines.HeaderAsync("", at, new EvidenceFilter(), CancellationToken.None);
        ChainedEvidence? last = null;
        for (var number = 0; number < Entries; number++)
        {
            var json = EvidenceJson.Write(new EvidenceContent { Reasons = [number == longest && longest > 0 ? new string('x', 1_000_000) : "all-passed"] });
            var draft = new EvidenceDraft("", "", $"challenge{number:D15}", EvidenceKind.Claimed, null, at.AddSeconds(number), []);
            last = writer.Append(draft, "key", person, EvidencePlaintext.Pack(json, raw: default));
            var key = new byte[EvidenceFormat.KeyLength];
            format.DeriveKey(person, "", last.Sequence, key);
            await lines.EntryAsync(new OpenedEvidence(last, key, json, IsErased: false), CancellationToken.None);
        }

        await lines.EndAsync(new EvidenceHead("", last!.Sequence, last.Hash), Entries, 0, CancellationToken.None);
        return Encoding.UTF8.GetString(output.ToArray());
    }

    /// <summary>Gives little at a time, so that there is always more to read.</summary>
    private sealed class Slow(Stream inner) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, Math.Min(count, 1_000));

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return inner.ReadAsync(buffer[..Math.Min(buffer.Length, 1_000)], cancellationToken);
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
