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

    /// <summary>
    /// Builds it in a flow of its own. <c>dotnet ef</c> and <c>WebApplicationFactory</c> run an application's entry point and
    /// take the first host that is built in its flow for the application's: that must not be this one.
    /// </summary>
    public static WebApplication Build(EmulatorCore core)
    {
        // It is an error to suppress what is suppressed already.
        if (ExecutionContext.IsFlowSuppressed())
        {
            return Task.Run(() => BuildHere(core)).GetAwaiter().GetResult();
        }

        using (ExecutionContext.SuppressFlow())
        {
            return Task.Run(() => BuildHere(core)).GetAwaiter().GetResult();
        }
    }

    private static WebApplication BuildHere(EmulatorCore core)
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
        app.Use(next => context => RoutingMiddleware.InvokeAsync(context, core, next));
        ApiRoutes.Map(app, core);
        WebhookRoutes.Map(app, core);
        PageRoutes.Map(app, core);
        HandoffRoutes.Map(app, core);
        ConsoleRoutes.Map(app, core);
        return app;
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
