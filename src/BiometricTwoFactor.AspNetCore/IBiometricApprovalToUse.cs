namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// The approval that the present request is to use within a transaction of its own
/// (<c>context.Features.Get&lt;IBiometricApprovalToUse&gt;()</c>): there on endpoints with
/// <see cref="StepUpEndpointOptions.UseInTransaction"/>, once the gate has seen that there is one. A durable store's package has
/// the calls that use it; what is here is for them.
/// </summary>
public interface IBiometricApprovalToUse
{
    /// <summary>
    /// What the conditional write is to compare and to record (protocol 7.1); null where no face was asked here, and there is
    /// nothing to use.
    /// </summary>
    ConsumeRequest? Request { get; }

    /// <summary>True when the use was committed, or there was nothing to use.</summary>
    bool IsUsed { get; }

    /// <summary>
    /// Does what follows from a use: the device is remembered, observers are told, the sign-in is renewed. To be called once, when
    /// the transaction has committed, and before the response begins. Never throws for what follows: the use has happened.
    /// </summary>
    /// <param name="consumed">The challenge as it was used.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task CompleteAsync(StepUpChallenge consumed, CancellationToken cancellationToken = default);
}
