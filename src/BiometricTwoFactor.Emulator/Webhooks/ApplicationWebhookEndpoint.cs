using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.Emulator;

/// <summary><c>/v3/webhook/</c>: the application-level webhook, which destinations have replaced (contract 4.1).</summary>
internal static class ApplicationWebhookEndpoint
{
    public static async Task GetAsync(HttpContext context, EmulatorCore core)
    {
        if (await ApiGuard.RequireKeyAsync(context, core.Settings, ApiErrors.NoPermission))
        {
            await ProviderJson.WriteAsync(context, StatusCodes.Status200OK, Document(core.Webhooks.Destinations.Application.Now));
        }
    }

    /// <summary><c>webhook_url</c> (null: none), <c>webhook_version</c>, <c>rotate_secret_key</c>. Other settings of the application are not emulated.</summary>
    public static async Task UpdateAsync(HttpContext context, EmulatorCore core)
    {
        if (!await ApiGuard.RequireKeyAsync(context, core.Settings, ApiErrors.NoPermission)
            || await ProviderJson.ReadObjectAsync(context) is not { } body)
        {
            return;
        }

        var errors = new JsonObject();
        var changesUrl = body.TryGetPropertyValue("webhook_url", out var value);
        Uri? url = null;
        if (value is not null)
        {
            url = DestinationRequest.ParseUrl(AnnouncedEvent.Text(body, "webhook_url") ?? "", out var problem);
            Check(problem is null, "webhook_url", problem);
        }

        var version = AnnouncedEvent.Text(body, "webhook_version");
        Check(
            !body.ContainsKey("webhook_version") || WebhookVersion.All.Contains(version, StringComparer.Ordinal),
            "webhook_version",
            $"\"{version}\" is not a valid choice.");
        var rotates = body["rotate_secret_key"]?.GetValueKind();
        Check(rotates is null or JsonValueKind.True or JsonValueKind.False, "rotate_secret_key", "Must be a valid boolean.");
        if (errors.Count > 0)
        {
            await ProviderJson.WriteAsync(context, StatusCodes.Status400BadRequest, errors);
            return;
        }

        var now = core.Webhooks.Destinations.Application.Change(changesUrl, url, version, rotates == JsonValueKind.True);
        await ProviderJson.WriteAsync(context, StatusCodes.Status200OK, Document(now));

        void Check(bool isFine, string field, string? message)
        {
            if (!isFine)
            {
                errors[field] = new JsonArray(message);
            }
        }
    }

    private static JsonObject Document(ApplicationWebhook.State state) => new()
    {
        ["webhook_url"] = state.Url?.OriginalString,
        ["webhook_version"] = state.Version,
        ["secret_shared_key"] = state.Secret,
        ["capture_method"] = "both",
        ["data_retention_months"] = null,
    };
}
