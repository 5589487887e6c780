using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace BiometricTwoFactor.EntityFrameworkCore;

/// <summary>
/// A payment by its fields. It is made anew when read, so that what was approved and what is read have one digest; a document
/// that somebody changed does not.
/// </summary>
internal sealed class TransactionJsonConverter : JsonConverter<Transaction>
{
    public override Transaction Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        var root = document.RootElement;
        try
        {
            var currency = Text(root, "currency");
            var reference = root.TryGetProperty("reference", out var given) ? given.GetString() : null;
            var items = root.GetProperty("items").EnumerateArray().Select(ItemOf).ToArray();
            var transaction = root.GetProperty("batch").GetBoolean()
                ? Transaction.CreateBatch(currency, items, reference)
                : Transaction.Create(items[0].Amount, currency, items[0].PayeeAccount, items[0].PayeeName, reference);
            return string.Equals(transaction.Digest.ToString(), Text(root, "digest"), StringComparison.Ordinal)
                ? transaction
                : throw new JsonException("A stored payment is not the one that was stored.");
        }
        catch (Exception unfit) when (unfit is ArgumentException or FormatException or OverflowException or KeyNotFoundException or InvalidOperationException)
        {
            throw new JsonException("A stored payment cannot be read.", unfit);
        }
    }

    public override void Write(Utf8JsonWriter writer, Transaction value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteBoolean("batch", value.IsBatch);
        writer.WriteString("currency", value.Currency);
        if (value.Reference is not null)
        {
            writer.WriteString("reference", value.Reference);
        }

        writer.WriteStartArray("items");
        foreach (var item in value.Items)
        {
            writer.WriteStartObject();
            writer.WriteString("amount", item.AmountText);
            writer.WriteString("account", item.PayeeAccount);
            writer.WriteString("name", item.PayeeName);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteString("digest", value.Digest.ToString());
        writer.WriteEndObject();
    }

    private static TransactionItem ItemOf(JsonElement item) =>
        new(decimal.Parse(Text(item, "amount"), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture), Text(item, "account"), Text(item, "name"));

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString() ?? "";
}
