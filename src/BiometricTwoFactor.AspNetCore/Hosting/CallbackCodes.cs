using System.Text.RegularExpressions;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>Finds the one-time code in the path of a callback or of a hand-over's link, wherever the path is written down (protocol 5.1, 4.2).</summary>
internal static partial class CallbackCodes
{
    public static bool MayBeIn(string? text) => 
        text is not null && (text.Contains("/callback/", StringComparison.Ordinal) || text.Contains("/device/", StringComparison.Ordinal));

    public static string Redact(string text) => CodeInPath().Replace(text, "/${kind}/${tenant}***");

    /// <summary>The value without a code; the same object when there is none in it.</summary>
    public static object? Redact(object? value)
    {
        // Paths come as text or as the framework's own path types; other values are not written down as paths.
        var text = value switch
        {
            string plain => plain,
            Microsoft.AspNetCore.Http.PathString path => path.Value,
            Uri uri => uri.OriginalString,
            _ => null,
        };
        return MayBeIn(text) ? Redact(text!) : value;
    }

    [GeneratedRegex("/(?<kind>callback|device)/(?<tenant>[a-z0-9-]{1,40}/)?[A-Za-z0-9_-]{27}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CodeInPath();
}
