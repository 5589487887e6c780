using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

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
        services.TryAddSingleton<RecordedStatuses>();
        services.TryAddScoped(provider => new StepUpEvidence(
            provider.GetRequiredService<IStepUpStore>(),
            provider.GetRequiredService<EvidenceReader>(),
            provider.GetRequiredService<EvidenceChainer>(),
            provider.GetRequiredService<EvidenceRecorder>(),
            provider.GetRequiredService<ChallengeWriter>(),
            provider.GetRequiredService<Tenants>(),
            provider.GetRequiredService<TimeProvider>()));
        services.TryAddScoped(provider => new StepUpReconciliation(
            provider.GetRequiredService<IStepUpStore>(),
            provider.GetRequiredService<DecisionReads>(),
            provider.GetRequiredService<VerdictProcessor>(),
            provider.GetRequiredService<RecordedStatuses>(),
            provider.GetRequiredService<EvidenceChainer>(),
            provider.GetRequiredService<Tenants>(),
            provider.GetRequiredService<ILogger<StepUpReconciliation>>()));
        services.TryAddSingleton<EvidenceKeyCheck>();
        services.AddHostedService(provider => provider.GetRequiredService<EvidenceKeyCheck>());
        services.AddHostedService<EvidenceRetention>();
        services.AddHostedService(provider => provider.GetRequiredService<EvidenceChainer>());
    }
}
