using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// The way back to what was confirmed: to the URL of a GET, or through a page that sends the sealed request on. What was
/// sealed leaves the server only while its approval can be used, and only to the browser that asked (protocol 1.2, 2.2).
/// </summary>
internal sealed class ResumeEndpoints(
    ChallengeAccess access,
    OriginalRequests originals,
    StepUpPages pages,
    Problems problems,
    BiometricRoutes routes,
    TimeProvider timeProvider)
{
    public async Task ShowAsync(HttpContext context)
    {
        var (challenge, caller) = await access.FindAsync(context).ConfigureAwait(false);
        if (caller is null)
        {
            await ChallengeAccess.SignInAsync(context).ConfigureAwait(false);
        }
        else if (!IsOwn(challenge, caller))
        {
            await problems.WriteAsync(context, Problem.NotFound, api: false).ConfigureAwait(false);
        }
        else if (!CanGoOn(challenge!))
        {
            StepUpResponder.SeeOther(context, routes.Confirm(context, challenge!.Id));
        }
        else if (HttpMethods.IsGet(challenge!.Original.Method))
        {
            StepUpResponder.SeeOther(context, challenge.Original.LocalUrl);
        }
        else if (originals.Open(challenge.Original) is { } content)
        {
            await pages.WriteResumeAsync(context, challenge, content).ConfigureAwait(false);
        }
        else
        {
            await problems.WriteAsync(context, Problem.Unavailable, api: false).ConfigureAwait(false);
        }
    }

    public async Task BodyAsync(HttpContext context)
    {
        if (await OpenAsync(context).ConfigureAwait(false) is { Fields: null } content)
        {
            await WriteAsync(context, content.Body).ConfigureAwait(false);
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }

    public async Task FileAsync(HttpContext context)
    {
        var content = await OpenAsync(context).ConfigureAwait(false);
        if (content is not null
            && int.TryParse(context.Request.RouteValues["number"] as string, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number)
            && number < content.Files.Count)
        {
            await WriteAsync(context, content.Files[number].Content).ConfigureAwait(false);
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }

    private static bool IsOwn(StepUpChallenge? challenge, StepUpBinding? caller) =>
        challenge is { Kind: ChallengeKind.StepUp } && challenge.Binding == caller;

    private bool CanGoOn(StepUpChallenge challenge) =>
        challenge.IsUsableAt(timeProvider.GetUtcNow()) && LocalUrl.IsSafe(challenge.Original.LocalUrl);

    /// <summary>What was sealed, for the page's own script; one answer for all that it is not there for.</summary>
    private async Task<KeptContent?> OpenAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (context.Request.Headers["Sec-Fetch-Site"] is [{ } site] && !string.Equals(site, "same-origin", StringComparison.Ordinal))
        {
            return null;
        }

        var (challenge, caller) = await access.FindAsync(context).ConfigureAwait(false);
        return IsOwn(challenge, caller) && CanGoOn(challenge!) ? originals.Open(challenge!.Original) : null;
    }

    /// <summary>Bytes for a script, never a document of our origin: their type is told to the script by the page.</summary>
    private static Task WriteAsync(HttpContext context, byte[] content)
    {
        var headers = context.Response.Headers;
        context.Response.ContentType = "application/octet-stream";
        context.Response.ContentLength = content.Length;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentDisposition = "attachment";
        headers.ContentSecurityPolicy = "default-src 'none'; sandbox; frame-ancestors 'none'";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        return context.Response.Body.WriteAsync(content, context.RequestAborted).AsTask();
    }
}
