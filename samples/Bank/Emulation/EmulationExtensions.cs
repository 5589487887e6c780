using BiometricTwoFactor.Emulator;
using Microsoft.AspNetCore.Hosting.Server;

namespace Bank;

/// <summary>Starts the emulated provider and points the configuration at it.</summary>
internal static class EmulationExtensions
{
    /// <summary>
    /// Does nothing outside of Development, or once <c>Biometric:ApiKey</c> is set: from then on the same settings come
    /// from user secrets or the environment, and no code changes.
    /// </summary>
    public static async Task AddEmulatedProviderAsync(this WebApplicationBuilder builder)
    {
        if (!builder.Environment.IsDevelopment() || !string.IsNullOrEmpty(builder.Configuration["Biometric:ApiKey"]))
        {
            return;
        }

        var emulator = await BiometricEmulator.StartAsync(new BiometricEmulatorOptions { BorderlineFaceMatchScore = 85m });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Biometric:BaseAddress"] = emulator.BaseAddress.AbsoluteUri,
            ["Biometric:ApiKey"] = emulator.ApiKey,
            ["Biometric:WebhookSecrets:0"] = emulator.WebhookSecret,
            ["Biometric:Environment"] = "Sandbox",
            ["Biometric:Workflows:StepUp:Id"] = EmulatedWorkflow.BiometricAuthenticationId,
            ["Biometric:Workflows:Payment:Id"] = EmulatedWorkflow.ScaWithIpAnalysisId,
            ["Biometric:Workflows:Payment:RequireIpAnalysis"] = "true",
            ["Biometric:Workflows:Enrolment:Id"] = EmulatedWorkflow.KycEnrolmentId,
            ["Biometric:Evidence:MasterKey"] = Convert.ToBase64String(new byte[32]), // so that a demonstration's database can be opened again; biometric2fa evidence keys makes a real one
        });
        builder.Services.AddSingleton(services => new EmulatedProvider(emulator, services.GetRequiredService<IServer>()));
        builder.Services.AddHostedService(services => services.GetRequiredService<EmulatedProvider>());
        builder.Services.AddHostedService<DemoCustomers>();
    }
}
