using System.Text.Json.Nodes;

namespace BiometricTwoFactor.Cli.Tests;

/// <summary>The evidence of a day at a bank, made once and kept: a file of the first version of the format must verify for ever.</summary>
public sealed class EvidenceCommandTests
{
    private const string Secret = "FKpJshCtU15dCxABua8nH7gOIM7vhFGIMxxXYNdRQj7";
    private const string Head = "17:69e024d5d4e1139733103e6f76458a501fa297e1c6a372650dc724d9c6ef5cc0";
    private static readonly string Ledger = Path.Combine(AppContext.BaseDirectory, "Evidence", "bank-day.jsonl");
    private static readonly string PublicKey = Path.Combine(AppContext.BaseDirectory, "Evidence", "bank-day.pem");

    [Fact]
    public async Task Verify_says_of_each_record_what_it_is_worth()
    {
        var run = await ToolRun.WithAsync(["evidence", "verify", Ledger, "--public-key", PublicKey, "--head", Head], secret: Secret);
        Assert.Equal("", run.Error);
        Assert.Contains("3  valid      Delivered ", run.Output, StringComparison.Ordinal);
        Assert.Contains("16  unsigned   Read ", run.Output, StringComparison.Ordinal);
        Assert.Contains("Intact.", run.Output, StringComparison.Ordinal);
        Assert.Contains("16 valid, 1 unsigned (read by API), 0 erased", run.Output, StringComparison.Ordinal);
        Assert.Contains("Checkpoints  4 signed", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Uncovered", run.Output, StringComparison.Ordinal);
        Assert.Contains($"Head         {Head}", run.Output, StringComparison.Ordinal);
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public async Task Verify_without_secret_and_key_says_what_was_not_checked()
    {
        var run = await ToolRun.WithAsync(["evidence", "verify", Ledger, "--summary"], secret: null);
        Assert.Contains("3 deliveries not checked (no secret given)", run.Output, StringComparison.Ordinal);
        Assert.Contains("not checked (no public key given)", run.Output, StringComparison.Ordinal);
        Assert.Contains("Uncovered    1 to 17", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Asked", run.Output, StringComparison.Ordinal);
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public async Task Verify_names_what_was_changed_and_ends_with_1()
    {
        var lines = await File.ReadAllLinesAsync(Ledger);
        var line = Array.FindIndex(lines, text => text.Contains("\"sequence\":3,", StringComparison.Ordinal));
        lines[line] = lines[line].Replace("\"outcome\":\"Approved\"", "\"outcome\":\"Declined\"", StringComparison.Ordinal);
        using var file = new TemporaryFile(string.Join('\n', lines) + "\n");
        var run = await ToolRun.WithAsync(["evidence", "verify", file.Path]);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains($"Line {line + 1}: Entry 3 was changed", run.Output, StringComparison.Ordinal);
        Assert.Contains("3  BROKEN     Delivered", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_reports_a_corrupt_line_by_its_number()
    {
        var lines = (await File.ReadAllLinesAsync(Ledger)).ToList();
        lines.Insert(4, "garbage");
        using var file = new TemporaryFile(string.Join('\n', lines) + "\n");
        var run = await ToolRun.WithAsync(["evidence", "verify", file.Path, "--summary"], secret: Secret);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("Line 5: The line cannot be read", run.Output, StringComparison.Ordinal);
        Assert.Contains("16 valid", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_with_another_secret_or_head_says_no()
    {
        var secret = await ToolRun.WithAsync(["evidence", "verify", Ledger, "--summary"]);
        Assert.Equal(1, secret.ExitCode);
        Assert.Contains("is not signed under any of the secrets", secret.Output, StringComparison.Ordinal);
        var head = await ToolRun.WithAsync(["evidence", "verify", Ledger, "--summary", "--head", "18:" + new string('0', 64)], secret: Secret);
        Assert.Equal(1, head.ExitCode);
        Assert.Contains("does not hold entry 18", head.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_prints_json_for_scripts()
    {
        var run = await ToolRun.WithAsync(["evidence", "verify", Ledger, "--json"], secret: Secret);
        var lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!.AsObject()).ToArray();
        Assert.Equal(18, lines.Length);
        Assert.Equal("valid", lines[0]["state"]!.GetValue<string>());
        Assert.True(lines[^1]["intact"]!.GetValue<bool>());
        Assert.Equal(17, lines[^1]["lastSequence"]!.GetValue<long>());
    }

    [Theory]
    [InlineData("evidence", "verify", "no-such-file")]
    [InlineData("evidence", "verify", "no-such-file", "--head", "x")]
    [InlineData("evidence", "report", "no-such-file", "--challenge", "x")]
    [InlineData("evidence", "report", "no-such-file")]
    [InlineData("evidence", "verify")]
    public async Task A_wrong_call_ends_with_2_and_repeats_no_path(params string[] args)
    {
        var run = await ToolRun.WithAsync(args);
        Assert.Equal(2, run.ExitCode);
        Assert.NotEqual("", run.Error);
        Assert.DoesNotContain("no-such-file", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_head_that_was_asked_for_is_not_turned_off_by_the_file()
    {
        var lines = (await File.ReadAllLinesAsync(Ledger)).ToList();
        lines[0] = lines[0].Replace("\"partial\":false", "\"partial\":true", StringComparison.Ordinal);
        lines.RemoveAt(lines.FindIndex(line => line.Contains("\"type\":\"entry\"", StringComparison.Ordinal) && line.Contains("\"sequence\":17,", StringComparison.Ordinal)));
        lines[^1] = lines[^1].Replace("\"entries\":17,", "\"entries\":16,", StringComparison.Ordinal);
        using var file = new TemporaryFile(string.Join('\n', lines) + "\n");
        Assert.Equal(0, (await ToolRun.WithAsync(["evidence", "verify", file.Path, "--summary"], secret: Secret)).ExitCode);
        var run = await ToolRun.WithAsync(["evidence", "verify", file.Path, "--summary", "--head", Head], secret: Secret);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("File: The file says that it is a part, and does not hold entry 17", run.Output, StringComparison.Ordinal);
        Assert.Contains("Not intact: 1 problem.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_without_checkpoints_is_told_and_refused_where_they_are_demanded()
    {
        var whole = await ToolRun.WithAsync(["evidence", "verify", Ledger, "--summary", "--public-key", PublicKey, "--require-checkpoints"], secret: Secret);
        Assert.Equal(("", 0), (whole.Error, whole.ExitCode));
        Assert.Equal(0, (await ToolRun.WithAsync(["evidence", "verify", Ledger, "--summary", "--public-key", PublicKey, "--require-checkpoints", "0"], secret: Secret)).ExitCode);

        var lines = (await File.ReadAllLinesAsync(Ledger)).Where(line => !line.Contains("\"type\":\"checkpoint\"", StringComparison.Ordinal));
        using var file = new TemporaryFile(string.Join('\n', lines) + "\n");
        var told = await ToolRun.WithAsync(["evidence", "verify", file.Path, "--summary", "--public-key", PublicKey], secret: Secret);
        Assert.Equal(0, told.ExitCode);
        Assert.StartsWith("Intact, but no checkpoint that was checked covers it", told.Output, StringComparison.Ordinal);
        var refused = await ToolRun.WithAsync(["evidence", "verify", file.Path, "--summary", "--public-key", PublicKey, "--require-checkpoints"], secret: Secret);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("No checkpoint that is signed under a given key", refused.Output, StringComparison.Ordinal);
        Assert.Equal(2, (await ToolRun.WithAsync(["evidence", "verify", Ledger, "--require-checkpoints"])).ExitCode);
    }

    [Fact]
    public async Task Problems_come_in_the_order_of_their_lines()
    {
        var lines = (await File.ReadAllLinesAsync(Ledger)).ToList();
        var changed = lines.FindIndex(line => line.Contains("\"sequence\":12,", StringComparison.Ordinal));
        lines[changed] = lines[changed].Replace("\"at\":\"20", "\"at\":\"19", StringComparison.Ordinal);
        lines.RemoveAt(lines.FindIndex(line => line.Contains("\"sequence\":5,", StringComparison.Ordinal)));
        using var file = new TemporaryFile(string.Join('\n', lines) + "\n");
        var run = await ToolRun.WithAsync(["evidence", "verify", file.Path, "--summary"], secret: Secret);
        var numbers = run.Output.Split('\n').Where(line => line.StartsWith("Line ", StringComparison.Ordinal)).Select(line => int.Parse(line[5..line.IndexOf(':')], System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        Assert.True(numbers.Length >= 2);
        Assert.Equal(numbers.Order(), numbers);
        Assert.DoesNotContain("Line 0", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_verified_is_told_apart()
    {
        using var missing = new TemporaryFile(content: null);
        using var table = new TemporaryFile("\uFEFFchallenge,asked_at,subject\r\n");
        using var empty = new TemporaryFile("");
        Assert.Contains("no such file", (await VerifyAsync(missing.Path, 2)).Error, StringComparison.Ordinal);
        Assert.Contains("is a folder", (await VerifyAsync(Path.GetDirectoryName(missing.Path)!, 2)).Error, StringComparison.Ordinal);
        Assert.Contains("the table (CSV)", (await VerifyAsync(table.Path, 2)).Error, StringComparison.Ordinal);
        Assert.StartsWith("File: The file is empty.", (await VerifyAsync(empty.Path, 1)).Output, StringComparison.Ordinal);

        using var marked = new TemporaryFile("\uFEFF" + await File.ReadAllTextAsync(Ledger));
        Assert.StartsWith("Intact.", (await VerifyAsync(marked.Path, 0)).Output, StringComparison.Ordinal);

        static async Task<ToolRun> VerifyAsync(string path, int code)
        {
            var run = await ToolRun.WithAsync(["evidence", "verify", path, "--summary"], secret: null);
            Assert.Equal(code, run.ExitCode);
            Assert.DoesNotContain(path, run.Error + run.Output, StringComparison.Ordinal);
            return run;
        }
    }

    [Fact]
    public async Task A_private_key_is_refused_in_a_public_ones_place_and_not_repeated()
    {
        using var key = System.Security.Cryptography.ECDsa.Create();
        using var file = new TemporaryFile(key.ExportPkcs8PrivateKeyPem());
        var run = await ToolRun.WithAsync(["evidence", "verify", Ledger, "--public-key", file.Path]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("holds a private key", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("MIG", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_hint_names_the_whole_command()
    {
        Assert.Contains("Try: biometric2fa evidence verify --help", (await ToolRun.WithAsync(["evidence", "verify"])).Error, StringComparison.Ordinal);
        Assert.Contains("Try: biometric2fa evidence --help", (await ToolRun.WithAsync(["evidence", "nothing"])).Error, StringComparison.Ordinal);
        Assert.Contains("Try: biometric2fa --help", (await ToolRun.WithAsync(["nothing"])).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_prints_a_page_without_script()
    {
        var challenge = JsonNode.Parse((await File.ReadAllLinesAsync(Ledger))[1])!["challenge"]!.GetValue<string>();
        var run = await ToolRun.WithAsync(["evidence", "report", Ledger, "--challenge", challenge]);
        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("<!doctype html>", run.Output, StringComparison.Ordinal);
        Assert.Contains("Approved and used", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", run.Output, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(1, (await ToolRun.WithAsync(["evidence", "report", Ledger, "--challenge", "nothing"])).ExitCode);
    }

    [Fact]
    public async Task Keys_are_new_each_time_and_their_public_half_verifies()
    {
        var (one, other) = (await ToolRun.WithAsync(["evidence", "keys"]), await ToolRun.WithAsync(["evidence", "keys"]));
        Assert.NotEqual(one.Output, other.Output);
        var master = one.Output.Split('\n').Single(line => line.StartsWith("Biometric__Evidence__MasterKey=", StringComparison.Ordinal))["Biometric__Evidence__MasterKey=".Length..];
        Assert.Equal(32, Convert.FromBase64String(master.Trim()).Length);
        Assert.Contains("-----BEGIN PUBLIC KEY-----", one.Output, StringComparison.Ordinal);
    }
}
