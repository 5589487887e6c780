using System.CommandLine;
using System.Runtime;
using System.Security.Cryptography;
using System.Text.Json;
using BiometricTwoFactor.AspNetCore;

namespace BiometricTwoFactor.Cli;

/// <summary><c>biometric2fa evidence verify</c>: whether a file of evidence is what was recorded.</summary>
internal static class EvidenceVerifyCommand
{
    private static readonly Argument<string> File = EvidenceFileArgument.Create();

    private static readonly Option<FileInfo[]> SecretFiles = new("--secret-file")
    {
        Description = $"A file with a webhook secret, present or former; may be repeated. Without one, the environment variable {SecretSource.Variable} counts. With secrets the provider's signatures are checked again.",
    };

    private static readonly Option<FileInfo[]> PublicKeys = new("--public-key") { Description = "A file with the public key (PEM) of the checkpoints; may be repeated." };

    private static readonly Option<string?> Head = new("--head") { Description = "An entry that is known from elsewhere to have been chained, as place:hash, from an earlier verification." };

    private static readonly Option<long?> RequireCheckpoints = new("--require-checkpoints")
    {
        Description = "Demands checkpoints that are signed under a --public-key, and at most so many entries behind the last of them (1000 without a number): a file without any is not intact.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<bool> Summary = new("--summary") { Description = "Leaves out the line about each record." };

    private static readonly Option<bool> AsJson = new("--json") { Description = "Prints JSON lines: one for each problem (and each record, without --summary), and a summary at the end." };

    /// <summary>As often as the application makes one, unless it is told otherwise.</summary>
    private const long MostUncovered = 1_000;

    public static Command Create(ToolContext context)
    {
        var command = new Command("verify", "Verifies exported evidence. Ends with 0 when nothing is wrong, 1 when something is, 2 when asked wrongly.")
        {
            File, SecretFiles, PublicKeys, Head, RequireCheckpoints, Summary, AsJson,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, context, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, ToolContext context, CancellationToken cancellationToken)
    {
        var options = new EvidenceVerifierOptions();
        await SecretsAsync(options, parsed.GetValue(SecretFiles) ?? [], context, cancellationToken);
        KeysFrom(options, parsed.GetValue(PublicKeys) ?? []);
        HeadFrom(options, parsed.GetValue(Head));
        DemandFrom(options, parsed);
        IEvidenceOutput output = parsed.GetValue(AsJson) ? new JsonEvidenceOutput(context.Output) : new TextEvidenceOutput(context.Output);
        options.OnRecord = parsed.GetValue(Summary) ? null : output.Record;
        // A collection beside the work buys short pauses, which nobody notices here, with an eighth of the time.
        GCSettings.LatencyMode = GCLatencyMode.Batch;
        try
        {
            await using var input = EvidenceFileArgument.Open(parsed.GetValue(File)!, context);
            var result = await EvidenceVerifier.VerifyAsync(input, options, cancellationToken);
            foreach (var problem in result.Problems)
            {
                output.Problem(problem); // after the records: only now their order is known
            }

            output.Summary(result, options);
            await context.Output.FlushAsync(cancellationToken);
            return result.IsIntact ? ExitCode.Success : ExitCode.Refused;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new ToolException("The file of evidence cannot be read.");
        }
        finally
        {
            foreach (var key in options.PublicKeys)
            {
                key.Dispose();
            }
        }
    }

    private static async Task SecretsAsync(EvidenceVerifierOptions options, FileInfo[] files, ToolContext context, CancellationToken cancellationToken)
    {
        foreach (var file in files)
        {
            options.Secrets.Add(await SecretSource.ReadAsync(file, context, cancellationToken));
        }

        if (files.Length == 0 && await SecretSource.TryReadAsync(file: null, context, cancellationToken) is not null)
        {
            options.Secrets.Add(await SecretSource.ReadAsync(file: null, context, cancellationToken));
        }
    }

    private static void KeysFrom(EvidenceVerifierOptions options, FileInfo[] files)
    {
        foreach (var file in files)
        {
            var key = ECDsa.Create();
            options.PublicKeys.Add(key);
            try
            {
                var text = System.IO.File.ReadAllText(file.FullName);
                if (text.Contains("PRIVATE KEY", StringComparison.Ordinal))
                {
                    throw new ToolException("A file given as --public-key holds a private key, which belongs nowhere but into the application's secrets. Give the public one, which evidence keys prints beside it.");
                }

                key.ImportFromPem(text);
            }
            catch (Exception unfit) when (unfit is IOException or UnauthorizedAccessException or ArgumentException or CryptographicException)
            {
                throw new ToolException("A file given as --public-key cannot be read, or holds no public key as PEM.");
            }
        }
    }

    private static void DemandFrom(EvidenceVerifierOptions options, ParseResult parsed)
    {
        if (parsed.GetResult(RequireCheckpoints) is null)
        {
            return;
        }

        options.MostUncovered = parsed.GetValue(RequireCheckpoints) ?? MostUncovered;
        if (options.PublicKeys.Count == 0 || options.MostUncovered < 0)
        {
            throw new ToolException("--require-checkpoints needs --public-key, and takes a number of entries from 0 on.");
        }
    }

    private static void HeadFrom(EvidenceVerifierOptions options, string? head)
    {
        if (head is null)
        {
            return;
        }

        var parts = head.Split(':');
        if (parts.Length != 2 || !long.TryParse(parts[0], System.Globalization.CultureInfo.InvariantCulture, out var sequence) || sequence < 1
            || parts[1].Length != 64 || !parts[1].All(char.IsAsciiHexDigit))
        {
            throw new ToolException("--head is the place of an entry and its hash in 64 hexadecimal digits, such as 1200:9f2c...");
        }

        options.HeadSequence = sequence;
        options.HeadHash = Convert.FromHexString(parts[1]);
    }

    private interface IEvidenceOutput
    {
        void Record(EvidenceRecordVerdict record);

        void Problem(EvidenceProblem problem);

        void Summary(EvidenceVerification result, EvidenceVerifierOptions options);
    }

    private sealed class TextEvidenceOutput(TextWriter output) : IEvidenceOutput
    {
        public void Record(EvidenceRecordVerdict record) =>
            output.WriteLine($"{record.Sequence,10}  {Word(record.State),-9}  {record.Kind,-16}  {record.ChallengeId}");

        public void Problem(EvidenceProblem problem) =>
            output.WriteLine($"{(problem.Line == 0 ? "File" : $"Line {problem.Line}")}: {problem.Message}");

        public void Summary(EvidenceVerification result, EvidenceVerifierOptions options)
        {
            if (result.ProblemCount > result.Problems.Count)
            {
                output.WriteLine($"... and {result.ProblemCount - result.Problems.Count} more problems.");
            }

            var isBare = options.PublicKeys.Count > 0 && result is { IsPartial: false, Entries: > 0, CoveredThrough: 0 };
            output.WriteLine(!result.IsIntact ? $"Not intact: {(result.ProblemCount == 1 ? "1 problem" : $"{result.ProblemCount} problems")}."
                : isBare ? "Intact, but no checkpoint that was checked covers it (--require-checkpoints demands one)."
                : "Intact.");
            output.WriteLine($"Entries      {result.Entries}{(result.Entries == 0 ? "" : $" ({result.FirstSequence} to {result.LastSequence})")}{(result.IsPartial ? "; a part only: what is missing from it cannot be told" : "")}");
            output.WriteLine($"Records      {result.Valid} valid, {result.Unsigned} unsigned (read by API), {result.Erased} erased, {result.Unchecked} deliveries not checked{(options.Secrets.Count == 0 ? " (no secret given)" : "")}, {result.Broken} broken");
            output.WriteLine($"Checkpoints  {result.SignedCheckpoints} signed, {result.UnsignedCheckpoints} {(options.PublicKeys.Count == 0 ? "not checked (no public key given)" : "unsigned")}");
            if (!result.IsPartial && result.LastSequence > result.CoveredThrough)
            {
                output.WriteLine($"Uncovered    {result.CoveredThrough + 1} to {result.LastSequence}: no checked checkpoint comes after them");
            }

            if (result.Waiting > 0)
            {
                output.WriteLine($"Unchained    {result.Waiting} drafts waited when the file was made and are not in it");
            }

            if (!result.IsPartial && result.LastHash is not null)
            {
                output.WriteLine($"Head         {result.LastSequence}:{result.LastHash}");
            }
        }

        private static string Word(EvidenceRecordState state) => state switch
        {
            EvidenceRecordState.Valid => "valid",
            EvidenceRecordState.Unsigned => "unsigned",
            EvidenceRecordState.Erased => "erased",
            EvidenceRecordState.Unchecked => "unchecked",
            _ => "BROKEN",
        };
    }

    private sealed class JsonEvidenceOutput(TextWriter output) : IEvidenceOutput
    {
        public void Record(EvidenceRecordVerdict record) => Write(json =>
        {
            json.WriteString("type", "record");
            json.WriteNumber("line", record.Line);
            json.WriteNumber("sequence", record.Sequence);
            json.WriteString("kind", record.Kind.ToString());
            json.WriteString("challenge", record.ChallengeId);
            json.WriteString("state", record.State.ToString().ToLowerInvariant());
        });

        public void Problem(EvidenceProblem problem) => Write(json =>
        {
            json.WriteString("type", "problem");
            json.WriteNumber("line", problem.Line);
            if (problem.Sequence is { } sequence)
            {
                json.WriteNumber("sequence", sequence);
            }
            else
            {
                json.WriteNull("sequence");
            }

            json.WriteString("kind", problem.Kind.ToString());
            json.WriteString("message", problem.Message);
        });

        public void Summary(EvidenceVerification result, EvidenceVerifierOptions options) => Write(json =>
        {
            json.WriteString("type", "summary");
            json.WriteBoolean("intact", result.IsIntact);
            json.WriteBoolean("partial", result.IsPartial);
            json.WriteNumber("problems", result.ProblemCount);
            json.WriteNumber("entries", result.Entries);
            json.WriteNumber("valid", result.Valid);
            json.WriteNumber("unsigned", result.Unsigned);
            json.WriteNumber("erased", result.Erased);
            json.WriteNumber("unchecked", result.Unchecked);
            json.WriteNumber("broken", result.Broken);
            json.WriteNumber("signedCheckpoints", result.SignedCheckpoints);
            json.WriteNumber("unsignedCheckpoints", result.UnsignedCheckpoints);
            json.WriteNumber("coveredThrough", result.CoveredThrough);
            json.WriteNumber("firstSequence", result.FirstSequence);
            json.WriteNumber("lastSequence", result.LastSequence);
            json.WriteString("lastHash", result.LastHash);
            json.WriteNumber("waiting", result.Waiting);
        });

        private void Write(Action<Utf8JsonWriter> members)
        {
            using var stream = new MemoryStream();
            using (var json = new Utf8JsonWriter(stream))
            {
                json.WriteStartObject();
                members(json);
                json.WriteEndObject();
            }

            output.WriteLine(System.Text.Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length));
        }
    }
}
