using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.Emulator;

/// <summary>What is read of one session, and its deletion (contract 2 and 6).</summary>
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
            if (core.Settings.Options.DecisionEdition != ApiEdition.Guide && DecisionEvents.IsAskedFor(context.Request.Query["include"]))
            {
                DecisionEvents.AddTo(document, session, core.Settings);
            }

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

        core.Flow.Delete(session);
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
}
