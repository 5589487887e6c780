using System.Text.Json.Nodes;
using BiometricTwoFactor.ReferenceMatcher;
using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.Emulator;

/// <summary>The answers to the page's own script. <c>state</c> says what comes next: open, retry or over.</summary>
internal static class PageAnswer
{
    /// <summary>The script asks for JSON; a form that the browser sends itself does not.</summary>
    public static bool IsWanted(HttpContext context) =>
        context.Request.Headers.Accept.ToString().StartsWith("application/json", StringComparison.Ordinal);

    public static Task WriteAsync(HttpContext context, JsonObject answer)
    {
        HostedPage.Protect(context);
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(answer.ToJsonString(), context.RequestAborted);
    }

    /// <summary>It did not work, and may be tried again.</summary>
    public static Task RetryAsync(HttpContext context, PageProblem problem, HeadTurn? turn, PageTexts texts) => WriteAsync(context, new JsonObject
    {
        ["state"] = "retry",
        ["problems"] = new JsonArray([.. problem.Reasons.Select(reason => (JsonNode)new JsonObject { ["code"] = reason.Code, ["text"] = reason.Text })]),
        ["advice"] = problem.TriesLeft is null ? null : texts["problem_advice"],
        ["tries"] = problem.Tries(texts),
        ["turn"] = Word(turn),
    });

    /// <summary>It is over.</summary>
    /// <param name="context">The request.</param>
    /// <param name="session">The session as it is now.</param>
    /// <param name="redirect">Where this browser goes; null when nowhere.</param>
    /// <param name="html">What the page shows from now on.</param>
    public static Task OverAsync(HttpContext context, EmulatedSession session, string? redirect, string html) => WriteAsync(context, new JsonObject
    {
        ["state"] = "over",
        ["status"] = session.Status.ToWire(),
        ["redirect"] = redirect,
        ["html"] = html,
    });

    public static string? Word(HeadTurn? turn) => turn switch
    {
        HeadTurn.Left => "left",
        HeadTurn.Right => "right",
        _ => null,
    };
}
