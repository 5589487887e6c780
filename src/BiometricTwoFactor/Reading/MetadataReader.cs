using System.Text;

namespace BiometricTwoFactor;

/// <summary>
/// Reads the echo of our metadata. <c>metadata_echo</c> comes before <c>metadata</c>, the envelope's before the
/// decision's; where several are present they are read as one, and a member on which any two disagree makes the
/// document contradict itself: there is no telling which of the two the payer's capture stood for.
/// </summary>
internal static class MetadataReader
{
    /// <summary>Reads the metadata of an envelope and its decision (nowhere, when there is none); false when they contradict each other.</summary>
    public static bool TryRead(in SessionMembers envelope, in SessionMembers decision, out SessionMetadata metadata)
    {
        metadata = SessionMetadata.Empty;
        Dictionary<string, MetadataValue>? members = null;
        if (!TryAdd(envelope[SessionMember.MetadataEcho], ref members)
            || !TryAdd(decision[SessionMember.MetadataEcho], ref members)
            || !TryAdd(envelope[SessionMember.Metadata], ref members)
            || !TryAdd(decision[SessionMember.Metadata], ref members))
        {
            return false;
        }

        metadata = members is null ? SessionMetadata.Empty : new SessionMetadata(members);
        return true;
    }

    private static bool TryAdd(JsonCursor source, ref Dictionary<string, MetadataValue>? members)
    {
        if (source.IsObject)
        {
            return TryAddMembers(source, ref members);
        }

        // Some integrations send metadata as a text that holds JSON (contract D5). Any other text has no members.
        var text = source.Utf8.TrimStart(" \t\r\n"u8);
        if (text.IsEmpty || text[0] != (byte)'{')
        {
            return true;
        }

        if (JsonTape.Parse(source.Utf8, source.Utf8.Length, JsonTape.DefaultMaxDepth, out var tape) != JsonReadError.None)
        {
            return false;
        }

        using (tape)
        {
            return TryAddMembers(tape.Root, ref members);
        }
    }

    private static bool TryAddMembers(JsonCursor source, ref Dictionary<string, MetadataValue>? members)
    {
        members ??= new Dictionary<string, MetadataValue>(source.Count, StringComparer.Ordinal);
        foreach (var member in source.Items)
        {
            var name = Encoding.UTF8.GetString(member.Name);
            var value = Value(member);
            if (!members.TryAdd(name, value) && members[name] != value)
            {
                return false;
            }
        }

        return true;
    }

    private static MetadataValue Value(JsonCursor member) => member.Kind switch
    {
        JsonNodeKind.String => new MetadataValue(MetadataValueKind.String, member.AsString()!),
        JsonNodeKind.Integer or JsonNodeKind.Float => new MetadataValue(MetadataValueKind.Number, member.AsCanonicalNumber()!),
        JsonNodeKind.True => new MetadataValue(MetadataValueKind.Boolean, "true"),
        JsonNodeKind.False => new MetadataValue(MetadataValueKind.Boolean, "false"),
        _ => new MetadataValue(MetadataValueKind.None, ""),
    };
}
