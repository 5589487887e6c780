using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>Writes the export, one JSON object a line.</summary>
internal sealed class EvidenceLineWriter(Stream output)
{
    private const int FlushAt = 64 * 1024;

    private readonly ArrayBufferWriter<byte> _buffer = new(FlushAt * 2);

    public Task HeaderAsync(string tenant, DateTimeOffset at, EvidenceFilter filter, CancellationToken cancellationToken) => LineAsync(
        json =>
        {
            json.WriteString(EvidenceNames.Type, EvidenceNames.Header);
            json.WriteNumber(EvidenceNames.Version, 1);
            json.WriteString(EvidenceNames.Tenant, tenant);
            json.WriteString(EvidenceNames.ExportedAt, Text(at));
            json.WriteBoolean(EvidenceNames.Partial, filter.IsPartial);
            if (filter.IsPartial)
            {
                json.WriteString(EvidenceNames.Filter, filter.Describe());
            }
        },
        cancellationToken);

    public Task EntryAsync(OpenedEvidence opened, CancellationToken cancellationToken) => LineAsync(
        json =>
        {
            var entry = opened.Entry;
            json.WriteString(EvidenceNames.Type, EvidenceNames.Entry);
            json.WriteString(EvidenceNames.Tenant, entry.Tenant);
            json.WriteNumber(EvidenceNames.Sequence, entry.Sequence);
            json.WriteString(EvidenceNames.Challenge, entry.ChallengeId);
            json.WriteString(EvidenceNames.Kind, entry.Kind.ToString());
            if (entry.Outcome is not null)
            {
                json.WriteString(EvidenceNames.Outcome, entry.Outcome);
            }

            json.WriteString(EvidenceNames.At, Text(entry.At));
            json.WriteString(EvidenceNames.KeyId, entry.KeyId);
            Hex(json, EvidenceNames.Commitment, entry.KeyCommitment);
            Hex(json, EvidenceNames.Previous, entry.PreviousHash);
            Hex(json, EvidenceNames.Hash, entry.Hash);
            json.WriteBase64String(EvidenceNames.Ciphertext, entry.Ciphertext);
            if (opened.IsErased)
            {
                json.WriteBoolean(EvidenceNames.Erased, true);
            }

            if (opened.Key is { } key)
            {
                Hex(json, EvidenceNames.Key, key);
            }

            if (opened.Content.Length > 0)
            {
                json.WritePropertyName(EvidenceNames.Content);
                json.WriteRawValue(opened.Content, skipInputValidation: true);
            }
        },
        cancellationToken);

    public Task CheckpointAsync(EvidenceCheckpoint checkpoint, CancellationToken cancellationToken) => LineAsync(
        json =>
        {
            json.WriteString(EvidenceNames.Type, EvidenceNames.Checkpoint);
            json.WriteString(EvidenceNames.Tenant, checkpoint.Tenant);
            json.WriteNumber(EvidenceNames.Sequence, checkpoint.Sequence);
            Hex(json, EvidenceNames.Hash, checkpoint.Hash);
            json.WriteString(EvidenceNames.At, Text(checkpoint.At));
            json.WriteString(EvidenceNames.KeyId, checkpoint.KeyId);
            json.WriteBase64String(EvidenceNames.Signature, checkpoint.Signature);
        },
        cancellationToken);

    public async Task EndAsync(EvidenceHead head, long entries, long waiting, CancellationToken cancellationToken)
    {
        await LineAsync(
            json =>
            {
                json.WriteString(EvidenceNames.Type, EvidenceNames.End);
                json.WriteString(EvidenceNames.Tenant, head.Tenant);
                json.WriteNumber(EvidenceNames.Entries, entries);
                json.WriteNumber(EvidenceNames.Sequence, head.Sequence);
                Hex(json, EvidenceNames.Hash, head.Hash);
                json.WriteNumber(EvidenceNames.Waiting, waiting);
            },
            cancellationToken).ConfigureAwait(false);
        await FlushAsync(cancellationToken).ConfigureAwait(false);
        await output.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task LineAsync(Action<Utf8JsonWriter> members, CancellationToken cancellationToken)
    {
        await using (var json = new Utf8JsonWriter(_buffer))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        _buffer.Write("\n"u8);
        if (_buffer.WrittenCount >= FlushAt)
        {
            await FlushAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        await output.WriteAsync(_buffer.WrittenMemory, cancellationToken).ConfigureAwait(false);
        _buffer.ResetWrittenCount();
    }

    private static string Text(DateTimeOffset at) => at.UtcDateTime.ToString(EvidenceNames.TimeFormat, CultureInfo.InvariantCulture);

    private static void Hex(Utf8JsonWriter json, string name, byte[] bytes) => json.WriteString(name, Convert.ToHexStringLower(bytes));
}
