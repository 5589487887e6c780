using System.Text.Json.Nodes;

namespace BiometricTwoFactor.Emulator;

/// <summary>The webhooks and where they go. The only place of the console that knows where they are kept.</summary>
internal sealed class ConsoleDeliveries(EmulatorCore core)
{
    public IEnumerable<WebhookDelivery> NewestFirst() => core.Webhooks.Log.Reverse();

    /// <summary>One that was forgotten meanwhile is null: the log is bounded.</summary>
    public WebhookDelivery? Find(string id) => core.Webhooks.Log.FirstOrDefault(delivery => delivery.Id == id);

    /// <summary>The secret that its receiver should know now; null when the destination is gone.</summary>
    public WebhookSecret? SecretOf(WebhookDelivery delivery)
    {
        var destinations = core.Webhooks.Destinations;
        return delivery.DestinationId is { } id
            ? (destinations.Find(id) ?? destinations.FindEnabled(id))?.Key
            : new WebhookSecret(destinations.DefaultSecret, label: "default");
    }

    /// <summary>The same bytes once more.</summary>
    /// <exception cref="InvalidOperationException">There is nowhere to send it.</exception>
    public Task<WebhookDelivery> ReplayAsync(WebhookDelivery delivery, CancellationToken cancellationToken) =>
        core.RedeliverAsync(delivery, cancellationToken);

    /// <summary>Everywhere that webhooks go, without the secrets.</summary>
    public JsonArray Destinations() => new([.. All().Select(destination => (JsonNode)new JsonObject
    {
        ["destination_id"] = destination.Id,
        ["label"] = destination.Label,
        ["url"] = destination.Url.AbsoluteUri,
        ["is_enabled"] = destination.Enabled,
        ["webhook_version"] = destination.Version,
        ["subscribed_events"] = new JsonArray([.. destination.Events.Select(name => JsonValue.Create(name))]),
        ["deliveries"] = destination.Health.Now.Deliveries,
        ["failed_deliveries"] = destination.Health.Now.Failed,
    })]);

    /// <summary>The secrets by the destinations' ids.</summary>
    public JsonObject Secrets() => new([.. All().Select(destination => KeyValuePair.Create(destination.Id, (JsonNode?)destination.Secret))]);

    private IEnumerable<Destination> All()
    {
        var destinations = core.Webhooks.Destinations;
        return destinations.Application.Destination is { } application ? [.. destinations.All, application] : destinations.All;
    }
}
