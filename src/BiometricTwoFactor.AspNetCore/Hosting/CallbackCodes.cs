using System.Text.RegularExpressions;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>Finds the one-time code in a callback's path, wherever the path is written down (protocol 5.1).</summary>
internal static partial class CallbackCodes
{
    private const string Segment = "/callback/";

    public static bool MayBeIn(string? text) => text is not null && text.Contains(Segment, StringComparison.Ordinal);

    public static string Redact(string text) => CodeInPath().Replace(text, "/callback/***");

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

    [GeneratedRegex("/callback/[A-Za-z0-9_-]{27}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CodeInPath();
}
