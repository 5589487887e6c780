using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace BiometricTwoFactor.Emulator.Tests.Page;

/// <summary>A relying party's own page on another origin than the emulator's: <c>localhost</c>, where that is <c>127.0.0.1</c>.</summary>
internal sealed class HostPage : IAsyncDisposable
{
    private readonly WebApplication _app;

    private HostPage(WebApplication app) => _app = app;

    public Uri Url { get; private set; } = new("http://localhost/");

    /// <param name="script">What the page runs once it is there.</param>
    /// <param name="sdk">The file of the provider's SDK that it loads before; null loads none.</param>
    public static async Task<HostPage> StartAsync(string script, string? sdk = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.Run(context => AnswerAsync(context, script, sdk));
        await app.StartAsync();
        var address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return new HostPage(app) { Url = new Uri($"http://localhost:{address.Port}/") };
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static Task AnswerAsync(HttpContext context, string script, string? sdk)
    {
        switch (context.Request.Path.Value)
        {
            case "/":
                context.Response.ContentType = "text/html; charset=utf-8";
                var load = sdk is null ? "" : "<script src=\"/sdk.js\"></script>";
                return context.Response.WriteAsync($"<!doctype html><html lang=\"en\"><title>Relying party</title><link rel=\"icon\" href=\"data:,\"><h1>Relying party</h1><div id=\"here\"></div>{load}<script>{script}</script></html>");
            case "/sdk.js" when sdk is not null:
                context.Response.ContentType = "text/javascript; charset=utf-8";
                return context.Response.SendFileAsync(sdk);
            case "/back":
                context.Response.ContentType = "text/html; charset=utf-8";
                return context.Response.WriteAsync("<!doctype html><html lang=\"en\"><title>Back</title><link rel=\"icon\" href=\"data:,\"><h1>Back at the relying party</h1></html>");
            default:
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
        }
    }
}
