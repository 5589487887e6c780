using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Renders the SDK's pages in the application's own way: its layout around <see cref="BiometricPage.ContentHtml"/>, or its own
/// markup from the page's parts. The headers stay the SDK's (no inline script or style, no frame, no store), whatever the
/// result sets. A page that throws, is no HTML or leaves out what is approved is not sent, so that nobody can approve on it.
/// </summary>
public interface IBiometricPageRenderer
{
    /// <summary>The page as a result such as <c>Results.Content</c> or <c>RazorComponentResult</c>; null for the built-in one.</summary>
    /// <param name="page">What it says and does.</param>
    /// <param name="context">The request.</param>
    /// <param name="cancellationToken">Ends with the request.</param>
    ValueTask<IResult?> RenderAsync(BiometricPage page, HttpContext context, CancellationToken cancellationToken = default);
}
