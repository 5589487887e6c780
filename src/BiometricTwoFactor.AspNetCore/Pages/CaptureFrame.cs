using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// The provider's page in a frame of the confirm page, by the provider's own web SDK, where the application turned that on.
/// The start form stays what it is: without a script, or when the SDK does not load, it redirects.
/// </summary>
internal sealed class CaptureFrame(BiometricRoutes routes, HostedPageOrigins hostedPages, Tenants tenants)
{
    /// <summary>The field by which the confirm page's script asks for an answer that it can read.</summary>
    public const string Field = "frame";

    public bool IsOn(HttpContext context) => tenants.Of(context).Pages is { Capture: not CapturePresentation.Redirect, CaptureScript: not null };

    /// <summary>True when a start was sent by the confirm page's own script. Decides the form of the answer, never what is allowed.</summary>
    public async Task<bool> IsAskedForAsync(HttpContext context) =>
        IsOn(context)
        && context.Request.HasFormContentType
        && (await context.Request.ReadFormAsync(context.RequestAborted).ConfigureAwait(false))[Field] is ["true"];

    /// <summary>The confirm page as it is, or with a place for the frame, the script that fills it, and the policy that allows exactly that.</summary>
    public PageFrame Apply(HttpContext context, PageFrame frame, StepUpChallenge challenge, StepUpTexts texts, bool canStart)
    {
        if (!IsOn(context) || !canStart)
        {
            return frame;
        }

        var pages = tenants.Of(context).Pages;
        var data = new Dictionary<string, string>(frame.Data, StringComparer.Ordinal)
        {
            ["start"] = routes.Start(context, challenge.Id),
            ["sdk"] = context.Request.PathBase + pages.CaptureScript,
            ["presentation"] = pages.Capture == CapturePresentation.Inline ? "inline" : "modal",
            ["frame-title"] = texts.FrameTitle,
            ["close-label"] = texts.FrameCloseLabel,
            ["again"] = texts.StartAgainButton,
        };
        return frame with
        {
            Script = routes.Asset(context, "embed.js"),
            FrameStylesheet = routes.Asset(context, "frame.css"),
            Data = data,
            // The provider's page, and our callback to which it leads; nothing else of our own can be framed either.
            FrameSources = [.. hostedPages.Of(challenge), new Uri(new Uri(routes.Origin(context)), routes.Local(context, "/callback/")).AbsoluteUri],
            CameraOrigins = hostedPages.Of(challenge),
        };
    }
}
