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

        var query = context.Request.Query;
        var kind = query["session_kind"].ToString();
        if (kind.Length > 0 && kind.ToLowerInvariant() is not ("user" or "business" or "all"))
        {
            await ApiErrors.PlainFieldAsync(context, "session_kind", "Must be \"user\", \"business\", or \"all\".");
            return;
        }

        if (!TryDate(query["date_from"], out var from))
        {
            await ApiErrors.FieldAsync(context, "date_from", "Enter a valid date.");
            return;
        }

        if (!TryDate(query["date_to"], out var to))
        {
            await ApiErrors.FieldAsync(context, "date_to", "Enter a valid date.");
            return;
        }

        var limit = Number(query["limit"], DefaultLimit, minimum: 1);
        var offset = Number(query["offset"], 0, minimum: 0);
        var business = string.Equals(kind, "business", StringComparison.OrdinalIgnoreCase);
        int count;
        JsonArray rows;
        lock (core.Store.Gate)
        {
            foreach (var session in core.Store.All)
            {
                core.Flow.EndOverdue(session);
            }

            var found = core.Store.All.Where(session => !business && !session.IsDeleted
                && OneOf(query["status"], session.Status.ToWire())
                && OneOf(query["workflow_id"], session.Workflow.Id)
                && (query["vendor_data"].Count == 0 || string.Equals(query["vendor_data"], session.VendorData, StringComparison.Ordinal))
                && Matches(query["search"], session)
                && (from is null || DateOnly.FromDateTime(session.CreatedAt.UtcDateTime) >= from)
                && (to is null || DateOnly.FromDateTime(session.CreatedAt.UtcDateTime) <= to)).ToList();
            count = found.Count;
            rows = [.. found.OrderByDescending(session => session.Number).Skip(offset).Take(limit).Select(session => Row(session, core))];
        }

        await ProviderJson.WriteAsync(context, StatusCodes.Status200OK, new JsonObject
        {
            ["count"] = count,
            ["next"] = offset + limit < count ? Page(context, core, limit, offset + limit) : null,
            ["previous"] = offset > 0 ? Page(context, core, limit, Math.Max(0, offset - limit)) : null,
            ["results"] = rows,
        });
    }

    private static JsonNode Row(SessionRecord session, EmulatorCore core) => new JsonObject
    {
        ["session_id"] = session.Id,
        ["session_kind"] = "user",
        ["session_number"] = session.Number,
        ["session_url"] = SessionLinks.HostedPage(core.BaseAddress, session).AbsoluteUri,
        ["portrait_image"] = null,
        ["document_type"] = session.Result?.Document is null ? null : "Identity Card",
        ["full_name"] = null,
        ["country"] = session.Result?.Document is null ? null : "ESP",
        ["status"] = session.Status.ToWire(),
        ["vendor_data"] = session.VendorData,
        ["didit_internal_id"] = null,
        ["created_at"] = DecisionDocument.Iso(session.CreatedAt),
        ["features"] = new JsonArray(
        [
            .. session.Workflow.Features().Select(feature => (JsonNode)new JsonObject
            {
                ["feature"] = feature,
                ["status"] = DecisionDocument.Text(Step(session.Result, feature)?.Status ?? FeatureStatus.NotFinished),
            }),
        ]),
        ["phone_number"] = null,
        ["email_address"] = null,
        ["additional_details"] = null,
    };

    private static CaptureStep? Step(CaptureResult? result, string feature) => feature switch
    {
        "LIVENESS" => result?.Liveness,
        "FACE_MATCH" => result?.FaceMatch,
        "IP_ANALYSIS" => result?.IpAnalysis,
        _ => result?.Document,
    };

    private static string Page(HttpContext context, EmulatorCore core, int limit, int offset)
    {
        var query = context.Request.Query
            .Where(pair => pair.Key is not ("limit" or "offset"))
            .SelectMany(pair => pair.Value, (pair, value) => KeyValuePair.Create(pair.Key, value))
            .Append(KeyValuePair.Create("limit", (string?)limit.ToString(CultureInfo.InvariantCulture)))
            .Append(KeyValuePair.Create("offset", (string?)offset.ToString(CultureInfo.InvariantCulture)));
        return QueryHelpers.AddQueryString(new Uri(core.BaseAddress, "/v3/sessions/").AbsoluteUri, query);
    }

    private static bool OneOf(string? list, string value) =>
        string.IsNullOrEmpty(list) || list.Split(',').Contains(value, StringComparer.Ordinal);

    private static bool Matches(string? search, SessionRecord session) =>
        string.IsNullOrEmpty(search)
        || string.Equals(search, session.Id, StringComparison.Ordinal)
        || session.Number.ToString(CultureInfo.InvariantCulture).StartsWith(search, StringComparison.Ordinal)
        || (session.VendorData?.Contains(search, StringComparison.OrdinalIgnoreCase) ?? false);

    private static int Number(string? text, int missing, int minimum) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= minimum ? number : missing;

    private static bool TryDate(string? text, out DateOnly? date)
    {
        date = null;
        if (string.IsNullOrEmpty(text))
        {
            return true;
        }

        var valid = DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var read);
        date = read;
        return valid;
    }
}
