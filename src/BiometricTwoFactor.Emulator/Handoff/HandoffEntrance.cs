using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace BiometricTwoFactor.Emulator;

/// <summary>
/// <c>/handoff</c>, for the device that takes a session over. Only the form uses a code up: whatever looks at an address
/// before its reader does (a messenger's preview) must not.
/// </summary>
internal static class HandoffEntrance
{
    private const int LongestCode = 40;

    /// <summary>A code is short: more is not read.</summary>
    private static readonly FormOptions Small = new() { ValueCountLimit = 4, KeyLengthLimit = 64, ValueLengthLimit = 256, BufferBodyLengthLimit = 4096, MultipartBodyLengthLimit = 4096 };

    public static Task ShowAsync(HttpContext context) =>
        WriteAsync(context, StatusCodes.Status200OK, Cut(context.Request.Query["code"].ToString()), problem: null);

    public static async Task EnterAsync(HttpContext context, EmulatorCore core)
    {
        var texts = HandoffTexts.For(context);
        var code = await ReadAsync(context);
        var id = core.Handoffs.Redeem(code, out var isLimited);
        if (isLimited)
        {
            await WriteAsync(context, StatusCodes.Status429TooManyRequests, code, texts.TooManyCodes);
            return;
        }

        if (id is null || core.Find(id) is not { } session)
        {
            await WriteAsync(context, StatusCodes.Status400BadRequest, code, texts.WrongCode);
            return;
        }

        string page;
        lock (core.Store.Gate)
        {
            session.Devices.IsHandedOff = true;
            page = SessionLinks.PagePath(session);
        }

        core.Flow.Note(session, "handed_off");
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = context.Request.PathBase + page;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
    }

    private static Task WriteAsync(HttpContext context, int status, string code, string? problem) =>
        HandoffPage.WriteAsync(context, status, HandoffHtml.Entrance(HandoffTexts.For(context), code, problem));

    private static async Task<string> ReadAsync(HttpContext context)
    {
        if (!context.Request.HasFormContentType)
        {
            return "";
        }

        try
        {
            var form = await context.Request.ReadFormAsync(Small, context.RequestAborted);
            return Cut(form["code"].ToString());
        }
        catch (Exception e) when (e is InvalidDataException or IOException or NotSupportedException)
        {
            return ""; // no form, more of one than is read, or one in UTF-7, which is not decoded
        }
    }

    private static string Cut(string text) => text.Length <= LongestCode ? text : "";
}
