using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.Emulator;

/// <summary>The sandbox's own calls: choosing a session's outcome in advance, and what there is to choose (contract 6).</summary>
internal static class SandboxEndpoints
{
    /// <summary>Authenticated by the session's own token: the page's scenario picker may call it.</summary>
    public static async Task ArmAsync(HttpContext context, EmulatorCore core)
    {
        if (ApiGuard.RouteUuid(context) is not { } id)
        {
            await ApiErrors.HtmlNotFoundAsync(context);
            return;
        }

        if (SessionOfToken(context, core) is not { } session || session.Id != id || !core.Settings.IsSandbox)
        {
            await ApiErrors.DetailAsync(context, StatusCodes.Status404NotFound, "Not found.");
            return;
        }

        if (await ProviderJson.ReadObjectAsync(context) is not { } body)
        {
            return;
        }

        var scenario = PersonDetails.Text(body, "scenario");
        if (!SandboxCatalogue.IsKnown(scenario))
        {
            await ApiErrors.FieldAsync(
                context,
                "scenario",
                scenario is not null ? $"Unknown sandbox scenario: '{scenario}'."
                : body["scenario"] is not null ? "Not a valid string."
                : body.ContainsKey("scenario") ? "This field may not be null."
                : "This field is required.");
            return;
        }

        bool armed;
        lock (core.Store.Gate)
        {
            armed = session.Status == SessionStatus.NotStarted;
            if (armed)
            {
                session.Scenario = scenario;
                core.Flow.Note(session, "armed", scenario);
                core.Flow.Note(session, "scenario_armed", scenario);
            }
        }

        await (armed
            ? ProviderJson.WriteAsync(context, StatusCodes.Status200OK, new JsonObject { ["session_id"] = id, ["scenario"] = scenario, ["status"] = "Not Started" })
            : ApiErrors.BareArrayAsync(context, "Scenario can only be armed before the verification starts."));
    }

    /// <summary><c>GET /v1/sandbox/scenarios/</c>, with the key or from within a session.</summary>
    public static async Task CatalogueAsync(HttpContext context, EmulatorCore core)
    {
        if (SessionOfToken(context, core) is null && !await ApiGuard.RequireKeyAsync(context, core.Settings, ApiErrors.NoCredentials))
        {
            return;
        }

        await ProviderJson.WriteAsync(context, StatusCodes.Status200OK, new JsonObject
        {
            ["scenarios"] = new JsonArray(
            [
                .. SandboxCatalogue.All.Select(entry => (JsonNode)new JsonObject
                {
                    ["slug"] = entry.Slug,
                    ["feature"] = entry.Feature,
                    ["expected_status"] = entry.Expected,
                }),
            ]),
        });
    }

    private static SessionRecord? SessionOfToken(HttpContext context, EmulatorCore core) =>
        context.Request.Headers["Session-Token"] is [{ } token] ? core.FindByToken(token) : null;
}
