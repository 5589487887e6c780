using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>Asks the application what only it knows about risk; each of its hooks is optional.</summary>
internal sealed class RiskHooks(IServiceProvider services, ILogger<RiskHooks> logger)
{
    public ISecondFactor? SecondFactor { get; } = services.GetService<ISecondFactor>();

    public async ValueTask<bool> CanAskSecondFactorAsync(StepUpChallenge challenge, CancellationToken cancellationToken)
    {
        if (SecondFactor is null)
        {
            return false;
        }

        try
        {
            return await SecondFactor.IsAvailableAsync(challenge, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // No answer is neither yes nor no: a demand without a payee would otherwise be dropped.
            Log.RiskHookFailed(logger, failure, nameof(ISecondFactor), challenge.Id);
            throw;
        }
    }

    public async ValueTask<bool> ArePayeesTrustedAsync(StepUpChallenge challenge, CancellationToken cancellationToken)
    {
        if (challenge.Transaction is null || services.GetService<ITrustedBeneficiaries>() is not { } trusted)
        {
            return false;
        }

        try
        {
            return await trusted.AreTrustedAsync(challenge, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Log.RiskHookFailed(logger, failure, nameof(ITrustedBeneficiaries), challenge.Id);
            throw;
        }
    }

    public async ValueTask<string?> CountryOfAsync(IPAddress? address, string challengeId, CancellationToken cancellationToken)
    {
        if (address is null || services.GetService<IAddressCountry>() is not { } countries)
        {
            return null;
        }

        try
        {
            return NetworkRisk.CountryOf(await countries.FindAsync(address, cancellationToken).ConfigureAwait(false));
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            Log.RiskHookFailed(logger, failure, nameof(IAddressCountry), challengeId);
            return null;
        }
    }
}
