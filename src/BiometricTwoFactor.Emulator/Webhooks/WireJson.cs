using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BiometricTwoFactor.Emulator;

/// <summary>
/// The provider's JSON on the wire (contract 4.5): members sorted by code point, no spaces, ASCII only, integral numbers
/// as integers, others as the provider's language prints them. Written apart from the verifier's canonical form on
/// purpose: two writers that agree say more than one.
/// </summary>
internal static class WireJson
{
    public static string Write(JsonNode node)
    {
        var text = new StringBuilder();
        Write(node, text);
        return text.ToString();
    }

    private static void Write(JsonNode? node, StringBuilder text)
    {
        switch (node)
        {
            case null:
                text.Append("null");
                break;
            case JsonObject members:
                text.Append('{');
                // UTF-8 bytes sort like code points; UTF-16 units do not.
                var sorted = members.OrderBy(member => Encoding.UTF8.GetBytes(member.Key), ByteOrder.Instance);
                WriteList(sorted, text, static (member, text) =>
                {
                    WriteText(member.Key, text);
                    text.Append(':');
                    Write(member.Value, text);
                });
                text.Append('}');
                break;
            case JsonArray items:
                text.Append('[');
                WriteList(items, text, Write);
                text.Append(']');
                break;
            default:
                WriteValue(node, text);
                break;
        }
    }

    private static void WriteList<T>(IEnumerable<T> items, StringBuilder text, Action<T, StringBuilder> write)
    {
        var first = true;
        foreach (var item in items)
        {
            if (!first)
            {
                text.Append(',');
            }

            first = false;
            write(item, text);
        }
    }

    private static void WriteValue(JsonNode node, StringBuilder text)
    {
        switch (node.GetValueKind())
        {
            case JsonValueKind.String:
                WriteText(node.GetValue<string>(), text);
                break;
            case JsonValueKind.Number:
                text.Append(WireNumber.Write(node.ToJsonString()));
                break;
            case JsonValueKind.True:
                text.Append("true");
                break;
            case JsonValueKind.False:
                text.Append("false");
                break;
            default:
                text.Append("null");
                break;
        }
    }

    private static void WriteText(string value, StringBuilder text)
    {
        text.Append('"');
        foreach (var c in value)
        {
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\b' => text.Append("\\b"),
                '\f' => text.Append("\\f"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                >= ' ' and <= '~' => text.Append(c),
                _ => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
            };
        }

        text.Append('"');
    }

    private sealed class ByteOrder : IComparer<byte[]>
    {
        public static ByteOrder Instance { get; } = new();

        public int Compare(byte[]? x, byte[]? y) => x.AsSpan().SequenceCompareTo(y);
    }
}
