using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace BiometricTwoFactor.Emulator;

/// <summary>The provider's API for webhook destinations (contract 4.1).</summary>
internal static class WebhookRoutes
{
    public static void Map(IEndpointRouteBuilder app, EmulatorCore core)
    {
    }
}
