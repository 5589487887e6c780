using System.Net;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>A small application in Production whose configuration is complete, but for what a test changes.</summary>
internal sealed class Starting
{
    public const string Secret = "whsec-of-these-tests-0123456789-0123456789-a";

    public string Environment { get; set; } = Environments.Production;

    public Dictionary<string, string?> Settings { get; } = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Biometric:ApiKey"] = "key-of-these-tests",
        ["Biometric:WebhookSecrets:0"] = Secret,
        ["Biometric:PublicOrigin"] = "https://bank.example",
        ["Biometric:Workflows:StepUp:Id"] = "workflow-step-up",
    };

    public Action<IConfigurationBuilder>? Configure { get; set; }

    public Action<IServiceCollection>? Before { get; set; }

    public Action<BiometricStepUpBuilder>? StepUp { get; set; }

    public Action<IServiceCollection>? After { get; set; }

    public Action<WebApplication>? Map { get; set; }

    public bool MapBiometric { get; set; } = true;

    /// <summary>What the start says; null when the application starts.</summary>
    public async Task<string?> ProblemAsync()
    {
        try
        {
            await using var app = await StartAsync();
            return null;
        }
        catch (Exception refusal) when (refusal is not Xunit.Sdk.XunitException)
        {
            // Everything that an operator gets to read, the causes included.
            return refusal.ToString();
        }
    }

    public async Task<WebApplication> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = Environment });
        builder.Configuration.AddInMemoryCollection(Settings);
        Configure?.Invoke(builder.Configuration);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders();
        builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie();
        builder.Services.AddAuthorization();
        Before?.Invoke(builder.Services);
        var stepUp = builder.Services.AddBiometricStepUp(builder.Configuration.GetSection("Biometric"));
        StepUp?.Invoke(stepUp);
        After?.Invoke(builder.Services);

        var app = builder.Build();
        try
        {
            if (MapBiometric)
            {
                app.MapBiometric();
            }

            Map?.Invoke(app);
            await app.StartAsync();
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    public static Uri AddressOf(WebApplication app) =>
        new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
}
