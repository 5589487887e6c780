using System.Globalization;

namespace BiometricTwoFactor;

/// <summary>Reads an authentic body into an event; refuses one whose envelope and decision contradict each other.</summary>
internal static class WebhookEventReader
{
    public static WebhookEvent? Read(in SessionMembers envelope, DateTimeOffset? timestamp, bool markedAsTest)
    {
        var nested = envelope[SessionMember.Decision];
        if (nested.HasValue && !nested.IsObject)
        {
            return null;
        }

        var inner = new SessionMembers(nested);
        if (!Agree(in envelope, in inner) || SessionDecisionReader.Read(in envelope, in inner) is not { } decision)
        {
            return null;
        }

        var type = envelope[SessionMember.WebhookType];
        return new WebhookEvent
        {
            EventId = envelope[SessionMember.EventId].AsString(),
            WebhookType = IsStatusUpdated(type.Utf8) ? WebhookEvent.StatusUpdated : type.AsString(),
            IsStatusUpdate = IsStatusUpdated(type.Utf8) || decision.IsGuideShape,
            Timestamp = timestamp,
            CreatedAt = decision.CreatedAt,
            ApplicationId = envelope[SessionMember.ApplicationId].AsString(),
            SessionId = decision.SessionId,
            Status = decision.Status,
            StatusText = decision.StatusText,
            VendorData = decision.VendorData,
            WorkflowId = decision.WorkflowId,
            WorkflowVersion = Version(envelope[SessionMember.WorkflowVersion]),
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
    private static bool Agree(in SessionMembers envelope, in SessionMembers inner) =>
        Agree(envelope[SessionMember.Status], inner[SessionMember.Status])
        && Agree(envelope[SessionMember.SessionId], inner[SessionMember.SessionId])
        && Agree(envelope[SessionMember.VendorData], inner[SessionMember.VendorData])
        && Agree(envelope[SessionMember.WorkflowId], inner[SessionMember.WorkflowId])
        && Agree(envelope[SessionMember.Environment], inner[SessionMember.Environment]);

    private static bool Agree(JsonCursor outer, JsonCursor inner) => !outer.Exists || !inner.Exists || outer.SameScalar(inner);

    /// <summary>A number, or a text of digits, which an older edition sends.</summary>
    private static long? Version(JsonCursor value) =>
        value.AsInt64() ?? (long.TryParse(value.Utf8, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null);
}
