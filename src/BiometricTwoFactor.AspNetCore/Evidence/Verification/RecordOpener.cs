using System.Text.Json;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Finds out whether an entry's key, ciphertext and content agree, and whether the provider signed the delivery that it holds.
/// It knows of no other entry, so that several of these can work at once.
/// </summary>
internal sealed class RecordOpener(WebhookVerifier? webhooks)
{
    private const int LargestBody = 16 * 1024 * 1024;

    /// <summary>Larger ones are not kept: there are several of these.</summary>
    private const int MostKept = 256 * 1024;

    private readonly EvidenceFormat _format = new();
    private byte[] _plaintext = new byte[4096];

    /// <summary>What checks the deliveries' signatures; null without secrets.</summary>
    public static WebhookVerifier? VerifierOf(EvidenceVerifierOptions options) => options.Secrets.Count == 0
        ? null
        // A delivery from years ago was signed with a secret that has ended since.
        : new WebhookVerifier(
            new WebhookVerifierOptions { Secrets = [.. options.Secrets], MaxBodyBytes = LargestBody, AcceptRawSignatureHeader = true }, new LongAgo());

    public void Check(CheckedLine entry, ReadOnlySpan<byte> text)
    {
        Span<byte> hash = stackalloc byte[EvidenceFormat.HashLength];
        var line = entry.Line;
        _format.Hash(line.Fields, line.Commitment, line.Ciphertext, line.Previous, hash);
        entry.HasItsHash = EvidenceFormat.Same(hash, line.Hash);
        entry.Finding = Open(entry, text);
        if (_plaintext.Length > MostKept)
        {
            _plaintext = new byte[4096];
        }
    }

    private RecordFinding Open(CheckedLine entry, ReadOnlySpan<byte> text)
    {
        var line = entry.Line;
        if (!line.HasKey)
        {
            return line.HasContent ? RecordFinding.ContentWithoutKey : line.IsErased ? RecordFinding.Erased : RecordFinding.NoKey;
        }

        if (line.IsErased)
        {
            return RecordFinding.ErasedWithKey;
        }

        Span<byte> commitment = stackalloc byte[EvidenceFormat.HashLength];
        _format.Commit(line.Key, commitment);
        if (!EvidenceFormat.Same(commitment, line.Commitment))
        {
            return RecordFinding.KeyDiffers;
        }

        var length = line.Ciphertext.Length - EvidenceFormat.NonceLength - EvidenceFormat.TagLength;
        if (_plaintext.Length < length)
        {
            _plaintext = new byte[Math.Max(length, _plaintext.Length * 2)];
        }

        if (length < 0 || !_format.TryDecrypt(line.Fields, line.Key, line.Ciphertext, _plaintext)
            || !EvidencePlaintext.TryUnpack(_plaintext.AsSpan(0, length), out var content, out var raw))
        {
            return RecordFinding.DoesNotOpen;
        }

        if (!line.HasContent || !EvidenceFormat.Same(content, text[line.Content]))
        {
            return RecordFinding.ContentDiffers;
        }

        try
        {
            if (line.Kind == EvidenceKind.Erased)
            {
                entry.ErasedKeys = EvidenceJson.Read(content)?.Erasure?.Keys ?? [];
            }

            return raw.Length > 0 ? OfDelivery(content, raw)
                : line.Kind is EvidenceKind.Read or EvidenceKind.ReversedAfterUse ? RecordFinding.Unsigned
                : RecordFinding.Valid;
        }
        catch (JsonException)
        {
            // Sealed under the entry's own key, and yet nothing that the application writes: somebody made the entry.
            return RecordFinding.MadeUp;
        }
    }

    private RecordFinding OfDelivery(ReadOnlySpan<byte> content, ReadOnlySpan<byte> raw)
    {
        if (webhooks is null)
        {
            return RecordFinding.Unchecked;
        }

        return HeadersOf(content) is { } headers && webhooks.VerifySignature(raw, in headers) == WebhookOutcome.Valid
            ? RecordFinding.Valid
            : RecordFinding.SignatureDiffers;
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

    private sealed class LongAgo : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.MinValue;
    }
}
