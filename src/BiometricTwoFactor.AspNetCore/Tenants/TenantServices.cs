using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>Registers tenants.</summary>
internal static class TenantServices
{
    public const string SectionName = "Tenants";

    public static void Add(IServiceCollection services, string name, Action<BiometricStepUpOptions> configure, Action<BiometricClientOptions> configureClient)
    {
        if (!TenantRegistration.HasShape(name))
        {
            throw new ArgumentException("A tenant's name has lower-case letters, digits and hyphens, at most 40, and begins with no hyphen.", nameof(name));
        }

        if (services.Any(service => service.ImplementationInstance is TenantRegistration known && string.Equals(known.Name, name, StringComparison.Ordinal)))
        {
            throw new ArgumentException($"The tenant '{name}' was added before.", nameof(name));
        }

        services.AddSingleton(new TenantRegistration(name));
        services.AddSingleton<IConfigureOptions<BiometricStepUpOptions>>(provider =>
            new TenantInheritance<BiometricStepUpOptions>(name, provider, options => options.WebhookSecrets.Clear()));
        services.AddOptions<BiometricStepUpOptions>(name).Configure(configure).ValidateOnStart();

        // What is set for all is no client's any more: without a key of its own it only hands on what it says.
        services.Configure<BiometricClientOptions>(client => client.IsTemplate = true);
        services.AddSingleton<IConfigureOptions<BiometricClientOptions>>(provider => new TenantInheritance<BiometricClientOptions>(
            name,
            provider,
            client =>
            {
                client.IsTemplate = false;
                client.ApiKey = "";
            }));
        services.AddBiometricClient(name, configureClient);
    }

    /// <summary>So that a changed key or secret counts at once.</summary>
    public static void AddChanges(IServiceCollection services, string name, IConfiguration section)
    {
        services.AddSingleton<IOptionsChangeTokenSource<BiometricStepUpOptions>>(new ConfigurationChangeTokenSource<BiometricStepUpOptions>(name, section));
        services.AddSingleton<IOptionsChangeTokenSource<BiometricClientOptions>>(new ConfigurationChangeTokenSource<BiometricClientOptions>(name, section));
    }
}
