using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace BiometricTwoFactor.Emulator;

/// <summary>A destination's delivery log (contract 4.1).</summary>
internal static class DeliveryEndpoints
{
    private const int DefaultLimit = 50;

    /// <summary>The provider counts no further.</summary>
    private const int MostCounted = 100;

    /// <summary>Newest first, in pages: <c>limit</c>, <c>offset</c>; <c>date_from</c> and <c>date_to</c> are days in UTC, both included.</summary>
    public static async Task ListAsync(HttpContext context, EmulatorCore core)
    {
        if (await DestinationEndpoints.RequireAsync(context, core) is not { } destination)
        {
            return;
        }

        var query = context.Request.Query;
        foreach (var name in (string[])["date_from", "date_to"])
        {
            if (!TryDate(query[name], out _))
            {
                await ApiErrors.FieldAsync(context, name, "Enter a valid date.");
                return;
            }
        }

        _ = TryDate(query["date_from"], out var from);
        _ = TryDate(query["date_to"], out var to);
        var limit = Number(query["limit"], DefaultLimit, minimum: 1);
        var offset = Number(query["offset"], 0, minimum: 0);
        var found = core.Webhooks.Deliveries.Of(destination.Id)
            .Where(delivery => (from is null || Day(delivery) >= from) && (to is null || Day(delivery) <= to)).ToList();
        await ProviderJson.WriteAsync(context, StatusCodes.Status200OK, new JsonObject
        {
            ["count"] = Math.Min(found.Count, MostCounted),
            ["next"] = found.Count - limit > offset ? Page(context, core, limit, offset + limit) : null,
            ["previous"] = offset > 0 ? Page(context, core, limit, Math.Max(0, offset - limit)) : null,
            ["results"] = new JsonArray([.. found.Skip(offset).Take(limit).Select(delivery => (JsonNode)DeliveryDocument.Row(delivery))]),
        });
    }

    public static async Task GetAsync(HttpContext context, EmulatorCore core)
    {
        if (await RequireAsync(context, core) is var (_, delivery))
        {
            await ProviderJson.WriteAsync(context, StatusCodes.Status200OK, DeliveryDocument.Whole(delivery));
        }
    }

    /// <summary>As the provider resends: dated now, signed with the present secret, sent to where it went. The answer is the new delivery.</summary>
    public static Task ResendAsync(HttpContext context, EmulatorCore core) => AgainAsync(context, core, core.Webhooks.ResendAsync);

    /// <summary>The emulator's own addition: the same bytes under the same headers, as an attacker who has recorded them would.</summary>
    public static Task ReplayAsync(HttpContext context, EmulatorCore core) => AgainAsync(context, core, core.Webhooks.ReplayAsync);

    private static async Task AgainAsync(
        HttpContext context, EmulatorCore core, Func<WebhookDelivery, Destination, CancellationToken, Task<WebhookDelivery>> send)
    {
        if (await RequireAsync(context, core) is var (destination, delivery))
        {
            var sent = await send(delivery, destination, context.RequestAborted);
            await ProviderJson.WriteAsync(context, StatusCodes.Status200OK, DeliveryDocument.Whole(sent));
        }
    }

    private static async Task<(Destination Destination, WebhookDelivery Delivery)?> RequireAsync(HttpContext context, EmulatorCore core)
    {
        if (await DestinationEndpoints.RequireAsync(context, core) is not { } destination)
        {
            return null;
        }

        if (context.Request.RouteValues["delivery"] is string id && core.Webhooks.Deliveries.Find(destination.Id, id) is { } delivery)
        {
            return (destination, delivery);
        }

        await ApiErrors.DetailAsync(context, StatusCodes.Status404NotFound, "Webhook delivery not found.");
        return null;
    }

    private static DateOnly Day(WebhookDelivery delivery) => DateOnly.FromDateTime(delivery.At.UtcDateTime);

    private static string Page(HttpContext context, EmulatorCore core, int limit, int offset)
    {
        var query = context.Request.Query
            .Where(pair => pair.Key is "date_from" or "date_to")
            .Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value))
            .Append(KeyValuePair.Create("limit", (string?)limit.ToString(CultureInfo.InvariantCulture)))
            .Append(KeyValuePair.Create("offset", (string?)offset.ToString(CultureInfo.InvariantCulture)));
        return QueryHelpers.AddQueryString(new Uri(core.BaseAddress, context.Request.Path.Value).AbsoluteUri, query);
    }

    private static int Number(string? text, int missing, int minimum) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= minimum ? number : missing;

    private static bool TryDate(string? text, out DateOnly? date)
    {
        date = DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var read) ? read : null;
        return date is not null || string.IsNullOrEmpty(text);
    }
}
