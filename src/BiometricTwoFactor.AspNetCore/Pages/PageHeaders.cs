using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>The headers of every page (protocol 4.3).</summary>
internal static class PageHeaders
{
    public static void Set(HttpContext context, PageFrame frame)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "no-referrer";
        headers.XContentTypeOptions = "nosniff";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers.Remove("X-Frame-Options"); // antiforgery sets it to SAMEORIGIN; frame-ancestors below is the stricter word
        headers.ContentSecurityPolicy =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; base-uri 'none'; "
            + $"form-action {string.Join(' ', ["'self'", .. frame.FormTargets])}; "
            + (frame.FrameSources.Count == 0 ? "" : $"frame-src {string.Join(' ', frame.FrameSources)}; ")
            + $"frame-ancestors {(frame.MayBeFramed ? "'self'" : "'none'")}";
        headers["Permissions-Policy"] = Permissions(frame.CameraOrigins);
    }

    /// <summary>Handing a camera on needs it here too; the pages' own scripts ask for none.</summary>
    private static string Permissions(IReadOnlyList<string> origins)
    {
        var allowed = origins.Count == 0 ? "()" : $"(self {string.Join(' ', origins.Select(origin => $"\"{origin}\""))})";
        return $"camera={allowed}, microphone={allowed}, geolocation=()";
    }
}
