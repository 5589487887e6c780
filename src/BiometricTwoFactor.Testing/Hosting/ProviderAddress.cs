using BiometricTwoFactor.AspNetCore;
using BiometricTwoFactor.Emulator;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace BiometricTwoFactor.Testing;

/// <summary>
/// Points the options at the emulated provider, after all the application's own configuration: whatever it says, and
/// however it is read, a test reaches no real provider.
/// </summary>
internal sealed class ProviderAddress(BiometricTestProvider provider, IHostEnvironment environment, IServiceProviderIsService services)
    : IPostConfigureOptions<BiometricClientOptions>, IPostConfigureOptions<BiometricStepUpOptions>
{
    private const string LoopbackOrigin = "http://localhost";

    /// <summary>Every client, those of tenants too.</summary>
    public void PostConfigure(string? name, BiometricClientOptions options)
    {
        options.BaseAddress = provider.Emulator.BaseAddress;
        options.ApiKey = provider.Emulator.ApiKey;
    }

    public void PostConfigure(string? name, BiometricStepUpOptions options)
    {
        options.WebhookSecrets.Clear();
        options.WebhookSecrets.Add(new WebhookSecret(provider.Emulator.WebhookSecret, label: "emulator"));
        options.Environment = provider.Environment;
        if (string.IsNullOrEmpty(options.PublicOrigin) && !environment.IsDevelopment())
        {
            // Outside of Development it must be named; in Development the application finds it out by itself.
            options.PublicOrigin = LoopbackOrigin;
        }

        var none = string.IsNullOrWhiteSpace(options.Workflows.StepUp.Id);
        Point(options.Workflows.StepUp, EmulatedWorkflowKind.BiometricAuthentication, fill: none);
        Point(options.Workflows.Payment, EmulatedWorkflowKind.ScaWithIpAnalysis, fill: none);
        // Without that check the application would not start with one.
        Point(options.Workflows.Enrolment, EmulatedWorkflowKind.KycEnrolment, fill: none && services.IsService(typeof(IAccountHolderCheck)));
        Point(options.Workflows.FaceEnrolment, EmulatedWorkflowKind.FaceEnrolment, fill: none);
    }

    /// <summary>
    /// An id that the emulator has stays. One that it does not have, such as that of the real provider's console, gives way
    /// to the emulator's workflow of that kind: it could only be refused.
    /// </summary>
    private void Point(StepUpWorkflow workflow, EmulatedWorkflowKind kind, bool fill)
    {
        var known = provider.Emulator.Workflows;
        var empty = string.IsNullOrWhiteSpace(workflow.Id);
        if ((empty && !fill) || known.Any(one => string.Equals(one.Id, workflow.Id, StringComparison.Ordinal)))
        {
            return;
        }

        var fitting = known.Where(one => one.Kind == kind).ToArray();
        var chosen = Array.Find(fitting, one => workflow.LivenessMethod is null || one.LivenessMethod == workflow.LivenessMethod) ?? fitting.FirstOrDefault();
        workflow.Id = chosen?.Id ?? workflow.Id;
    }
}
