using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace BiometricTwoFactor.EntityFrameworkCore.Tests;

/// <summary>A step-up whose own background work is left out: what starts is the store.</summary>
internal sealed class StoreOnly
{
    public StoreOnly(IServiceCollection services)
    {
        Builder = services.AddBiometricStepUp(
            options =>
            {
                options.WebhookSecrets.Add(new WebhookSecret("whsec-0123456789abcdef0123456789abcdef"));
                options.Evidence.MasterKey = Samples.MasterKey;
                options.PublicOrigin = "https://bank.example";
                options.Environment = ProviderEnvironment.Sandbox;
                options.Workflows.StepUp.Id = "step-up";
                options.Workflows.Payment.Id = "payment";
            },
            client => client.ApiKey = "key");
        services.RemoveAll<IHostedService>();
    }

    public BiometricStepUpBuilder Builder { get; }
}
