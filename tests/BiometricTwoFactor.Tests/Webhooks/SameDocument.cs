using System.Globalization;
using System.Text.Json;

namespace BiometricTwoFactor.Tests.Webhooks;

/// <summary>Whether two bodies are the same document, judged by the framework's parser alone.</summary>
internal static class SameDocument
{
    public static bool Are(byte[] left, byte[] right)
    {
        using var first = JsonDocument.Parse(left);
        using var second = JsonDocument.Parse(right);
        return Same(first.RootElement, second.RootElement);
    }

    private static bool Same(JsonElement left, JsonElement right) => left.ValueKind == right.ValueKind && left.ValueKind switch
    {
        JsonValueKind.Object => left.EnumerateObject().Count() == right.EnumerateObject().Count()
            && left.EnumerateObject().All(m => right.TryGetProperty(m.Name, out var other) && Same(m.Value, other)),
        JsonValueKind.Array => left.GetArrayLength() == right.GetArrayLength()
            && left.EnumerateArray().Zip(right.EnumerateArray(), Same).All(same => same),
        JsonValueKind.String => string.Equals(left.GetString(), right.GetString(), StringComparison.Ordinal),
        JsonValueKind.Number => SameNumber(left.GetRawText(), right.GetRawText()),
        _ => true,
    };

    /// <summary>Integers by their digits; where a point or an exponent is involved, by the double that it stands for.</summary>
    private static bool SameNumber(string left, string right) =>
        string.Equals(left, right, StringComparison.Ordinal)
        || ((left + right).AsSpan().ContainsAny('.', 'e', 'E') && double.Parse(left, CultureInfo.InvariantCulture) == double.Parse(right, CultureInfo.InvariantCulture))
        || (left is "0" or "-0" && right is "0" or "-0");
}
