using Microsoft.Extensions.Hosting;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Before anything is served: whether the master key opens what the store has. Under another one nothing new could be chained
/// of anybody who is known, and an export would be empty pages, noticed by nobody until the day it is asked for.
/// </summary>
internal sealed class EvidenceKeyCheck(IStepUpStore store, EvidenceKeys keys, Tenants tenants) : IHostedService
{
    private const string Other =
        "Biometric:Evidence:MasterKey is another than the one that the stored evidence was sealed under, and none of FormerMasterKeys is it. Configure the former master key as Biometric:Evidence:FormerMasterKeys:0 (or the right one as MasterKey); without it that evidence can be read by nobody, and nothing new of those persons is chained.";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!store.SurvivesRestart)
        {
            return;
        }

        if (tenants.Names.Any(tenant => tenants.EvidenceOf(tenant).MasterKey is null))
        {
            throw new InvalidOperationException(EvidenceKeys.MasterKeyMissing);
        }

        foreach (var tenant in await store.ListEvidenceTenantsAsync(cancellationToken).ConfigureAwait(false))
        {
            if (await store.FindNewestEvidenceKeyAsync(tenant, cancellationToken).ConfigureAwait(false) is { } newest && keys.TryUnwrap(newest) is null)
            {
                throw new InvalidOperationException(Other);
            }
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
