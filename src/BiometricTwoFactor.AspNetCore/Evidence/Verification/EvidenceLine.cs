using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// One line of an export. It is read strictly: a member that is unknown, missing, doubled or of another form makes it corrupt,
/// so that nothing stands in a file that is not looked at. The same object takes one line after the other.
/// </summary>
internal sealed class EvidenceLine
{
    private const int TimeLength = 27;

    /// <summary>Room that one long line needed is not kept: there are hundreds of these.</summary>
    private const int MostKept = 64 * 1024;

    private static readonly Dictionary<string, EvidenceKind> Kinds = Enum.GetValues<EvidenceKind>().ToDictionary(kind => kind.ToString(), StringComparer.Ordinal);
    private static readonly HashSet<string> States = new(Enum.GetNames<ChallengeState>(), StringComparer.Ordinal);

    private static readonly (byte[] Name, Members Member)[] Names =
    [
        (Encoding.UTF8.GetBytes(EvidenceNames.Type), Members.Type),
        (Encoding.UTF8.GetBytes(EvidenceNames.Version), Members.Version),
        (Encoding.UTF8.GetBytes(EvidenceNames.Tenant), Members.Tenant),
        (Encoding.UTF8.GetBytes(EvidenceNames.ExportedAt), Members.ExportedAt),
        (Encoding.UTF8.GetBytes(EvidenceNames.Partial), Members.Partial),
        (Encoding.UTF8.GetBytes(EvidenceNames.Filter), Members.Filter),
        (Encoding.UTF8.GetBytes(EvidenceNames.Entries), Members.Entries),
        (Encoding.UTF8.GetBytes(EvidenceNames.Sequence), Members.Sequence),
        (Encoding.UTF8.GetBytes(EvidenceNames.Challenge), Members.Challenge),
        (Encoding.UTF8.GetBytes(EvidenceNames.Kind), Members.Kind),
        (Encoding.UTF8.GetBytes(EvidenceNames.Outcome), Members.Outcome),
        (Encoding.UTF8.GetBytes(EvidenceNames.At), Members.At),
        (Encoding.UTF8.GetBytes(EvidenceNames.KeyId), Members.KeyId),
        (Encoding.UTF8.GetBytes(EvidenceNames.Commitment), Members.Commitment),
        (Encoding.UTF8.GetBytes(EvidenceNames.Previous), Members.Previous),
        (Encoding.UTF8.GetBytes(EvidenceNames.Hash), Members.Hash),
        (Encoding.UTF8.GetBytes(EvidenceNames.Ciphertext), Members.Ciphertext),
        (Encoding.UTF8.GetBytes(EvidenceNames.Erased), Members.Erased),
        (Encoding.UTF8.GetBytes(EvidenceNames.Key), Members.Key),
        (Encoding.UTF8.GetBytes(EvidenceNames.Content), Members.Content),
        (Encoding.UTF8.GetBytes(EvidenceNames.Signature), Members.Signature),
        (Encoding.UTF8.GetBytes(EvidenceNames.Waiting), Members.Waiting),
    ];

    private readonly byte[] _hash = new byte[EvidenceFormat.HashLength];
    private readonly byte[] _previous = new byte[EvidenceFormat.HashLength];
    private readonly byte[] _commitment = new byte[EvidenceFormat.HashLength];
    private readonly byte[] _key = new byte[EvidenceFormat.KeyLength];
    private readonly byte[] _signature = new byte[64];
    private byte[] _ciphertext = new byte[4096];
    private int _ciphertextLength;
    private int _signatureLength;
    private Members _seen;
    private int _next;
    private string _type = "";
    private string _tenant = "";
    private string _challenge = "";
    private string _kind = "";
    private string _outcome = "";
    private string _keyId = "";
    private string _ignored = "";
    private long _version;
    private long _sequence;
    private long _entries;
    private long _waiting;
    private bool _isPartial;
    private bool _isErased;

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

    public string Type => _type;

    public string Tenant => _tenant;

    public long Version => _version;

    public long Sequence => _sequence;

    public string ChallengeId => _challenge;

    public EvidenceKind Kind { get; private set; }

    public string? Outcome => _seen.HasFlag(Members.Outcome) ? _outcome : null;

    public DateTimeOffset At { get; private set; }

    public string KeyId => _keyId;

    public bool IsPartial => _isPartial;

    public bool IsErased => _isErased;

    public long Entries => _entries;

    public long Waiting => _waiting;

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

    /// <param name="line">The line's text.</param>
    /// <param name="before">The line before, which mostly says the same in several places.</param>
    public bool TryRead(ReadOnlySpan<byte> line, EvidenceLine? before = null)
    {
        if (before is not null)
        {
            (_type, _tenant, _challenge, _keyId) = (before._type, before._tenant, before._challenge, before._keyId);
        }

        if (_ciphertext.Length > MostKept)
        {
            _ciphertext = new byte[4096];
        }

        _seen = Members.None;
        _isErased = _isPartial = false;
        _next = 0;
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
                return TryText(ref reader, ref _type);
            case Members.Tenant:
                return TryText(ref reader, ref _tenant);
            case Members.Challenge:
                return TryText(ref reader, ref _challenge);
            case Members.Kind:
                return TryText(ref reader, ref _kind);
            case Members.Outcome:
                return TryText(ref reader, ref _outcome);
            case Members.KeyId:
                return TryText(ref reader, ref _keyId);
            case Members.ExportedAt or Members.Filter:
                return TryText(ref reader, ref _ignored);
            case Members.At:
                return TryTime(ref reader);
            case Members.Partial:
                return TryBoolean(ref reader, ref _isPartial);
            case Members.Erased:
                return TryBoolean(ref reader, ref _isErased);
            case Members.Version:
                return TryNumber(ref reader, ref _version);
            case Members.Sequence:
                return TryNumber(ref reader, ref _sequence);
            case Members.Entries:
                return TryNumber(ref reader, ref _entries);
            case Members.Waiting:
                return TryNumber(ref reader, ref _waiting);
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

    /// <summary>Lines have their members in one order, so that the next is mostly the one that comes.</summary>
    private Members MemberOf(ref Utf8JsonReader reader)
    {
        for (var tried = 0; tried < Names.Length; tried++)
        {
            var (name, member) = Names[_next];
            _next = (_next + 1) % Names.Length;
            if (reader.ValueTextEquals(name))
            {
                return member;
            }
        }

        return Members.None;
    }

    /// <summary>A value that is the same as on the line before is that one.</summary>
    private static bool TryText(ref Utf8JsonReader reader, ref string text)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            return false;
        }

        text = reader.ValueTextEquals(text) ? text : reader.GetString()!;
        return true;
    }

    private static bool TryNumber(ref Utf8JsonReader reader, ref long number) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out number) && number >= 0;

    private static bool TryBoolean(ref Utf8JsonReader reader, ref bool value)
    {
        value = reader.TokenType == JsonTokenType.True;
        return reader.TokenType is JsonTokenType.True or JsonTokenType.False;
    }

    private bool TryTime(ref Utf8JsonReader reader)
    {
        // The reader takes other forms of ISO 8601, too; this length with this end has only the one that is written.
        if (reader.TokenType != JsonTokenType.String || reader.ValueIsEscaped || reader.ValueSpan.Length != TimeLength || reader.ValueSpan[^1] != 'Z'
            || !reader.TryGetDateTimeOffset(out var at))
        {
            return false;
        }

        At = at;
        return true;
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
