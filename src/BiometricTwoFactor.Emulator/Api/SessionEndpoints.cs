using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.Emulator;

/// <summary>What can be done with one session, and the hard deletion of users (contract 2 and 6).</summary>
internal static class SessionEndpoints
{
    public static async Task DecisionAsync(HttpContext context, EmulatorCore core)
    {
        if (await ApiGuard.RequireSessionAsync(context, core) is not { } session)
        {
            return;
        }

        JsonObject document;
        lock (core.Store.Gate)
        {
            document = core.Settings.Options.DecisionEdition == ApiEdition.Guide
                ? GuideDocument.Build(session)
                : DecisionDocument.Build(session, core.Settings, core.BaseAddress);
            core.Verdicts.Apply(document, session, core.Settings.Options.DecisionEdition);
        }

        await ProviderJson.WriteAsync(context, StatusCodes.Status200OK, document);
    }

    /// <summary>Soft: gone from every endpoint, its face with it; no webhook; a second time is 404.</summary>
    public static async Task DeleteAsync(HttpContext context, EmulatorCore core)
    {
        if (await ApiGuard.RequireSessionAsync(context, core) is not { } session)
        {
            return;
        }

        lock (core.Store.Gate)
        {
            session.IsDeleted = true;
            session.WipePictures();
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    public static async Task ReportAsync(HttpContext context, EmulatorCore core)
    {
        if (await ApiGuard.RequireSessionAsync(context, core) is not { } session)
        {
            return;
        }

        byte[]? report = null;
        lock (core.Store.Gate)
        {
            if (session.Status is SessionStatus.Approved or SessionStatus.Declined or SessionStatus.InReview or SessionStatus.KycExpired)
            {
                report = SessionReport.Write(session, core.Settings);
            }
        }

        if (report is null)
        {
            await ApiErrors.DetailAsync(
                context,
                StatusCodes.Status403Forbidden,
                "You can only generate a PDF for sessions in review, declined, approved or kyc expired");
            return;
        }

        context.Response.ContentType = "application/pdf";
        context.Response.ContentLength = report.Length;
        context.Response.Headers.ContentDisposition = $"attachment; filename=session_{session.Id}.pdf";
        await context.Response.Body.WriteAsync(report, context.RequestAborted);
    }

    /// <summary>Authenticated by the session's own token: the page's scenario picker may call it.</summary>
    public static async Task ArmAsync(HttpContext context, EmulatorCore core)
    {
        if (ApiGuard.RouteUuid(context) is not { } id)
        {
            await ApiErrors.HtmlNotFoundAsync(context);
            return;
        }

        var session = context.Request.Headers["Session-Token"] is [{ } token] ? core.FindByToken(token) : null;
        if (session is null || session.Id != id || !core.Settings.IsSandbox)
        {
            await ApiErrors.DetailAsync(context, StatusCodes.Status404NotFound, "Not found.");
            return;
        }

        if (await ProviderJson.ReadObjectAsync(context) is not { } body)
        {
            return;
        }

        var scenario = body["scenario"] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;
        if (!SandboxScenario.IsKnown(scenario))
        {
            await ApiErrors.FieldAsync(context, "scenario", scenario is null ? "This field is required." : $"Unknown sandbox scenario: '{scenario}'.");
            return;
        }

        bool armed;
        lock (core.Store.Gate)
        {
            armed = session.Status == SessionStatus.NotStarted;
            if (armed)
            {
                session.Scenario = scenario;
            }
        }

        await (armed
            ? ProviderJson.WriteAsync(context, StatusCodes.Status200OK, new JsonObject { ["session_id"] = id, ["scenario"] = scenario, ["status"] = "Not Started" })
            : ApiErrors.BareArrayAsync(context, "Scenario can only be armed before the verification starts."));
    }

    public static async Task DeleteUsersAsync(HttpContext context, EmulatorCore core)
    {
        if (!await ApiGuard.RequireKeyAsync(context, core.Settings, ApiErrors.NoPermission)
            || await ProviderJson.ReadObjectAsync(context) is not { } body)
        {
            return;
        }

        var all = body["delete_all"]?.GetValueKind() == JsonValueKind.True;
        var users = body["vendor_data_list"] is JsonArray list && list.All(item => item?.GetValueKind() == JsonValueKind.String)
            ? list.Select(item => item!.GetValue<string>()).ToArray()
            : [];
        if (!all && users.Length == 0)
        {
            await ApiErrors.BareArrayAsync(context, "Provide vendor_data_list or delete_all.");
            return;
        }

        lock (core.Store.Gate)
        {
            foreach (var user in all ? core.Store.Users() : users)
            {
                core.Store.DeleteUser(user);
            }
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
