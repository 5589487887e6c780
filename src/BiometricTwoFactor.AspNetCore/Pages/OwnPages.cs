using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Sends a page that the application rendered. It is written aside first: what is half done, no page, or silent about what is
/// approved never reaches anybody (protocol 4.1).
/// </summary>
internal static class OwnPages
{
    /// <summary>False where the application has no page of its own for this one.</summary>
    /// <exception cref="InvalidOperationException">The page will not do; what is wrong with it is named.</exception>
    public static async Task<bool> TryWriteAsync(HttpContext context, BiometricPage page, PageFrame frame)
    {
        if (context.RequestServices.GetService<IBiometricPageRenderer>() is not { } renderer
            || await renderer.RenderAsync(page, context, context.RequestAborted).ConfigureAwait(false) is not { } result)
        {
            return false;
        }

        var response = context.Response;
        var (status, body) = (response.StatusCode, response.Body);
        using var written = new MemoryStream();
        response.Body = written;
        try
        {
            await result.ExecuteAsync(context).ConfigureAwait(false);
            await response.Body.FlushAsync(context.RequestAborted).ConfigureAwait(false);
        }
        finally
        {
            response.Body = body;
        }

        Check(page, response.ContentType, Encoding.UTF8.GetString(written.GetBuffer(), 0, (int)written.Length));
        response.StatusCode = status; // a refusal stays one
        PageHeaders.Set(context, frame); // last, so that nothing loosens them
        response.ContentLength = written.Length;
        written.Position = 0;
        await written.CopyToAsync(body, context.RequestAborted).ConfigureAwait(false);
        return true;
    }

    private static void Check(BiometricPage page, string? type, string html)
    {
        if (type is null || !type.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) || !type.Contains("charset=utf-8", StringComparison.OrdinalIgnoreCase))
        {
            throw new InvalidOperationException($"The application's own page for {page.Kind} is no text/html; charset=utf-8.");
        }

        // Encoders differ in what they write as entities.
        var text = WebUtility.HtmlDecode(html);
        foreach (var (label, value) in page.Details)
        {
            if (!text.Contains(value, StringComparison.Ordinal))
            {
                throw new InvalidOperationException($"The application's own page for {page.Kind} leaves out what is approved ('{label}'). It has to show every value of Details as it is.");
            }
        }
    }
}
