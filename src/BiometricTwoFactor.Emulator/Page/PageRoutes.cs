using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace BiometricTwoFactor.Emulator;

/// <summary>The hosted page.</summary>
internal static class PageRoutes
{
    public static void Map(IEndpointRouteBuilder app, EmulatorCore core)
    {
        app.MapGet("/emulator/page.css", HostedPage.StyleAsync);
        foreach (var route in (string[])["/session/{token}", "/{language}/session/{token}"])
        {
            app.MapGet(route, context => HostedPage.ShowAsync(context, core));
            app.MapPost(route, context => HostedPage.FinishAsync(context, core));
        }
    }
}
