using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using System.Security.Cryptography;
using System.Text;
using BiometricTwoFactor.AspNetCore;

namespace BiometricTwoFactor.Benchmarks;

/// <summary>
/// What verifying a ledger costs, as a ratio within one run: against hashing the same bytes and checking the signatures of
/// the same deliveries: in time of the processor, which does not depend on what else runs, and by the clock, which has the
/// verifier's other cores in it. Five entries a step-up, one of them a delivery. <c>-- ledger 1000000</c>.
/// </summary>
internal static class LedgerFigures
{
    public const string Command = "ledger";

    private const int CheckpointEvery = 1_000;
    private const string Secret = "wh_benchmark_secret_0123456789abcdef";

    public static async Task<int> RunAsync(string[] args)
    {
        var count = args is [var text, ..] ? int.Parse(text, CultureInfo.InvariantCulture) : 1_000_000;
        GCSettings.LatencyMode = GCLatencyMode.Batch; // as biometric2fa evidence verify
        var folder = Directory.CreateTempSubdirectory("ledger-");
        try
        {
            var file = Path.Combine(folder.FullName, "ledger.jsonl");
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            await WriteAsync(file, count, key);
            Console.WriteLine($"{count} entries, {new FileInfo(file).Length / 1048576} MiB");
            Machine.Introduce("verifying a ledger, five rounds in turns");
            List<double> ratios = [], byClock = [];
            for (var round = 0; round < 5; round++)
            {
                var bareClock = Stopwatch.StartNew();
                var bare = await BareAsync(file, count, key);
                bareClock.Stop();
                var before = GC.GetTotalMemory(forceFullCollection: true);
                var watch = Cpu();
                var clock = Stopwatch.StartNew();
                await using var input = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 0, useAsync: false);
                var options = new EvidenceVerifierOptions { Secrets = { new WebhookSecret(Secret) }, PublicKeys = { key } };
                var result = await EvidenceVerifier.VerifyAsync(input, options);
                clock.Stop();
                var taken = Cpu() - watch;
                if (!result.IsIntact || result.Entries != count)
                {
                    Console.WriteLine(result);
                    return 1;
                }

                ratios.Add(taken / bare);
                byClock.Add(clock.Elapsed / bareClock.Elapsed);
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"hash and signatures {bare.TotalSeconds:0.00} s, verify {taken.TotalSeconds:0.00} s ({count / taken.TotalSeconds:0} entries/s), ratio {taken / bare:0.00}; by the clock {bareClock.Elapsed.TotalSeconds:0.00} s and {clock.Elapsed.TotalSeconds:0.00} s, ratio {byClock[^1]:0.00}; memory {(GC.GetTotalMemory(forceFullCollection: true) - before) / 1048576.0:0.0} MiB more, peak {Process.GetCurrentProcess().PeakWorkingSet64 / 1048576} MiB"));
            }

            Machine.Row($"median ratio {Machine.Median(ratios):0.00}, by the clock {Machine.Median(byClock):0.00} (at most 3)");
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>
    /// SHA-256 over the file, the MAC of each delivery in its canonical form, which is what the provider signs, and the signature
    /// of each checkpoint.
    /// </summary>
    private static async Task<TimeSpan> BareAsync(string file, int count, ECDsa key)
    {
        var signed = new byte[32];
        var signature = key.SignData(signed, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        var verifier = new WebhookVerifier(new WebhookVerifierOptions { Secrets = [new WebhookSecret(Secret)] });
        var watch = Cpu();
        await using var input = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 0, useAsync: false);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[256 * 1024];
        for (int read; (read = await input.ReadAsync(buffer)) > 0;)
        {
            hash.AppendData(buffer, 0, read);
        }

        for (var delivery = 0; delivery < count / 5; delivery++)
        {
            var (body, headers) = Delivery(0);
            if (verifier.VerifySignature(body, in headers) != WebhookOutcome.Valid)
            {
                throw new InvalidOperationException("The delivery does not verify.");
            }
        }

        for (var checkpoint = 0; checkpoint < count / CheckpointEvery; checkpoint++)
        {
            if (!key.VerifyData(signed, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation))
            {
                throw new InvalidOperationException("The checkpoint does not verify.");
            }
        }

        return Cpu() - watch;
    }

    /// <summary>Of this process: what else runs on the machine must not decide.</summary>
    private static TimeSpan Cpu() => Process.GetCurrentProcess().TotalProcessorTime;

    private static async Task WriteAsync(string file, int count, ECDsa key)
    {
        await using var output = new FileStream(file, FileMode.Create);
        var lines = new EvidenceLineWriter(output);
        var person = RandomNumberGenerator.GetBytes(32);
        var writer = new EntryWriter(EvidenceHead.Empty(""));
        var format = new EvidenceFormat();
        var at = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        await lines.HeaderAsync("", at, new EvidenceFilter(), CancellationToken.None);
        ChainedEvidence? last = null;
        for (var number = 0; number < count; number++)
        {
            var kind = (number % 5) switch { 0 => EvidenceKind.Asked, 1 => EvidenceKind.Shown, 2 => EvidenceKind.Delivered, 3 => EvidenceKind.Claimed, _ => EvidenceKind.Used };
            var content = new EvidenceContent { Party = new("Cookies", $"person {number / 5}", "0123456789abcdef"), Reasons = ["all-passed"], };
            byte[] raw = [];
            if (kind == EvidenceKind.Delivered)
            {
                var (body, headers) = Delivery(0);
                raw = body;
                content = content with { Delivery = new DeliveryFacts { SignatureV2 = headers.SignatureV2, Form = "Canonical", Bytes = body.Length } };
            }

            var json = EvidenceJson.Write(content);
            var draft = new EvidenceDraft("", "", $"challenge{number / 5:D16}", kind, null, at.AddMilliseconds(number), []);
            last = writer.Append(draft, "key", person, EvidencePlaintext.Pack(json, raw));
            var entryKey = new byte[32];
            format.DeriveKey(person, "", last.Sequence, entryKey);
            await lines.EntryAsync(new OpenedEvidence(last, entryKey, json, IsErased: false), CancellationToken.None);
            if ((number + 1) % CheckpointEvery == 0)
            {
                var name = Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()));
                var input = format.CheckpointInput("", last.Sequence, last.Hash, last.At, name);
                var signature = key.SignData(input, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
                await lines.CheckpointAsync(new EvidenceCheckpoint("", last.Sequence, last.Hash, last.At, name, signature), CancellationToken.None);
            }
        }

        await lines.EndAsync(new EvidenceHead("", last!.Sequence, last.Hash), count, 0, CancellationToken.None);
    }

    private static (byte[] Body, WebhookHeaders Headers) Delivery(int number) => Deliveries.Value[number];

    private static readonly Lazy<(byte[] Body, WebhookHeaders Headers)[]> Deliveries = new(() =>
    {
        // As the provider sends it: ASCII-escaped, signed over the canonical form, which is not (contract 4.5).
        var body = $$"""{"created_at":1774969994,"decision":{"face_matches":[{"node_id":"f1","score":95.5,"status":"Approved","warnings":[]}],"features":["LIVENESS","FACE_MATCH","IP_ANALYSIS"],"ip_analyses":[{"city":"M\u00fcnchen","status":"Approved"}],"liveness_checks":[{"method":"PASSIVE","node_id":"l1","score":97.25,"status":"Approved","warnings":[]}],"padding":"{{new string('x', 1500)}}","status":"Approved"},"environment":"live","event_id":"9c0c8b8a-1111-4222-9333-444444444444","session_id":"aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee","status":"Approved","timestamp":1774970000,"vendor_data":"wp-42","webhook_type":"status.updated","workflow_id":"22222222-3333-4444-5555-666666666666","workflow_version":4}""";
        var canonical = body.Replace("\\u00fc", "ü", StringComparison.Ordinal);
        var mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes(canonical));
        return [(Encoding.UTF8.GetBytes(body), new WebhookHeaders { SignatureV2 = Convert.ToHexStringLower(mac) })];
    });
}
