using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace BiometricTwoFactor.Emulator;

/// <summary>The way from one device to another.</summary>
internal static class HandoffRoutes
{
    public static void Map(IEndpointRouteBuilder app, EmulatorCore core)
    {
        app.MapGet("/emulator/handoff.js", context => PageAssets.WriteAsync(context, "Handoff.handoff.js", PageAssets.JavaScript));
        app.MapGet("/emulator/handoff.css", context => PageAssets.WriteAsync(context, "Handoff.handoff.css", PageAssets.Css));
        app.MapGet("/handoff", HandoffEntrance.ShowAsync);
        app.MapPost("/handoff", context => HandoffEntrance.EnterAsync(context, core));
        foreach (var page in (string[])["/session/{token}", "/{language}/session/{token}"])
        {
            app.MapGet(page + "/handoff", context => HandoffPage.ShowAsync(context, core));
            app.MapPost(page + "/handoff", context => HandoffPage.RenewAsync(context, core));
            app.MapGet(page + "/state", context => HandoffState.TellAsync(context, core));
        }
    }
}
