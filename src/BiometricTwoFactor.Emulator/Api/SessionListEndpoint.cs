using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace BiometricTwoFactor.Emulator;

/// <summary><c>GET /v3/sessions/</c> (contract 6): newest first, filtered, in pages.</summary>
internal static class SessionListEndpoint
{
    private const int DefaultLimit = 50;

    public static async Task HandleAsync(HttpContext context, EmulatorCore core)
    {
        if (!await ApiGuard.RequireKeyAsync(context, core.Settings, ApiErrors.NoPermission))
        {
            return;
        }

        var filter = new SessionFilter(context.Request.Query);
        if (filter.Errors.Count > 0)
        {
            await ProviderJson.WriteAsync(context, StatusCodes.Status400BadRequest, filter.Errors);
            return;
        }

        var limit = Number(context.Request.Query["limit"], DefaultLimit, minimum: 1);
        var offset = Number(context.Request.Query["offset"], 0, minimum: 0);
        int count;
        JsonArray rows;
        lock (core.Store.Gate)
        {
            foreach (var session in core.Store.All)
            {
                core.Flow.EndOverdue(session);
            }

            var found = core.Store.All.Where(session => filter.Matches(session, core.Settings)).ToList();
            count = found.Count;
            rows = [.. found.OrderByDescending(session => session.Number).Skip(offset).Take(limit).Select(session => (JsonNode)SessionRow.Of(session, core))];
        }

        await ProviderJson.WriteAsync(context, StatusCodes.Status200OK, new JsonObject
        {
            ["count"] = count,
            ["next"] = offset < count - limit ? Page(context, core, limit, offset + limit) : null,
            ["previous"] = offset > 0 ? Page(context, core, limit, Math.Max(0, offset - limit)) : null,
            ["results"] = rows,
        });
    }

    private static string Page(HttpContext context, EmulatorCore core, int limit, int offset)
    {
        var query = context.Request.Query
            .Where(pair => pair.Key is not ("limit" or "offset"))
            .SelectMany(pair => pair.Value, (pair, value) => KeyValuePair.Create(pair.Key, value))
            .Append(KeyValuePair.Create("limit", (string?)limit.ToString(CultureInfo.InvariantCulture)))
            .Append(KeyValuePair.Create("offset", (string?)offset.ToString(CultureInfo.InvariantCulture)));
        return QueryHelpers.AddQueryString(new Uri(core.BaseAddress, "/v3/sessions/").AbsoluteUri, query);
    }

    private static int Number(string? text, int missing, int minimum) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= minimum ? number : missing;
}
