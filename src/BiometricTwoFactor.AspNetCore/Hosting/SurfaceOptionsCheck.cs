namespace BiometricTwoFactor.AspNetCore;

/// <summary>What is wrong with the settings of pages and apps.</summary>
internal static class SurfaceOptionsCheck
{
    private const int MostCallbacks = 10;
    private const int LongestCallback = 512;

    /// <summary>Schemes that a browser or a system runs or answers itself.</summary>
    private static readonly HashSet<string> NoAppsScheme = new(StringComparer.OrdinalIgnoreCase)
    {
        "javascript", "vbscript", "data", "blob", "file", "filesystem", "about", "view-source", "http", "ws", "wss", "ftp", "intent", "content",
        "android-app", "chrome", "edge", "jar", "mailto", "tel", "sms", "urn", "resource", "moz-extension", "chrome-extension", "ms-settings", "shell",
    };

    public static IEnumerable<string> Problems(BiometricStepUpOptions options)
    {
        var pages = options.Pages;
        if (!Enum.IsDefined(pages.Capture))
        {
            yield return "Biometric:Pages:Capture: Redirect, Modal or Inline.";
        }

        if (pages.Capture != CapturePresentation.Redirect && pages.CaptureScript is null)
        {
            yield return "Biometric:Pages:CaptureScript: name the local path at which the application serves the provider's web SDK, such as /lib/didit-sdk.esm.js; only Capture Redirect needs none.";
        }

        if (pages.CaptureScript is { } script && !LocalUrl.IsSafe(script))
        {
            yield return "Biometric:Pages:CaptureScript: a local path of the application, such as /lib/didit-sdk.esm.js; scripts of other origins are not run.";
        }

        if (pages.Stylesheet is { } stylesheet && !LocalUrl.IsSafe(stylesheet))
        {
            yield return "Biometric:Pages:Stylesheet: a local path of the application, such as /css/confirm.css.";
        }

        if (options.NativeCallbacks.Count > MostCallbacks)
        {
            yield return $"Biometric:NativeCallbacks: at most {MostCallbacks}.";
        }

        foreach (var callback in options.NativeCallbacks.Where(callback => !IsNativeCallback(callback)))
        {
            yield return $"Biometric:NativeCallbacks: '{callback}' is not https://host/.../callback (http on loopback only) nor scheme://.../callback of an app, in lower case and without query or fragment.";
        }
    }

    /// <summary>Written as it is compared and sent: what a parser would change is refused.</summary>
    private static bool IsNativeCallback(string? text) =>
        text is { Length: > 0 and <= LongestCallback }
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is ':' or '/' or '.' or '-' or '+' or '_' or '~' or '[' or ']')
        && text.EndsWith("/callback", StringComparison.Ordinal)
        && Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && string.Equals(uri.AbsoluteUri, text, StringComparison.Ordinal)
        && text.StartsWith(uri.Scheme + "://", StringComparison.Ordinal)
        && uri is { Host.Length: > 0, UserInfo.Length: 0 }
        && !uri.AbsolutePath.Contains("//", StringComparison.Ordinal)
        && (uri.Scheme == Uri.UriSchemeHttps
            || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback)
            || !NoAppsScheme.Contains(uri.Scheme));
}
