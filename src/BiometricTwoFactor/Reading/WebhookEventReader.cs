using System.Globalization;

namespace BiometricTwoFactor;

/// <summary>Reads an authentic body into an event; refuses one whose envelope and decision contradict each other.</summary>
internal static class WebhookEventReader
{
    public static WebhookEvent? Read(JsonCursor root, DateTimeOffset? timestamp, bool markedAsTest)
    {
        var inner = root["decision"u8];
        if (inner.HasValue && !inner.IsObject)
        {
            return null;
        }

        inner = inner.IsObject ? inner : default;
        if (!Agree(root, inner) || !SessionDecisionReader.TryRead(root, inner, out var decision) || decision is null)
        {
            return null;
        }

        var type = root["webhook_type"u8];
        return new WebhookEvent
        {
            EventId = root["event_id"u8].AsString(),
            WebhookType = IsStatusUpdated(type.Utf8) ? WebhookEvent.StatusUpdated : type.AsString(),
            IsStatusUpdate = IsStatusUpdated(type.Utf8) || decision.IsGuideShape,
            Timestamp = timestamp,
            CreatedAt = decision.CreatedAt,
            ApplicationId = root["application_id"u8].AsString(),
            SessionId = decision.SessionId,
            Status = decision.Status,
            StatusText = decision.StatusText,
            VendorData = decision.VendorData,
            WorkflowId = decision.WorkflowId,
            WorkflowVersion = Version(root["workflow_version"u8]),
            Environment = decision.Environment,
            HasEnvironment = decision.HasEnvironment,
            Metadata = decision.Metadata,
            IsTest = markedAsTest || (decision.Metadata.TryGet("test_webhook", out var test) && test is { Kind: MetadataValueKind.Boolean, Text: "true" }),
            IsGuideShape = decision.IsGuideShape,
            Decision = decision,
        };
    }

    private static bool IsStatusUpdated(ReadOnlySpan<byte> type) => type.Length == 14 && type.StartsWith("status.updated"u8);

    /// <summary>What both name, both must name alike; a null on one side and a value on the other is a contradiction too.</summary>
    private static bool Agree(JsonCursor root, JsonCursor inner) =>
        AgreeOn(root, inner, "status"u8)
        && AgreeOn(root, inner, "session_id"u8)
        && AgreeOn(root, inner, "vendor_data"u8)
        && AgreeOn(root, inner, "workflow_id"u8)
        && AgreeOn(root, inner, "environment"u8);

    private static bool AgreeOn(JsonCursor root, JsonCursor inner, ReadOnlySpan<byte> name) =>
        !inner[name].Exists || !root[name].Exists || root[name].SameScalar(inner[name]);

    /// <summary>A number, or a text of digits, which an older edition sends.</summary>
    private static long? Version(JsonCursor value) =>
        value.AsInt64() ?? (long.TryParse(value.Utf8, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null);
}
