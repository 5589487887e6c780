using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>Registers what makes, chains, keeps and shows the evidence.</summary>
internal static class EvidenceServices
{
    public static void AddEvidence(this IServiceCollection services)
    {
        services.TryAddSingleton<EvidenceRecorder>();
        services.TryAddSingleton<EvidenceKeys>();
        services.TryAddSingleton<EvidenceSigner>();
        services.TryAddSingleton<EvidenceSignal>();
        services.TryAddSingleton<EvidenceChainer>();
        services.TryAddSingleton<EvidenceReader>();
        services.TryAddScoped(provider => new StepUpEvidence(
            provider.GetRequiredService<IStepUpStore>(),
            provider.GetRequiredService<EvidenceReader>(),
            provider.GetRequiredService<EvidenceChainer>(),
            provider.GetRequiredService<EvidenceRecorder>(),
            provider.GetRequiredService<ChallengeWriter>(),
            provider.GetRequiredService<BiometricClient>(),
            provider.GetRequiredService<IOptionsMonitor<BiometricStepUpOptions>>(),
            provider.GetRequiredService<TimeProvider>()));
        services.TryAddScoped(provider => new StepUpReconciliation(
            provider.GetRequiredService<IStepUpStore>(),
            provider.GetRequiredService<BiometricClient>(),
            provider.GetRequiredService<DecisionReads>(),
            provider.GetRequiredService<VerdictProcessor>(),
            provider.GetRequiredService<IOptionsMonitor<BiometricStepUpOptions>>(),
            provider.GetRequiredService<ILogger<StepUpReconciliation>>()));
        services.AddHostedService<EvidenceRetention>();
        services.AddHostedService(provider => provider.GetRequiredService<EvidenceChainer>());
    }
}
