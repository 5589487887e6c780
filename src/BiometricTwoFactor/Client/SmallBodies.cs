using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace BiometricTwoFactor;

/// <summary>The bodies and queries of the smaller calls.</summary>
internal static class SmallBodies
{
    internal static void WriteDeleteUser(IBufferWriter<byte> output, string vendorData)
    {
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        json.WriteStartArray("vendor_data_list"u8);
        json.WriteStringValue(vendorData);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    internal static void WriteUpdateStatus(IBufferWriter<byte> output, UpdateStatusRequest request)
    {
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        json.WriteString("new_status"u8, request.NewStatus.ToWire());
        if (request.Comment is { } comment)
        {
            json.WriteString("comment"u8, comment);
        }

        if (request.NodesToResubmit.Count > 0)
        {
            json.WriteStartArray("nodes_to_resubmit"u8);
            foreach (var node in request.NodesToResubmit)
            {
                json.WriteStartObject();
                json.WriteString("node_id"u8, node.NodeId);
                json.WriteString("feature"u8, node.Feature);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        if (request.SendEmail is { } send)
        {
            json.WriteBoolean("send_email"u8, send);
        }

        if (request.EmailAddress is { } address)
        {
            json.WriteString("email_address"u8, address);
        }

        if (request.EmailLanguage is { } language)
        {
            json.WriteString("email_language"u8, language);
        }

        json.WriteEndObject();
    }

    internal static string MetadataText(IReadOnlyDictionary<string, string> metadata)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            foreach (var (name, value) in metadata)
            {
                json.WriteString(name, value);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    internal static string Query(SessionFilter? filter)
    {
        if (filter is null)
        {
            return "";
        }

        var query = new StringBuilder();
        Add("status", filter.Status?.ToWire());
        Add("vendor_data", filter.VendorData);
        Add("workflow_id", filter.WorkflowId);
        Add("session_kind", filter.SessionKind);
        Add("search", filter.Search);
        Add("country", filter.Country);
        Add("date_from", Day(filter.DateFrom));
        Add("date_to", Day(filter.DateTo));
        Add("limit", filter.PageSize?.ToString(CultureInfo.InvariantCulture));
        return query.ToString();

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                query.Append(query.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
            }
        }
    }

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
