using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.Emulator;

/// <summary><c>/v3/webhook/destinations/</c> (contract 4.1).</summary>
internal static class DestinationEndpoints
{
    private const string UrlExists = "This webhook destination already exists for the application.";

    public static async Task ListAsync(HttpContext context, EmulatorCore core)
    {
        if (await ApiGuard.RequireKeyAsync(context, core.Settings, ApiErrors.NoPermission))
        {
            var rows = core.Webhooks.Destinations.All.Select(destination => (JsonNode)DestinationDocument.Row(destination));
            await ProviderJson.WriteAsync(context, StatusCodes.Status200OK, new JsonArray([.. rows]));
        }
    }

    public static async Task CreateAsync(HttpContext context, EmulatorCore core)
    {
        if (!await ApiGuard.RequireKeyAsync(context, core.Settings, ApiErrors.NoPermission)
            || await ReadAsync(context, isPartial: false) is not { } request)
        {
            return;
        }

        var store = core.Webhooks.Destinations;
        var destination = request.ApplyTo(store.New(request.Label!, request.Url!, []));
        await (store.TryAdd(destination)
            ? ProviderJson.WriteAsync(context, StatusCodes.Status201Created, DestinationDocument.Whole(destination))
            : ApiErrors.FieldAsync(context, "url", UrlExists));
    }

    public static async Task GetAsync(HttpContext context, EmulatorCore core)
    {
        if (await RequireAsync(context, core) is { } destination)
        {
            await ProviderJson.WriteAsync(context, StatusCodes.Status200OK, DestinationDocument.Whole(destination));
        }
    }

    public static async Task UpdateAsync(HttpContext context, EmulatorCore core)
    {
        if (await RequireAsync(context, core) is not { } destination || await ReadAsync(context, isPartial: true) is not { } request)
        {
            return;
        }

        var changed = core.Webhooks.Destinations.Change(destination.Id, request.ApplyTo, out var urlIsTaken);
        await (changed is not null ? ProviderJson.WriteAsync(context, StatusCodes.Status200OK, DestinationDocument.Whole(changed))
            : urlIsTaken ? ApiErrors.FieldAsync(context, "url", UrlExists)
            : NotFoundAsync(context));
    }

    public static async Task DeleteAsync(HttpContext context, EmulatorCore core)
    {
        if (await RequireAsync(context, core) is not { } destination)
        {
            return;
        }

        if (core.Webhooks.Destinations.Remove(destination.Id))
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        }
        else
        {
            await NotFoundAsync(context);
        }
    }

    /// <summary>The emulator's own addition: the console's button that sends a test. The answer is the delivery.</summary>
    public static async Task TestAsync(HttpContext context, EmulatorCore core)
    {
        if (await RequireAsync(context, core) is { } destination)
        {
            var delivery = await core.Webhooks.TestAsync(core.Composer.ComposeTest(), destination, context.RequestAborted);
            await ProviderJson.WriteAsync(context, StatusCodes.Status200OK, DeliveryDocument.Whole(delivery));
        }
    }

    /// <summary>The path's destination and the right to it: the key is looked at first. Null when it has been answered.</summary>
    public static async Task<Destination?> RequireAsync(HttpContext context, EmulatorCore core)
    {
        if (ApiGuard.RouteUuid(context) is not { } id)
        {
            await ApiErrors.HtmlNotFoundAsync(context);
            return null;
        }

        if (!await ApiGuard.RequireKeyAsync(context, core.Settings, ApiErrors.NoPermission))
        {
            return null;
        }

        if (core.Webhooks.Destinations.Find(id) is { } destination)
        {
            return destination;
        }

        await NotFoundAsync(context);
        return null;
    }

    private static Task NotFoundAsync(HttpContext context) =>
        ApiErrors.DetailAsync(context, StatusCodes.Status404NotFound, "Webhook destination not found.");

    private static async Task<DestinationRequest?> ReadAsync(HttpContext context, bool isPartial)
    {
        if (await ProviderJson.ReadObjectAsync(context) is not { } body)
        {
            return null;
        }

        var request = new DestinationRequest(body, isPartial);
        if (request.Errors.Count == 0)
        {
            return request;
        }

        await ProviderJson.WriteAsync(context, StatusCodes.Status400BadRequest, request.Errors);
        return null;
    }
}
