using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace BiometricTwoFactor.Emulator;

/// <summary>The console, and the API to control the emulator from outside its process.</summary>
internal static class ConsoleRoutes
{
    public static void Map(IEndpointRouteBuilder app, EmulatorCore core)
    {
    }
}
