using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Whether a URL stays in this application (attack 8): stricter than the framework's check, which lets <c>/%2Fevil</c> and
/// <c>/.//evil</c> through. Checked when a URL is stored and again when it is used.
/// </summary>
internal static class LocalUrl
{
    private const int MaxLength = 2048;

    /// <summary>The URL where it is a local one, else the application's start page.</summary>
    public static string OrStartPage(HttpContext context, string? url) =>
        IsSafe(url) ? url! : context.Request.PathBase.HasValue ? context.Request.PathBase.Value! : "/";

    public static bool IsSafe(string? url)
    {
        if (url is null or { Length: 0 or > MaxLength } || url[0] != '/')
        {
            return false;
        }

        var path = url.AsSpan();
        var end = path.IndexOfAny('?', '#');
        path = end < 0 ? path : path[..end];
        foreach (var c in url)
        {
            if (char.IsControl(c) || c is '\\' || char.IsWhiteSpace(c) || c > '\u007f')
            {
                return false;
            }
        }

        return !path.StartsWith("//", StringComparison.Ordinal)
            && !path.Contains("/.", StringComparison.Ordinal)
            && !path.Contains("//", StringComparison.Ordinal)
            // An encoded slash, backslash, dot or percent may become a real one on the way.
            && !path.Contains("%2f", StringComparison.OrdinalIgnoreCase)
            && !path.Contains("%5c", StringComparison.OrdinalIgnoreCase)
            && !path.Contains("%2e", StringComparison.OrdinalIgnoreCase)
            && !path.Contains("%25", StringComparison.OrdinalIgnoreCase)
            && !path.Contains("%0", StringComparison.OrdinalIgnoreCase);
    }
}
