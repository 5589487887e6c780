using System.Text.Json.Nodes;

namespace BiometricTwoFactor.Emulator;

/// <summary>A destination as the API shows it.</summary>
internal static class DestinationDocument
{
    /// <summary>In the list: with the receiver's health, without the secret.</summary>
    public static JsonObject Row(Destination destination)
    {
        var health = destination.Health.Now;
        return new JsonObject
        {
            ["uuid"] = destination.Id,
            ["label"] = destination.Label,
            ["url"] = destination.Url.OriginalString,
            ["enabled"] = destination.Enabled,
            ["webhook_version"] = destination.Version,
            ["subscribed_events"] = Events(destination),
            ["subscribed_events_count"] = destination.Events.Count,
            ["deliveries_count"] = health.Deliveries,
            ["failed_deliveries_count"] = health.Failed,
            ["average_response_time_ms"] = health.AverageTime,
            ["error_rate_percentage"] = health.ErrorRatePercentage,
            ["last_delivery_at"] = Time(health.LastAt),
            ["created_at"] = Time(destination.CreatedAt),
            ["updated_at"] = Time(destination.UpdatedAt),
        };
    }

    /// <summary>Alone: with the secret and a summary of the receiver's health.</summary>
    public static JsonObject Whole(Destination destination)
    {
        var health = destination.Health.Now;
        return new JsonObject
        {
            ["uuid"] = destination.Id,
            ["label"] = destination.Label,
            ["url"] = destination.Url.OriginalString,
            ["enabled"] = destination.Enabled,
            ["webhook_version"] = destination.Version,
            ["secret_shared_key"] = destination.Secret,
            ["subscribed_events"] = Events(destination),
            ["created_at"] = Time(destination.CreatedAt),
            ["updated_at"] = Time(destination.UpdatedAt),
            ["summary"] = new JsonObject
            {
                ["total_deliveries"] = health.Deliveries,
                ["failed_deliveries"] = health.Failed,
                ["error_rate_percentage"] = health.ErrorRatePercentage,
                ["min_response_time_ms"] = health.LeastTime,
                ["avg_response_time_ms"] = health.AverageTime,
                ["max_response_time_ms"] = health.MostTime,
                ["last_delivery_at"] = Time(health.LastAt),
            },
        };
    }

    private static JsonArray Events(Destination destination) => [.. destination.Events.Select(name => (JsonNode)name)];

    private static string? Time(DateTimeOffset? time) => time is { } at ? DecisionDocument.Iso(at) : null;
}
