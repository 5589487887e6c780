using System.Text;
using System.Text.Json.Nodes;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Protocol 11: any changed, removed, inserted or reordered record is named.</summary>
public sealed class TamperedFileTests(LedgerFixture ledger) : IClassFixture<LedgerFixture>
{
    [Fact]
    public async Task An_untouched_file_is_intact_and_every_record_is_valid_or_unsigned()
    {
        List<EvidenceRecordVerdict> records = [];
        var result = await ledger.File().VerifyAsync(options =>
        {
            options.Secrets.Add(new WebhookSecret(ledger.WebhookSecret));
            options.PublicKeys.Add(ledger.PublicKey);
            options.OnRecord = records.Add;
        });
        Assert.Equal([], result.Problems);
        Assert.Equal(result.Entries, records.Count);
        Assert.Equal(1, result.Unsigned);
        Assert.Equal(result.Entries - 1, result.Valid);
        Assert.Equal(EvidenceKind.Read, records.Single(record => record.State == EvidenceRecordState.Unsigned).Kind);
        Assert.Equal(result.LastSequence, result.CoveredThrough);
        Assert.Equal(0, result.Waiting);
    }

    [Fact]
    public async Task Without_secrets_deliveries_are_unchecked_and_without_a_key_checkpoints_are()
    {
        var result = await ledger.File().VerifyAsync();
        Assert.True(result.IsIntact);
        Assert.Equal(3, result.Unchecked);
        Assert.Equal(0, result.SignedCheckpoints);
        Assert.True(result.UnsignedCheckpoints >= 3);
        Assert.Equal(0, result.CoveredThrough);
    }

    [Fact]
    public async Task The_hashes_are_what_the_description_of_the_format_says()
    {
        var file = ledger.File();
        var entries = Enumerable.Range(1, (int)(await file.VerifyAsync()).Entries).Select(sequence => file.Entry(sequence)).ToArray();
        Assert.All(entries, entry => Assert.Equal(LedgerFile.HashOf(entry), entry["hash"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("outcome", "Declined")]
    [InlineData("kind", "Used")]
    [InlineData("challenge", "somebodyElses")]
    [InlineData("at", "2020-01-01T00:00:00.000000Z")]
    [InlineData("keyId", "another")]
    public async Task A_changed_record_is_named_by_line_and_sequence(string member, string value)
    {
        var file = ledger.File();
        file.Change(3, entry => entry[member] = value);
        var problem = Assert.Single((await file.VerifyAsync()).Problems, problem => problem.Message.Contains("its hash is not", StringComparison.Ordinal));
        Assert.Equal((file.LineOf(3) + 1, 3, EvidenceProblemKind.Changed), (problem.Line, problem.Sequence!.Value, problem.Kind));
    }

    [Fact]
    public async Task A_changed_record_with_a_recomputed_hash_no_longer_fits_the_chain()
    {
        var file = ledger.File();
        file.Change(3, entry => entry["at"] = "2020-01-01T00:00:00.000000Z", rehash: true);
        var problems = (await file.VerifyAsync()).Problems;
        Assert.Contains(problems, problem => problem is { Kind: EvidenceProblemKind.Changed, Sequence: 3 } && problem.Message.Contains("do not belong together", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_chain_rewritten_to_its_end_meets_the_checkpoint()
    {
        var file = ledger.File();
        var last = (await file.VerifyAsync()).LastSequence;
        file.Change(2, entry => entry["at"] = "2020-01-01T00:00:00.000000Z", rehash: true);
        for (var sequence = 3L; sequence <= last; sequence++)
        {
            var before = file.Entry(sequence - 1)["hash"]!.GetValue<string>();
            file.Change(sequence, entry => entry["previous"] = before, rehash: true);
        }

        var result = await file.VerifyAsync(options => options.PublicKeys.Add(ledger.PublicKey));
        Assert.Contains(result.Problems, problem => problem.Kind == EvidenceProblemKind.CheckpointDiffers);
        Assert.Contains(result.Problems, problem => problem is { Kind: EvidenceProblemKind.Changed, Sequence: 2 }); // it does not open any more
        Assert.Equal(0, result.CoveredThrough);
    }

    [Fact]
    public async Task A_removed_record_is_named()
    {
        var file = ledger.File();
        file.Lines.RemoveAt(file.LineOf(3));
        var result = await file.VerifyAsync();
        Assert.Contains(result.Problems, problem => problem is { Kind: EvidenceProblemKind.Removed, Sequence: 3 } && problem.Line == file.LineOf(4) + 1);
        Assert.DoesNotContain(result.Problems, problem => problem.Sequence is not (3 or null));
    }

    [Fact]
    public async Task Several_removed_records_are_named_from_the_first_to_the_last()
    {
        var file = ledger.File();
        file.Lines.RemoveAt(file.LineOf(3));
        file.Lines.RemoveAt(file.LineOf(2));
        Assert.Contains((await file.VerifyAsync()).Problems, problem => problem.Message.StartsWith("Entries 2 to 3 are missing", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_missing_beginning_is_named()
    {
        var file = ledger.File();
        file.Lines.RemoveAt(file.LineOf(1));
        Assert.Contains((await file.VerifyAsync()).Problems, problem => problem is { Kind: EvidenceProblemKind.BeginningMissing, Sequence: 2 });
    }

    [Fact]
    public async Task A_record_that_is_there_twice_is_named()
    {
        var file = ledger.File();
        var line = file.LineOf(3);
        file.Lines.Insert(line + 1, file.Lines[line]);
        Assert.Contains((await file.VerifyAsync()).Problems, problem => problem is { Kind: EvidenceProblemKind.Inserted, Sequence: 3 } && problem.Line == line + 2);
    }

    [Fact]
    public async Task An_inserted_record_is_told_from_the_genuine_one()
    {
        var file = ledger.File();
        var line = file.LineOf(3);
        var forged = file.Entry(3);
        forged["challenge"] = "forged";
        forged["hash"] = LedgerFile.HashOf(forged);
        file.Lines.Insert(line, LedgerFile.Write(forged, LedgerFile.ContentOf(file.Lines[line])));
        var problem = Assert.Single((await file.VerifyAsync()).Problems, problem => problem.Kind == EvidenceProblemKind.Inserted && problem.Sequence is not null);
        Assert.Equal((line + 1, 3), (problem.Line, problem.Sequence!.Value));
    }

    [Fact]
    public async Task Reordered_records_are_named()
    {
        var file = ledger.File();
        var (two, three) = (file.LineOf(2), file.LineOf(3));
        (file.Lines[two], file.Lines[three]) = (file.Lines[three], file.Lines[two]);
        var problem = Assert.Single((await file.VerifyAsync()).Problems);
        Assert.Equal((EvidenceProblemKind.Reordered, 2, three + 1), (problem.Kind, problem.Sequence!.Value, problem.Line));
    }

    [Fact]
    public async Task A_file_that_was_cut_says_so()
    {
        var file = ledger.File();
        file.Lines.RemoveRange(file.Lines.Count - 3, 3);
        Assert.Contains((await file.VerifyAsync()).Problems, problem => problem.Kind == EvidenceProblemKind.Truncated);
    }

    [Fact]
    public async Task A_file_that_was_cut_with_a_new_end_does_not_reach_the_known_head()
    {
        var file = ledger.File();
        var whole = await file.VerifyAsync();
        var end = JsonNode.Parse(file.Lines[^1])!.AsObject();
        file.Lines.RemoveRange(file.LineOf(whole.LastSequence), file.Lines.Count - file.LineOf(whole.LastSequence));
        end["entries"] = whole.Entries - 1;
        end["sequence"] = whole.LastSequence - 1;
        end["hash"] = file.Entry(whole.LastSequence - 1)["hash"]!.GetValue<string>();
        file.Lines.Add(end.ToJsonString());
        Assert.True((await file.VerifyAsync()).IsIntact);
        var problem = Assert.Single((await file.VerifyAsync(options => options.HeadSequence = whole.LastSequence)).Problems);
        Assert.Equal((EvidenceProblemKind.Truncated, whole.LastSequence), (problem.Kind, problem.Sequence!.Value));
    }

    [Fact]
    public async Task Another_entry_at_the_known_head_is_named()
    {
        var whole = await ledger.File().VerifyAsync();
        var result = await ledger.File().VerifyAsync(options => (options.HeadSequence, options.HeadHash) = (whole.LastSequence, new byte[32]));
        Assert.Equal(EvidenceProblemKind.Changed, Assert.Single(result.Problems).Kind);
        Assert.True((await ledger.File().VerifyAsync(options => (options.HeadSequence, options.HeadHash) = (whole.LastSequence, Convert.FromHexString(whole.LastHash!)))).IsIntact);
    }

    [Fact]
    public async Task A_file_that_says_it_is_a_part_does_not_turn_the_known_head_off()
    {
        var whole = await ledger.File().VerifyAsync();
        var file = ledger.File();
        file.Lines.RemoveAt(file.LineOf(whole.LastSequence));
        file.Lines[0] = file.Lines[0].Replace("\"partial\":false", "\"partial\":true,\"filter\":\"time\"", StringComparison.Ordinal);
        file.Lines[^1] = file.Lines[^1].Replace($"\"entries\":{whole.Entries},", $"\"entries\":{whole.Entries - 1},", StringComparison.Ordinal);
        Assert.True((await file.VerifyAsync()).IsIntact);

        var problem = Assert.Single((await file.VerifyAsync(options => (options.HeadSequence, options.HeadHash) = (whole.LastSequence, Convert.FromHexString(whole.LastHash!)))).Problems);
        Assert.Equal((EvidenceProblemKind.Truncated, whole.LastSequence), (problem.Kind, problem.Sequence!.Value));
        Assert.Contains("says that it is a part", problem.Message, StringComparison.Ordinal);

        // A part that holds it answers the question.
        var first = whole.FirstSequence;
        Assert.True((await file.VerifyAsync(options => (options.HeadSequence, options.HeadHash) = (first, Convert.FromHexString(file.Entry(first)["hash"]!.GetValue<string>())))).IsIntact);
        Assert.False((await file.VerifyAsync(options => (options.HeadSequence, options.HeadHash) = (first, new byte[32]))).IsIntact);
    }

    [Fact]
    public async Task Where_checkpoints_are_demanded_taking_all_of_them_out_is_noticed()
    {
        void Demand(EvidenceVerifierOptions options)
        {
            options.PublicKeys.Add(ledger.PublicKey);
            options.MostUncovered = 2;
        }

        Assert.True((await ledger.File().VerifyAsync(Demand)).IsIntact);
        var file = ledger.File();
        file.Lines.RemoveAll(line => line.StartsWith("""{"type":"checkpoint""", StringComparison.Ordinal));
        Assert.True((await file.VerifyAsync(options => options.PublicKeys.Add(ledger.PublicKey))).IsIntact);
        Assert.Equal(EvidenceProblemKind.Uncovered, Assert.Single((await file.VerifyAsync(Demand)).Problems).Kind);

        // One that is too long ago leaves too much behind it.
        var old = ledger.File();
        var first = old.Lines.First(line => line.StartsWith("""{"type":"checkpoint""", StringComparison.Ordinal));
        old.Lines.RemoveAll(line => line.StartsWith("""{"type":"checkpoint""", StringComparison.Ordinal) && line != first);
        Assert.Equal(EvidenceProblemKind.Uncovered, Assert.Single((await old.VerifyAsync(Demand)).Problems).Kind);
    }

    [Fact]
    public async Task Problems_come_in_the_order_of_their_lines()
    {
        var file = ledger.File();
        file.Change(9, entry => entry["outcome"] = "Declined");
        file.Lines.RemoveAt(file.LineOf(5)); // a gap, which is known to be one only at the end
        var problems = (await file.VerifyAsync()).Problems;
        Assert.Contains(problems, problem => problem.Kind == EvidenceProblemKind.Removed && problem.Line > 0);
        Assert.Contains(problems, problem => problem.Kind == EvidenceProblemKind.Changed);
        Assert.Equal(problems.OrderBy(problem => problem.Line == 0 ? long.MaxValue : problem.Line), problems);
    }

    [Fact]
    public async Task A_byte_order_mark_is_no_line()
    {
        Assert.Equal([], (await LedgerFile.VerifyAsync("\uFEFF" + ledger.Text)).Problems);
    }

    [Fact]
    public async Task A_key_of_another_entry_is_named()
    {
        var file = ledger.File();
        var other = file.Entry(2)["key"]!.GetValue<string>();
        file.Change(3, entry => entry["key"] = other);
        Assert.Equal((EvidenceProblemKind.KeyDiffers, 3), Only(await file.VerifyAsync()));
    }

    [Fact]
    public async Task A_key_taken_out_is_no_erasure()
    {
        var file = ledger.File();
        var line = file.LineOf(3);
        var entry = file.Entry(3);
        entry.Remove("key");
        file.Lines[line] = LedgerFile.Write(entry, content: null);
        Assert.Equal((EvidenceProblemKind.KeyMissing, 3), Only(await file.VerifyAsync()));

        entry["erased"] = true;
        file.Lines[line] = LedgerFile.Write(entry, content: null);
        Assert.Equal((EvidenceProblemKind.KeyMissing, 3), Only(await file.VerifyAsync()));
    }

    [Fact]
    public async Task A_content_that_is_not_what_was_sealed_is_named()
    {
        var file = ledger.File();
        var line = file.LineOf(1);
        file.Lines[line] = file.Lines[line].Replace("\"amount\":\"250.00\"", "\"amount\":\"2500.00\"", StringComparison.Ordinal);
        Assert.Equal((EvidenceProblemKind.ContentDiffers, 1), Only(await file.VerifyAsync()));
    }

    [Fact]
    public async Task A_delivery_is_verified_again_and_another_secret_does_not_fit()
    {
        var result = await ledger.File().VerifyAsync(options => options.Secrets.Add(new WebhookSecret("another secret of enough bytes")));
        Assert.Equal(3, result.Problems.Count(problem => problem.Kind == EvidenceProblemKind.SignatureDiffers));
        Assert.Equal(3, result.ProblemCount);
    }

    [Fact]
    public async Task A_checkpoint_of_another_key_or_with_another_signature_is_named()
    {
        using var other = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        var result = await ledger.File().VerifyAsync(options => options.PublicKeys.Add(other));
        Assert.NotEmpty(result.Problems);
        Assert.All(result.Problems, problem => Assert.Equal(EvidenceProblemKind.CheckpointDiffers, problem.Kind));

        var file = ledger.File();
        var line = file.Lines.FindIndex(text => text.StartsWith("""{"type":"checkpoint""", StringComparison.Ordinal));
        var checkpoint = JsonNode.Parse(file.Lines[line])!.AsObject();
        file.Lines[line] = file.Lines[line].Replace(checkpoint["at"]!.GetValue<string>(), "2020-01-01T00:00:00.000000Z", StringComparison.Ordinal);
        var problem = Assert.Single((await file.VerifyAsync(options => options.PublicKeys.Add(ledger.PublicKey))).Problems);
        Assert.Equal((line + 1, EvidenceProblemKind.CheckpointDiffers), (problem.Line, problem.Kind));
    }

    [Fact]
    public async Task A_beginning_taken_out_is_not_made_good_by_a_checkpoint_that_nobody_signed()
    {
        var file = ledger.File();
        var cut = file.Entry(5);
        file.Lines.RemoveRange(1, file.LineOf(5) - 1);
        file.Lines.Insert(1, $$"""{"type":"checkpoint","tenant":"","sequence":4,"hash":"{{cut["previous"]!.GetValue<string>()}}","at":"2020-01-01T00:00:00.000000Z","keyId":"","signature":""}""");
        var end = JsonNode.Parse(file.Lines[^1])!.AsObject();
        end["entries"] = end["entries"]!.GetValue<long>() - 4;
        file.Lines[^1] = end.ToJsonString();
        Assert.True((await file.VerifyAsync()).IsIntact); // without a key a checkpoint can only be believed

        var problem = Assert.Single((await file.VerifyAsync(options => options.PublicKeys.Add(ledger.PublicKey))).Problems);
        Assert.Equal((EvidenceProblemKind.BeginningMissing, 5), (problem.Kind, problem.Sequence!.Value));
    }

    [Fact]
    public async Task A_checkpoint_of_an_entry_behind_the_end_tells_of_what_was_taken_out()
    {
        var file = ledger.File();
        var whole = await file.VerifyAsync();
        file.Lines.RemoveAt(file.LineOf(whole.LastSequence)); // its checkpoint stays
        var end = JsonNode.Parse(file.Lines[^1])!.AsObject();
        end["entries"] = whole.Entries - 1;
        end["sequence"] = whole.LastSequence - 1;
        end["hash"] = file.Entry(whole.LastSequence - 1)["hash"]!.GetValue<string>();
        file.Lines[^1] = end.ToJsonString();
        Assert.Equal((EvidenceProblemKind.Removed, whole.LastSequence), Only(await file.VerifyAsync()));
    }

    [Fact]
    public async Task A_made_up_content_is_reported_by_line_and_what_follows_is_still_read()
    {
        // Whoever makes a chain of their own makes its keys, too.
        var person = new byte[32];
        var writer = new EntryWriter(EvidenceHead.Empty(""));
        string[] contents = ["""{"delivery":5}""", "{}"];
        var entries = contents.Select((text, number) => writer.Append(
            new EvidenceDraft("", "", "challenge", number == 0 ? EvidenceKind.Delivered : EvidenceKind.Claimed, null, DateTimeOffset.UnixEpoch, []),
            "key",
            person,
            EvidencePlaintext.Pack(Encoding.UTF8.GetBytes(text), number == 0 ? "raw"u8 : default))).ToArray();
        using var stream = new MemoryStream();
        var lines = new EvidenceLineWriter(stream);
        await lines.HeaderAsync("", DateTimeOffset.UnixEpoch, new EvidenceFilter(), CancellationToken.None);
        foreach (var (entry, text) in entries.Zip(contents))
        {
            var key = new byte[32];
            new EvidenceFormat().DeriveKey(person, "", entry.Sequence, key);
            await lines.EntryAsync(new OpenedEvidence(entry, key, Encoding.UTF8.GetBytes(text), IsErased: false), CancellationToken.None);
        }

        await lines.EndAsync(new EvidenceHead("", 2, entries[1].Hash), 2, 0, CancellationToken.None);
        var file = Encoding.UTF8.GetString(stream.ToArray());
        var result = await LedgerFile.VerifyAsync(file, options => options.Secrets.Add(new WebhookSecret(ledger.WebhookSecret)));
        Assert.Equal((EvidenceProblemKind.Changed, 1), Only(result));
        Assert.Equal((1, 1), (result.Broken, result.Valid));
    }

    [Theory]
    [InlineData("not json at all")]
    [InlineData("{\"type\":\"entry\"}")]
    [InlineData("{\"type\":\"entry\",\"type\":\"entry\"}")]
    [InlineData("[]")]
    [InlineData("")]
    public async Task A_corrupt_line_is_reported_by_number_and_what_follows_is_still_read(string garbage)
    {
        var file = ledger.File();
        file.Lines.Insert(file.LineOf(4), garbage);
        var result = await file.VerifyAsync();
        var problem = Assert.Single(result.Problems);
        Assert.Equal((file.LineOf(4), EvidenceProblemKind.Corrupt), (problem.Line, problem.Kind));
        Assert.Equal((await ledger.File().VerifyAsync()).Entries, result.Entries);
    }

    [Fact]
    public async Task An_unknown_member_is_not_overlooked()
    {
        var file = ledger.File();
        file.Change(3, entry => entry["comment"] = "approved by the board");
        Assert.Contains((await file.VerifyAsync()).Problems, problem => problem.Kind == EvidenceProblemKind.Corrupt);
    }

    [Fact]
    public async Task A_file_cut_within_a_line_names_that_line()
    {
        var cut = ledger.Text[..(ledger.Text.Length / 2)];
        var result = await LedgerFile.VerifyAsync(cut);
        Assert.Contains(result.Problems, problem => problem.Kind == EvidenceProblemKind.Corrupt && problem.Line == result.Lines);
        Assert.Contains(result.Problems, problem => problem.Kind == EvidenceProblemKind.Truncated);
    }

    [Fact]
    public async Task Nothing_is_not_intact()
    {
        var result = await LedgerFile.VerifyAsync("");
        Assert.Equal("The file is empty.", Assert.Single(result.Problems).Message);
        Assert.Equal("1 problem, 0 entries", result.ToString());
    }

    [Fact]
    public async Task Every_single_byte_counts()
    {
        // One digit or letter of each line, wherever it stands, changed to another: whatever it was, it is noticed.
        var text = ledger.Text;
        var random = new Random(6);
        for (var round = 0; round < 300; round++)
        {
            var at = random.Next(text.Length);
            if (!char.IsAsciiLetterOrDigit(text[at]))
            {
                continue;
            }

            // The time of the export itself is nobody's evidence.
            if (at < text.IndexOf('\n'))
            {
                continue;
            }

            var changed = text[..at] + (text[at] == '7' ? '8' : '7') + text[(at + 1)..];
            var result = await LedgerFile.VerifyAsync(changed, options => options.PublicKeys.Add(ledger.PublicKey));
            Assert.False(result.IsIntact, $"A change at {at} ({text[Math.Max(0, at - 40)..at]}) was not noticed.");
        }
    }

    private static (EvidenceProblemKind Kind, long Sequence) Only(EvidenceVerification result)
    {
        var problem = Assert.Single(result.Problems);
        return (problem.Kind, problem.Sequence!.Value);
    }
}
