using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.Emulator;

/// <summary>The console's files: a page without any data in it, which its scripts ask the API for.</summary>
internal static class ConsolePage
{
    private const string Prefix = "BiometricTwoFactor.Emulator.Console.";

    private static readonly Lazy<Dictionary<string, byte[]>> Files = new(ReadFiles);

    public static Task ShowAsync(HttpContext context, ConsoleAccess access) => WriteAsync(context, access, "console.html");

    public static Task FileAsync(HttpContext context, ConsoleAccess access) =>
        WriteAsync(context, access, context.Request.RouteValues["file"] as string ?? "");

    private static async Task WriteAsync(HttpContext context, ConsoleAccess access, string name)
    {
        ConsoleHeaders.Protect(context);
        if (!access.IsKnownHost(context))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            context.Response.ContentType = "text/plain; charset=utf-8";
            await context.Response.WriteAsync(
                "This is an emulator. Its console answers under localhost, 127.0.0.1, the address it listens on, and its PublicAddress only.",
                context.RequestAborted);
            return;
        }

        if (!Files.Value.TryGetValue(name, out var bytes))
        {
            await ApiErrors.HtmlNotFoundAsync(context);
            return;
        }

        context.Response.ContentType = Path.GetExtension(name) switch
        {
            ".js" => "text/javascript; charset=utf-8",
            ".css" => "text/css; charset=utf-8",
            ".svg" => "image/svg+xml",
            _ => "text/html; charset=utf-8",
        };
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }

    private static Dictionary<string, byte[]> ReadFiles()
    {
        var assembly = typeof(ConsolePage).Assembly;
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            files.Add(name[Prefix.Length..], bytes);
        }

        return files;
    }
}
