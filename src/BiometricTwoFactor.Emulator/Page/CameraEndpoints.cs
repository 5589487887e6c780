using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.Emulator;

/// <summary>What the page's script calls while the camera runs.</summary>
internal static class CameraEndpoints
{
    /// <summary>A frame of 320 pixels has about a tenth of that.</summary>
    private const int PreviewLimit = 256 * 1024;
    private const int MostPixels = 4096;

    /// <summary>A small frame to guide by. It is looked at and forgotten.</summary>
    public static async Task PreviewAsync(HttpContext context, EmulatorCore core)
    {
        if (HostedPage.Find(context, core) is not { } session || !HostedPage.IsOpen(core.Snapshot(session).Status))
        {
            await PageAnswer.WriteAsync(context, new JsonObject { ["state"] = "over" });
            return;
        }

        if (!TryReadSide(context, "w", out var width) || !TryReadSide(context, "h", out var height)
            || context.Request.ContentLength is not (> 0 and <= PreviewLimit and var length))
        {
            await ApiErrors.DetailAsync(context, StatusCodes.Status400BadRequest, "A small JPEG and its size in pixels (w, h) are expected.");
            return;
        }

        core.Pictures.NoteStarted(session);
        using var frame = await HeldPicture.ReadAsync(context.Request.Body, (int)length, context.RequestAborted);
        var guidance = Guidance.Of(EmulatorMatcher.Of(core.Settings).Analyze(frame.Bytes), width, height);
        await PageAnswer.WriteAsync(context, new JsonObject
        {
            ["state"] = "open",
            ["faces"] = guidance.Faces,
            ["box"] = guidance.Box is { } box
                ? new JsonObject { ["x"] = box.X, ["y"] = box.Y, ["width"] = box.Width, ["height"] = box.Height }
                : null,
            ["luminance"] = guidance.Luminance,
            ["yaw"] = guidance.YawDegrees,
            ["advice"] = guidance.Advice,
        });
    }

    /// <summary>The frames that count.</summary>
    public static async Task CaptureAsync(HttpContext context, EmulatorCore core)
    {
        if (HostedPage.Find(context, core) is not { } session)
        {
            await PageAnswer.WriteAsync(context, new JsonObject { ["state"] = "over" });
            return;
        }

        var form = await PageForm.ReadAsync(context);
        var texts = PageTexts.For(context);
        if (form.IsTooLarge || form.Frames.Count == 0)
        {
            await PageAnswer.RetryAsync(context, HostedPage.NoPicture(form, texts), core.Pictures.AskTurn(session), texts);
            return;
        }

        var asked = core.Pictures.AskTurn(session);
        using var shown = await ShownFrames.ReadAsync(asked is null ? [form.Frames[0]] : form.Frames, asked, context.RequestAborted);
        var outcome = core.Pictures.Take(session, shown, isLastTry: false);
        await (outcome.Problems.Count > 0
            ? PageAnswer.RetryAsync(context, PageProblem.Of(outcome, texts), core.Pictures.AskTurn(session), texts)
            : HostedPage.EndAsync(context, core, session, outcome.Completion));
    }

    private static bool TryReadSide(HttpContext context, string name, out int pixels) =>
        int.TryParse(context.Request.Query[name].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out pixels)
        && pixels is > 0 and <= MostPixels;
}
