using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Asks for a face in the event handlers of Blazor Server, where no redirect is possible: inject it into a component and call
/// <c>RequireAsync</c> before what it protects. Without an approval the answer has a <see cref="StepUpSignal"/>: open its
/// <see cref="StepUpSignal.ConfirmUrl"/> in another tab, await <see cref="WaitAsync"/>, and ask again.
/// </summary>
/// <remarks>
/// Who calls is who opened the circuit's connection, as long as that sign-in lasts; while there is no connection, every call is
/// refused. Proved over WebSockets, by which Blazor connects. A component's attribute counts when its page is requested; it cannot guard what the circuit does afterwards.
/// </remarks>
public sealed class BiometricCircuit
{
    private readonly CircuitRequests _requests;
    private readonly NavigationManager _navigation;
    private readonly IStepUpStore _store;
    private readonly TimeProvider _timeProvider;

    internal BiometricCircuit(CircuitRequests requests, NavigationManager navigation, IStepUpStore store, TimeProvider timeProvider)
    {
        _requests = requests;
        _navigation = navigation;
        _store = store;
        _timeProvider = timeProvider;
    }

    /// <summary>Asks for a face bound to exactly this amount and payee, used once.</summary>
    /// <param name="reason">Usually <see cref="StepUpReason.HighValueTransaction"/>.</param>
    /// <param name="transaction">What exactly the face approves, made from what is carried out afterwards.</param>
    /// <param name="configure">What this call does otherwise than its reason: thresholds, workflows, floors.</param>
    /// <param name="cancellationToken">Ends the call; without one the connection's end does.</param>
    /// <exception cref="ArgumentException">The reason is unknown or is that of account access, which binds no payment.</exception>
    public Task<StepUpAdmission> RequireAsync(string reason, Transaction transaction, Action<StepUpEndpointOptions>? configure = null, CancellationToken cancellationToken = default) =>
        AskAsync((admissions, context, original) => admissions.RequireAsync(context, reason, transaction, configure, original), cancellationToken);

    /// <summary>Asks for a face for one action, used once.</summary>
    /// <param name="reason">Why: a constant of <see cref="StepUpReason"/>, or one of the application's own reasons.</param>
    /// <param name="action">What exactly is done, with every value that matters, such as <c>limit 9000.00</c>: another text is another action.</param>
    /// <param name="title">What the confirm page calls it; null for the reason's own words.</param>
    /// <param name="configure">What this call does otherwise than its reason.</param>
    /// <param name="cancellationToken">Ends the call; without one the connection's end does.</param>
    /// <exception cref="ArgumentException">The action is empty, or the reason is unknown or that of account access.</exception>
    public Task<StepUpAdmission> RequireAsync(string reason, string action, string? title = null, Action<StepUpEndpointOptions>? configure = null, CancellationToken cancellationToken = default) =>
        AskAsync((admissions, context, original) => admissions.RequireAsync(context, reason, action, title, configure, original), cancellationToken);

    /// <summary>Waits until the face that a signal asks for has been shown, or the challenge has ended otherwise.</summary>
    /// <param name="signal">What <c>RequireAsync</c> answered.</param>
    /// <param name="cancellationToken">Ends the wait; pass one that ends with the component.</param>
    /// <returns>True when it can be used now: ask again. False when it ended, or there is nothing to wait for.</returns>
    public async Task<bool> WaitAsync(StepUpSignal signal, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(signal);
        // Whether it is this caller's is looked at when it is used; the end of a wait says nothing but that it is over.
        while (signal.ChallengeId is { } id && await _store.FindAsync(id, cancellationToken).ConfigureAwait(false) is { IsOpen: true } challenge)
        {
            if (challenge.IsUsableAt(_timeProvider.GetUtcNow()))
            {
                return true;
            }

            if (!await ChangesAsync(challenge, cancellationToken).ConfigureAwait(false))
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>False when its time is over before anything happens.</summary>
    private async Task<bool> ChangesAsync(StepUpChallenge challenge, CancellationToken cancellationToken)
    {
        var left = (challenge.NextDeadline ?? challenge.Deadline) - _timeProvider.GetUtcNow();
        if (left <= TimeSpan.Zero)
        {
            return false;
        }

        using var deadline = new CancellationTokenSource(left, _timeProvider);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            await _store.WaitForChangeAsync(challenge.Id, challenge.Version, both.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private async Task<StepUpAdmission> AskAsync(Func<StepUpAdmissions, HttpContext, OriginalRequest?, Task<StepUpAdmission>> ask, CancellationToken cancellationToken)
    {
        var call = _requests.Begin(cancellationToken);
        if (call is null)
        {
            return new StepUpAdmission(new StepUpSignal
            {
                Type = Problems.TypePrefix + "unavailable",
                Title = "Confirmation by face is not available at the moment",
                Detail = "The circuit has no connection now.",
            });
        }

        await using (call.ConfigureAwait(false))
        {
            var here = new Uri(_navigation.Uri).PathAndQuery;
            return await ask(
                call.Context.RequestServices.GetRequiredService<StepUpAdmissions>(),
                call.Context,
                LocalUrl.IsSafe(here) ? new OriginalRequest(HttpMethods.Get, here) : null).ConfigureAwait(false);
        }
    }
}
