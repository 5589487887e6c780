using System.Text.Json;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>Whether an entry's key, ciphertext and content agree, and whether the provider signed the delivery that it holds.</summary>
internal sealed class RecordCheck
{
    private const int LargestBody = 16 * 1024 * 1024;

    private readonly Findings _findings;
    private readonly WebhookVerifier? _webhooks;
    private readonly EvidenceFormat _format = new();
    private readonly HashSet<string> _erased = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (long Line, long Sequence)> _saidErased = new(StringComparer.Ordinal);
    private byte[] _plaintext = new byte[4096];

    public RecordCheck(Findings findings)
    {
        _findings = findings;
        if (findings.Options.Secrets.Count > 0)
        {
            // A delivery from years ago was signed with a secret that has ended since.
            _webhooks = new WebhookVerifier(
                new WebhookVerifierOptions { Secrets = [.. findings.Options.Secrets], MaxBodyBytes = LargestBody, AcceptRawSignatureHeader = true }, new LongAgo());
        }
    }

    public EvidenceRecordState Check(EvidenceLine line, ReadOnlySpan<byte> text)
    {
        if (!line.HasKey)
        {
            return WithoutKey(line);
        }

        if (line.IsErased)
        {
            return Broken(EvidenceProblemKind.KeyDiffers, line, $"Entry {line.Sequence} says that its person was erased, and has a key.");
        }

        Span<byte> commitment = stackalloc byte[EvidenceFormat.HashLength];
        _format.Commit(line.Key, commitment);
        if (!EvidenceFormat.Same(commitment, line.Commitment))
        {
            return Broken(EvidenceProblemKind.KeyDiffers, line, $"The key of entry {line.Sequence} is not the one that the entry was sealed under.");
        }

        var length = line.Ciphertext.Length - EvidenceFormat.NonceLength - EvidenceFormat.TagLength;
        if (_plaintext.Length < length)
        {
            _plaintext = new byte[Math.Max(length, _plaintext.Length * 2)];
        }

        if (length < 0 || !_format.TryDecrypt(line.Fields, line.Key, line.Ciphertext, _plaintext)
            || !EvidencePlaintext.TryUnpack(_plaintext.AsSpan(0, length), out var content, out var raw))
        {
            return Broken(EvidenceProblemKind.Changed, line, $"Entry {line.Sequence} does not open under its key: the ciphertext or what is public about the entry was changed.");
        }

        if (!line.HasContent || !EvidenceFormat.Same(content, text[line.Content]))
        {
            return Broken(EvidenceProblemKind.ContentDiffers, line, $"The content of entry {line.Sequence} is not what its ciphertext holds.");
        }

        try
        {
            if (line.Kind == EvidenceKind.Erased)
            {
                _erased.UnionWith(EvidenceJson.Read(content)?.Erasure?.Keys ?? []);
            }

            return raw.Length > 0 ? OfDelivery(line, content, raw)
                : line.Kind is EvidenceKind.Read or EvidenceKind.ReversedAfterUse ? EvidenceRecordState.Unsigned
                : EvidenceRecordState.Valid;
        }
        catch (JsonException)
        {
            // Sealed under the entry's own key, and yet nothing that the application writes: somebody made the entry.
            return Broken(EvidenceProblemKind.Changed, line, $"The content of entry {line.Sequence} is none that is recorded.");
        }
    }

    public void End()
    {
        if (_findings.Result.IsPartial)
        {
            return; // the entry that says so may be in another part
        }

        foreach (var (id, (line, sequence)) in _saidErased.Where(said => !_erased.Contains(said.Key)).OrderBy(said => said.Value.Line))
        {
            _findings.Report(line, EvidenceProblemKind.KeyMissing, sequence, $"The entries under key {id}, from {sequence} on, are said to be of an erased person; no entry records the erasure.");
        }
    }

    private EvidenceRecordState WithoutKey(EvidenceLine line)
    {
        if (line.HasContent)
        {
            return Broken(EvidenceProblemKind.KeyMissing, line, $"Entry {line.Sequence} has a content and no key to check it with.");
        }

        if (!line.IsErased)
        {
            return Broken(EvidenceProblemKind.KeyMissing, line, $"Entry {line.Sequence} has no key: it was taken out, or the master key was not there when the file was made.");
        }

        _saidErased.TryAdd(line.KeyId, (_findings.Line, line.Sequence));
        return EvidenceRecordState.Erased;
    }

    private EvidenceRecordState OfDelivery(EvidenceLine line, ReadOnlySpan<byte> content, ReadOnlySpan<byte> raw)
    {
        if (_webhooks is null)
        {
            return EvidenceRecordState.Unchecked;
        }

        return HeadersOf(content) is { } headers && _webhooks.VerifySignature(raw, in headers) == WebhookOutcome.Valid
            ? EvidenceRecordState.Valid
            : Broken(EvidenceProblemKind.SignatureDiffers, line, $"The delivery in entry {line.Sequence} is not signed under any of the secrets that were given.");
    }

    private static WebhookHeaders? HeadersOf(ReadOnlySpan<byte> content)
    {
        var reader = new Utf8JsonReader(content);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("delivery"u8))
            {
                reader.Read();
                var facts = JsonSerializer.Deserialize(ref reader, EvidenceJson.Default.DeliveryFacts);
                return facts is null
                    ? null
                    : new WebhookHeaders { SignatureV2 = facts.SignatureV2, Signature = facts.Signature, SignatureSimple = facts.SignatureSimple, Timestamp = facts.Timestamp };
            }

            reader.Read();
            reader.Skip();
        }

        return null;
    }

    private EvidenceRecordState Broken(EvidenceProblemKind kind, EvidenceLine line, string message)
    {
        _findings.Report(kind, line.Sequence, message);
        return EvidenceRecordState.Broken;
    }

    private sealed class LongAgo : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.MinValue;
    }
}
