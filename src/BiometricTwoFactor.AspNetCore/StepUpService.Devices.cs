namespace BiometricTwoFactor.AspNetCore;

/// <summary>For the support desk and the user's own settings: devices and blocks.</summary>
public sealed partial class StepUpService
{
    /// <summary>
    /// Forgets every device and network on which the user's approvals were used, such as after a stolen phone. Each is asked
    /// as a new one from then on, until an approval is used on it.
    /// </summary>
    /// <param name="subject">The application's stable user id, as <see cref="BiometricStepUpOptions.Subject"/> reads it.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task ForgetDevicesAsync(string subject, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(subject);
        await _store.ForgetDevicesAsync(Tenant, subject, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Lifts what declined captures led to, the wait and the block for good (<see cref="BiometricStepUpOptions.BlockAfterDeclines"/>),
    /// on every device of the user. Whether it really is the user who asks for it is for the caller to make sure.
    /// </summary>
    /// <param name="subject">The application's stable user id, as <see cref="BiometricStepUpOptions.Subject"/> reads it.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task UnblockAsync(string subject, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(subject);
        await _store.UnblockAsync(Tenant, subject, _timeProvider.GetUtcNow(), cancellationToken).ConfigureAwait(false);
    }
}
