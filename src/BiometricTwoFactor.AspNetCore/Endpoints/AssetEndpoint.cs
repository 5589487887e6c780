using System.Collections.Frozen;
using System.Reflection;
using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>The pages' style and scripts, from the assembly: nothing inline (protocol 4.3), nothing from anywhere else.</summary>
internal static class AssetEndpoint
{
    private static readonly FrozenDictionary<string, (string Type, byte[] Bytes)> Assets = Load();

    public static async Task HandleAsync(HttpContext context)
    {
        if (context.Request.RouteValues["name"] is not string name || !Assets.TryGetValue(name, out var asset))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        context.Response.ContentType = asset.Type;
        context.Response.ContentLength = asset.Bytes.Length;
        context.Response.Headers.CacheControl = "public, max-age=3600";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        await context.Response.Body.WriteAsync(asset.Bytes, context.RequestAborted).ConfigureAwait(false);
    }

    private static FrozenDictionary<string, (string Type, byte[] Bytes)> Load()
    {
        const string Prefix = "BiometricTwoFactor.AspNetCore.Pages.Assets.";
        var assembly = Assembly.GetExecutingAssembly();
        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .ToFrozenDictionary(name => name[Prefix.Length..], name => (TypeOf(name), Read(assembly, name)), StringComparer.Ordinal);
    }

    private static string TypeOf(string name) => name.EndsWith(".css", StringComparison.Ordinal) ? "text/css; charset=utf-8" : "text/javascript; charset=utf-8";

    private static byte[] Read(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
