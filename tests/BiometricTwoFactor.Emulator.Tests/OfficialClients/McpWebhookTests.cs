namespace BiometricTwoFactor.Emulator.Tests;

/// <summary>The MCP server's tools for webhook destinations.</summary>
public sealed class McpWebhookTests
{
    [OfficialClientFact]
    public async Task It_makes_reads_changes_and_deletes_webhook_destinations()
    {
        await using var party = await RelyingParty.StartAsync();
        await using var server = await McpServer.StartAsync(party);
        var made = await server.CallAsync("didit_create_webhook_destination", new
        {
            label = "Production",
            url = "https://example.com/webhooks",
            webhook_version = "v3",
            subscribed_events = (string[])["status.updated"],
        });
        var uuid = (string)made["uuid"]!;
        Assert.Matches("^[A-Za-z0-9_-]{43}$", (string)made["secret_shared_key"]!);

        Assert.Equal("Production", (string?)(await server.CallAsync("didit_get_webhook_destination", new { destination_uuid = uuid }))["label"]);
        Assert.Contains(uuid, (await server.CallAsync("didit_list_webhook_destinations", new { })).ToJsonString(), StringComparison.Ordinal);
        var changed = await server.CallAsync("didit_update_webhook_destination", new { destination_uuid = uuid, enabled = false });
        Assert.Equal((false, (string)made["secret_shared_key"]!), ((bool)changed["enabled"]!, (string?)changed["secret_shared_key"]));

        Assert.Contains("subscribed_events", await server.FailAsync("didit_update_webhook_destination", new { destination_uuid = uuid, subscribed_events = (string[])[] }), StringComparison.Ordinal);
        Assert.Equal("""{"success":true}""", (await server.CallAsync("didit_delete_webhook_destination", new { destination_uuid = uuid })).ToJsonString());
        Assert.Contains("Webhook destination not found.", await server.FailAsync("didit_get_webhook_destination", new { destination_uuid = uuid }), StringComparison.Ordinal);

        await using var stranger = await McpServer.StartAsync(party, apiKey: "wrong");
        Assert.Contains("Didit API 403", await stranger.FailAsync("didit_list_webhook_destinations", new { }), StringComparison.Ordinal);
    }
}
