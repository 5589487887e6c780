using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.EntityFrameworkCore;

/// <summary>
/// Uses an approval in the transaction of what it approves (protocol 7.3), on endpoints with
/// <see cref="StepUpEndpointOptions.UseInTransaction"/>: money moves exactly when the approval is used, whatever crashes. Needs
/// the store in the application's own context (<c>AddEntityFrameworkStore&lt;TContext&gt;()</c>).
/// </summary>
public static class StepUpDbContextExtensions
{
    /// <summary>
    /// Opens a transaction through the context's execution strategy, uses the request's approval in it, runs the work, saves and
    /// commits. Nothing of it happens unless all of it does: an exception from the work rolls back, and the approval can still be used.
    /// </summary>
    /// <param name="context">The application's context; the work uses it too.</param>
    /// <param name="request">The request.</param>
    /// <param name="work">
    /// The work. Under an execution strategy that retries it may run again after a rollback, with a change tracker that was cleared.
    /// </param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>
    /// <see cref="ConsumeOutcome.Consumed"/> when all of it is committed (without a challenge where no face was asked). With any other
    /// outcome the work did not run.
    /// </returns>
    /// <exception cref="InvalidOperationException">
    /// The endpoint has not opted in, the context holds no biometric store, or a transaction is open already (<see cref="TryUseApprovalAsync"/> joins one).
    /// </exception>
    public static async Task<ConsumeResult> RunApprovedAsync(
        this DbContext context, HttpContext request, Func<CancellationToken, Task> work, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(work);
        var use = JoinedUse.Of(context, request);
        if (context.Database.CurrentTransaction is not null)
        {
            throw new InvalidOperationException($"A transaction is open already. {nameof(RunApprovedAsync)} opens its own; within yours call {nameof(TryUseApprovalAsync)}.");
        }

        var attempt = 0;
        var result = await context.Database.CreateExecutionStrategy().ExecuteAsync(
            async token =>
            {
                if (++attempt > 1)
                {
                    context.ChangeTracker.Clear();
                }

                return await use.RunAsync(isRepeated: attempt > 1, work, token).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
        use.InDoubt?.Throw();
        await use.CommittedAsync(result).ConfigureAwait(false);
        return result;
    }

    /// <summary>
    /// Uses the request's approval within the transaction that is open on the context. The caller does its work only with
    /// <see cref="ConsumeOutcome.Consumed"/>, and commits; a rollback gives the approval back. What follows from a use happens before
    /// the response begins, if it was committed by then.
    /// </summary>
    /// <param name="context">The application's context, with a transaction.</param>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidOperationException">There is no transaction, the endpoint has not opted in, or the context holds no biometric store.</exception>
    public static async Task<ConsumeResult> TryUseApprovalAsync(this DbContext context, HttpContext request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(request);
        var use = JoinedUse.Of(context, request);
        if (context.Database.CurrentTransaction is null)
        {
            throw new InvalidOperationException($"There is no transaction to use the approval in. Begin one on the context first, or call {nameof(RunApprovedAsync)}.");
        }

        var result = await use.UseAsync(cancellationToken).ConfigureAwait(false);
        if (result is { Outcome: ConsumeOutcome.Consumed, Challenge: not null })
        {
            request.Response.OnStarting(use.CompleteIfCommittedAsync);
        }

        return result;
    }
}
