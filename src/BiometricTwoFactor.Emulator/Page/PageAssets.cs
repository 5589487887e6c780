using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.Emulator;

/// <summary>The files of the customer's pages, as they are embedded in the assembly.</summary>
internal static class PageAssets
{
    public const string Css = "text/css; charset=utf-8";
    public const string JavaScript = "text/javascript; charset=utf-8";

    /// <summary>The modules that the page's script is made of; the first is the one that the page names.</summary>
    public static IReadOnlyList<string> Scripts { get; } =
        ["capture.js", "camera.js", "finish.js", "guidance.js", "messages.js", "server.js", "turn.js", "view.js"];

    public static IReadOnlyList<string> Styles { get; } = ["page.css", "forms.css", "capture.css"];

    private static readonly ConcurrentDictionary<string, string> Read = new(StringComparer.Ordinal);

    public static string Text(string name) => Read.GetOrAdd(name, static name =>
    {
        using var stream = typeof(PageAssets).Assembly.GetManifestResourceStream("BiometricTwoFactor.Emulator." + name)
            ?? throw new InvalidOperationException($"The page's file {name} is missing from the assembly.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    });

    public static Task StyleAsync(HttpContext context, string name) => WriteAsync(context, "Page." + name, Css);

    public static Task ScriptAsync(HttpContext context, string name) => WriteAsync(context, "Page.Script." + name, JavaScript);

    /// <param name="context">The request.</param>
    /// <param name="name">The room and the file, such as <c>Handoff.handoff.js</c>.</param>
    /// <param name="type">Its media type.</param>
    public static Task WriteAsync(HttpContext context, string name, string type)
    {
        context.Response.ContentType = type;
        // Asked for anew each time: a page must not run with the script of the version before.
        context.Response.Headers.CacheControl = "no-cache";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return context.Response.WriteAsync(Text(name), context.RequestAborted);
    }
}
