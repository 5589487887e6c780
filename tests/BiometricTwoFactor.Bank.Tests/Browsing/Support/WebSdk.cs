using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace BiometricTwoFactor.Bank.Tests.Browsing;

/// <summary>The provider's web SDK, unmodified, as tests/run installs it for the emulator's tests; served by the bank itself.</summary>
internal static class WebSdk
{
    private static readonly string? Folder = Find();

    public static bool IsThere => Folder is not null;

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/lib/{file}", (string file) =>
        Folder is not null && file is "didit-sdk.esm.js" or "didit-sdk.umd.min.js"
            ? Results.File(Path.Combine(Folder!, file), "text/javascript; charset=utf-8")
            : Results.NotFound());

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var dist = Path.Combine(folder.FullName, "tests", "BiometricTwoFactor.Emulator.Tests", "OfficialClients", "node_modules", "@didit-protocol", "sdk-web", "dist");
            if (Directory.Exists(dist))
            {
                return dist;
            }
        }

        return null;
    }
}

/// <summary>A test with the provider's web SDK.</summary>
internal sealed class WebSdkFactAttribute : FactAttribute
{
    public WebSdkFactAttribute() => Skip = WebSdkTheoryAttribute.Missing;
}

/// <summary>The same with rows.</summary>
internal sealed class WebSdkTheoryAttribute : TheoryAttribute
{
    public WebSdkTheoryAttribute() => Skip = Missing;

    public static string? Missing => WebSdk.IsThere ? null : "needs the provider's npm packages, which tests/run installs";
}
