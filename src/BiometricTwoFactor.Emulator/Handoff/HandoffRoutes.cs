using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace BiometricTwoFactor.Emulator;

/// <summary>The way from one device to another.</summary>
internal static class HandoffRoutes
{
    public static void Map(IEndpointRouteBuilder app, EmulatorCore core)
    {
        var script = new Lazy<string>(() => Read("handoff.js"));
        var style = new Lazy<string>(() => Read("handoff.css"));
        app.MapGet("/emulator/handoff.js", context => SendAsync(context, "text/javascript; charset=utf-8", script.Value));
        app.MapGet("/emulator/handoff.css", context => SendAsync(context, "text/css; charset=utf-8", style.Value));
        app.MapGet("/handoff", HandoffEntrance.ShowAsync);
        app.MapPost("/handoff", context => HandoffEntrance.EnterAsync(context, core));
        foreach (var page in (string[])["/session/{token}", "/{language}/session/{token}"])
        {
            app.MapGet(page + "/handoff", context => HandoffPage.ShowAsync(context, core));
            app.MapPost(page + "/handoff", context => HandoffPage.RenewAsync(context, core));
            app.MapGet(page + "/state", context => HandoffState.TellAsync(context, core));
        }
    }

    private static Task SendAsync(HttpContext context, string type, string text)
    {
        context.Response.ContentType = type;
        context.Response.Headers.CacheControl = "public, max-age=3600";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return context.Response.WriteAsync(text, context.RequestAborted);
    }

    private static string Read(string name)
    {
        using var stream = typeof(HandoffRoutes).Assembly.GetManifestResourceStream("BiometricTwoFactor.Emulator.Handoff." + name)
            ?? throw new InvalidOperationException($"{name} is missing from the assembly.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
