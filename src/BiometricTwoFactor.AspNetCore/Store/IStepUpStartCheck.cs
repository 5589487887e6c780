namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// What a store's package looks at before anybody is served. It does so itself when the host starts; a command
/// (<see cref="Microsoft.AspNetCore.Builder.BiometricCommandExtensions"/>) runs within a host that is not started, and asks
/// each of these first.
/// </summary>
public interface IStepUpStartCheck
{
    /// <summary>Looks. Doing it twice does no harm.</summary>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <exception cref="InvalidOperationException">Nobody is to be served like this. The message has the reason and the remedy, and no secret.</exception>
    Task CheckAsync(CancellationToken cancellationToken = default);
}
