using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// One line of an export. It is read strictly: a member that is unknown, missing, doubled or of another form makes it corrupt,
/// so that nothing stands in a file that is not looked at. The same object takes one line after the other.
/// </summary>
internal sealed class EvidenceLine
{
    private const string NoKind = "";
    private static readonly Dictionary<string, EvidenceKind> Kinds = Enum.GetValues<EvidenceKind>().ToDictionary(kind => kind.ToString(), StringComparer.Ordinal);
    private static readonly HashSet<string> States = new(Enum.GetNames<ChallengeState>(), StringComparer.Ordinal);

    private readonly byte[] _hash = new byte[EvidenceFormat.HashLength];
    private readonly byte[] _previous = new byte[EvidenceFormat.HashLength];
    private readonly byte[] _commitment = new byte[EvidenceFormat.HashLength];
    private readonly byte[] _key = new byte[EvidenceFormat.KeyLength];
    private readonly byte[] _signature = new byte[64];
    private byte[] _ciphertext = new byte[4096];
    private int _ciphertextLength;
    private int _signatureLength;
    private Members _seen;
    private string _kind = NoKind;

    [Flags]
    private enum Members
    {
        None = 0,
        Type = 1,
        Version = 1 << 1,
        Tenant = 1 << 2,
        ExportedAt = 1 << 3,
        Partial = 1 << 4,
        Filter = 1 << 5,
        Sequence = 1 << 6,
        Challenge = 1 << 7,
        Kind = 1 << 8,
        Outcome = 1 << 9,
        At = 1 << 10,
        KeyId = 1 << 11,
        Commitment = 1 << 12,
        Previous = 1 << 13,
        Hash = 1 << 14,
        Ciphertext = 1 << 15,
        Key = 1 << 16,
        Erased = 1 << 17,
        Content = 1 << 18,
        Signature = 1 << 19,
        Entries = 1 << 20,
        Waiting = 1 << 21,

        OfHeader = Type | Version | Tenant | ExportedAt | Partial,
        OfEntry = Type | Tenant | Sequence | Challenge | Kind | At | KeyId | Commitment | Previous | Hash | Ciphertext,
        OfCheckpoint = Type | Tenant | Sequence | Hash | At | KeyId | Signature,
        OfEnd = Type | Tenant | Entries | Sequence | Hash | Waiting,
    }

    public string Type { get; private set; } = "";

    public string Tenant { get; private set; } = "";

    public long Version { get; private set; }

    public long Sequence { get; private set; }

    public string ChallengeId { get; private set; } = "";

    public EvidenceKind Kind { get; private set; }

    public string? Outcome { get; private set; }

    public DateTimeOffset At { get; private set; }

    public string KeyId { get; private set; } = "";

    public bool IsPartial { get; private set; }

    public bool IsErased { get; private set; }

    public long Entries { get; private set; }

    public long Waiting { get; private set; }

    public bool HasKey => _seen.HasFlag(Members.Key);

    public bool HasContent => _seen.HasFlag(Members.Content);

    public ReadOnlySpan<byte> Hash => _hash;

    public ReadOnlySpan<byte> Previous => _previous;

    public ReadOnlySpan<byte> Commitment => _commitment;

    public ReadOnlySpan<byte> Key => _key;

    public ReadOnlySpan<byte> Ciphertext => _ciphertext.AsSpan(0, _ciphertextLength);

    public ReadOnlySpan<byte> Signature => _signature.AsSpan(0, _signatureLength);

    /// <summary>Where the content's text stands within the line, byte for byte.</summary>
    public Range Content { get; private set; }

    public EvidenceFields Fields => new(Tenant, Sequence, ChallengeId, Kind, Outcome, At, KeyId);

    public bool TryRead(ReadOnlySpan<byte> line)
    {
        _seen = Members.None;
        Outcome = null;
        IsErased = IsPartial = false;
        var reader = new Utf8JsonReader(line);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (!TryMember(ref reader))
                {
                    return false;
                }
            }

            return reader.TokenType == JsonTokenType.EndObject && !reader.Read() && IsComplete();
        }
        catch (Exception unfit) when (unfit is JsonException or InvalidOperationException or FormatException)
        {
            return false;
        }
    }

    private bool IsComplete()
    {
        var (needed, optional) = Type switch
        {
            EvidenceNames.Header => (Members.OfHeader, Members.Filter),
            EvidenceNames.Entry => (Members.OfEntry, Members.Outcome | Members.Key | Members.Erased | Members.Content),
            EvidenceNames.Checkpoint => (Members.OfCheckpoint, Members.None),
            EvidenceNames.End => (Members.OfEnd, Members.None),
            _ => (Members.Type, Members.None),
        };
        return needed != Members.Type && (_seen & needed) == needed && (_seen & ~(needed | optional)) == Members.None
            && (Type != EvidenceNames.Entry || TryKind());
    }

    private bool TryKind()
    {
        var known = Kinds.TryGetValue(_kind, out var kind);
        Kind = kind;
        return known && Sequence > 0 && (Outcome is null || States.Contains(Outcome));
    }

    private bool TryMember(ref Utf8JsonReader reader)
    {
        var member = MemberOf(ref reader);
        if (member == Members.None || _seen.HasFlag(member))
        {
            return false;
        }

        _seen |= member;
        if (!reader.Read())
        {
            return false;
        }

        switch (member)
        {
            case Members.Type:
                return TryText(ref reader, out var type) && (Type = type) is not null;
            case Members.Tenant:
                return TryText(ref reader, out var tenant) && (Tenant = tenant) is not null;
            case Members.Challenge:
                return TryText(ref reader, out var challenge) && (ChallengeId = challenge) is not null;
            case Members.Kind:
                return TryText(ref reader, out var kind) && (_kind = kind) is not null;
            case Members.Outcome:
                return TryText(ref reader, out var outcome) && (Outcome = outcome) is not null;
            case Members.KeyId:
                return TryText(ref reader, out var keyId) && (KeyId = keyId) is not null;
            case Members.ExportedAt or Members.Filter:
                return TryText(ref reader, out _);
            case Members.At:
                return TryTime(ref reader);
            case Members.Partial:
                return TryBoolean(ref reader, value => IsPartial = value);
            case Members.Erased:
                return TryBoolean(ref reader, value => IsErased = value);
            case Members.Version:
                return TryNumber(ref reader, value => Version = value);
            case Members.Sequence:
                return TryNumber(ref reader, value => Sequence = value);
            case Members.Entries:
                return TryNumber(ref reader, value => Entries = value);
            case Members.Waiting:
                return TryNumber(ref reader, value => Waiting = value);
            case Members.Commitment:
                return TryHex(ref reader, _commitment);
            case Members.Previous:
                return TryHex(ref reader, _previous);
            case Members.Hash:
                return TryHex(ref reader, _hash);
            case Members.Key:
                return TryHex(ref reader, _key);
            case Members.Signature:
                return TryBase64(ref reader, _signature, out _signatureLength);
            case Members.Ciphertext:
                if (reader.ValueSpan.Length > _ciphertext.Length)
                {
                    _ciphertext = new byte[Math.Max(reader.ValueSpan.Length, _ciphertext.Length * 2)];
                }

                return TryBase64(ref reader, _ciphertext, out _ciphertextLength);
            default:
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                Content = start..(int)reader.BytesConsumed;
                return true;
        }
    }

    private static Members MemberOf(ref Utf8JsonReader reader) => reader.HasValueSequence ? Members.None : reader.GetString() switch
    {
        EvidenceNames.Type => Members.Type,
        EvidenceNames.Version => Members.Version,
        EvidenceNames.Tenant => Members.Tenant,
        EvidenceNames.ExportedAt => Members.ExportedAt,
        EvidenceNames.Partial => Members.Partial,
        EvidenceNames.Filter => Members.Filter,
        EvidenceNames.Sequence => Members.Sequence,
        EvidenceNames.Challenge => Members.Challenge,
        EvidenceNames.Kind => Members.Kind,
        EvidenceNames.Outcome => Members.Outcome,
        EvidenceNames.At => Members.At,
        EvidenceNames.KeyId => Members.KeyId,
        EvidenceNames.Commitment => Members.Commitment,
        EvidenceNames.Previous => Members.Previous,
        EvidenceNames.Hash => Members.Hash,
        EvidenceNames.Ciphertext => Members.Ciphertext,
        EvidenceNames.Key => Members.Key,
        EvidenceNames.Erased => Members.Erased,
        EvidenceNames.Content => Members.Content,
        EvidenceNames.Signature => Members.Signature,
        EvidenceNames.Entries => Members.Entries,
        EvidenceNames.Waiting => Members.Waiting,
        _ => Members.None,
    };

    private static bool TryText(ref Utf8JsonReader reader, [NotNullWhen(true)] out string? text)
    {
        text = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        return text is not null;
    }

    private static bool TryNumber(ref Utf8JsonReader reader, Action<long> set)
    {
        if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out var value) || value < 0)
        {
            return false;
        }

        set(value);
        return true;
    }

    private static bool TryBoolean(ref Utf8JsonReader reader, Action<bool> set)
    {
        if (reader.TokenType is not (JsonTokenType.True or JsonTokenType.False))
        {
            return false;
        }

        set(reader.GetBoolean());
        return true;
    }

    private bool TryTime(ref Utf8JsonReader reader)
    {
        var read = TryText(ref reader, out var text)
            && DateTimeOffset.TryParseExact(text, EvidenceNames.TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _);
        At = read ? DateTimeOffset.ParseExact(text!, EvidenceNames.TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal) : default;
        return read;
    }

    private static bool TryHex(ref Utf8JsonReader reader, byte[] target) =>
        reader is { TokenType: JsonTokenType.String, ValueIsEscaped: false } && reader.ValueSpan.Length == target.Length * 2
        && Convert.FromHexString(reader.ValueSpan, target, out _, out var written) == OperationStatus.Done && written == target.Length;

    private static bool TryBase64(ref Utf8JsonReader reader, byte[] target, out int length)
    {
        length = 0;
        return reader is { TokenType: JsonTokenType.String, ValueIsEscaped: false }
            && Base64.DecodeFromUtf8(reader.ValueSpan, target, out var consumed, out length) == OperationStatus.Done
            && consumed == reader.ValueSpan.Length;
    }
}
