using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace BiometricTwoFactor.Emulator;

/// <summary>The hosted page.</summary>
internal static class PageRoutes
{
    public static void Map(IEndpointRouteBuilder app, EmulatorCore core)
    {
        foreach (var style in PageAssets.Styles)
        {
            app.MapGet("/emulator/" + style, context => PageAssets.StyleAsync(context, style));
        }

        foreach (var script in PageAssets.Scripts)
        {
            app.MapGet("/emulator/" + script, context => PageAssets.ScriptAsync(context, script));
        }

        foreach (var route in (string[])["/session/{token}", "/{language}/session/{token}"])
        {
            app.MapGet(route, context => HostedPage.ShowAsync(context, core));
            app.MapPost(route, context => HostedPage.FinishAsync(context, core));
            app.MapPost(route + "/preview", context => CameraEndpoints.PreviewAsync(context, core));
            app.MapPost(route + "/capture", context => CameraEndpoints.CaptureAsync(context, core));
        }
    }
}
