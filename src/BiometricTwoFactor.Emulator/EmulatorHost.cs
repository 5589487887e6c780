using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace BiometricTwoFactor.Emulator;

/// <summary>The web server around the emulator.</summary>
internal static class EmulatorHost
{
    private const int BodyLimit = 16 * 1024 * 1024;

    public static WebApplication Build(EmulatorCore core)
    {
        // The empty builder, not the slim one: in process, the host's appsettings.json and environment variables
        // (URLs, Kestrel endpoints, log levels) must not reach the emulator.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = BodyLimit;
            kestrel.Listen(core.Settings.Address, core.Settings.Options.Port, listen => listen.Protocols = HttpProtocols.Http1);
        });
        builder.Services.AddRoutingCore();
        // Ctrl+C belongs to the application that the emulator runs in.
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();

        var app = builder.Build();
        app.Use(next => context => GuardAsync(context, next));
        app.Use(next => context => FaultMiddleware.InvokeAsync(context, core, next));
        app.UseRouting();
        app.Use(next => context => RoutingMiddleware.InvokeAsync(context, next));
        Map(app, core);
        return app;
    }

    private static void Map(WebApplication app, EmulatorCore core)
    {
        app.MapPost("/v3/session/", context => CreateSessionEndpoint.HandleAsync(context, core));
        app.MapGet("/v3/sessions/", context => SessionListEndpoint.HandleAsync(context, core));
        app.MapGet("/v3/session/{id}/decision/", context => SessionEndpoints.DecisionAsync(context, core));
        app.MapDelete("/v3/session/{id}/delete/", context => SessionEndpoints.DeleteAsync(context, core));
        app.MapPatch("/v3/session/{id}/update-status/", context => UpdateStatusEndpoint.HandleAsync(context, core));
        app.MapGet("/v3/session/{id}/generate-pdf/", context => SessionEndpoints.ReportAsync(context, core));
        app.MapPost("/v3/session/{id}/sandbox/arm/", context => SessionEndpoints.ArmAsync(context, core));
        app.MapPost("/v3/users/delete/", context => SessionEndpoints.DeleteUsersAsync(context, core));
        app.MapPost("/v3/face-match/", context => StandaloneEndpoints.FaceMatchAsync(context, core));
        app.MapPost("/v3/passive-liveness/", context => StandaloneEndpoints.PassiveLivenessAsync(context, core));

        app.MapGet("/emulator/page.css", HostedPage.StyleAsync);
        foreach (var route in (string[])["/session/{token}", "/{language}/session/{token}"])
        {
            app.MapGet(route, context => HostedPage.ShowAsync(context, core));
            app.MapPost(route, context => HostedPage.FinishAsync(context, core));
        }
    }

    /// <summary>The emulator never falls over what it is sent.</summary>
    private static async Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (Microsoft.AspNetCore.Http.BadHttpRequestException e) when (!context.Response.HasStarted)
        {
            await ApiErrors.DetailAsync(context, e.StatusCode, e.StatusCode == StatusCodes.Status413PayloadTooLarge ? "Request body too large." : "Bad request.");
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller has gone.
        }
    }

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
