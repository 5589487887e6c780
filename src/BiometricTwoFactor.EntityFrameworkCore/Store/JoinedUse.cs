using System.Runtime.ExceptionServices;
using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.EntityFrameworkCore;

/// <summary>The use of one request's approval on the application's own connection.</summary>
internal sealed class JoinedUse
{
    /// <summary>No face was asked: the work runs, and there is nothing to use.</summary>
    private static readonly ConsumeResult NothingToUse = new(ConsumeOutcome.Consumed, Challenge: null);

    private readonly DbContext _context;
    private readonly EntityFrameworkStepUpStore _store;
    private readonly IBiometricApprovalToUse _approval;

    private JoinedUse(DbContext context, EntityFrameworkStepUpStore store, IBiometricApprovalToUse approval)
    {
        _context = context;
        _store = store;
        _approval = approval;
    }

    /// <summary>The failure of a commit that nobody may try again; null where there was none.</summary>
    public ExceptionDispatchInfo? InDoubt { get; private set; }

    public static JoinedUse Of(DbContext context, HttpContext request)
    {
        var approval = request.Features.Get<IBiometricApprovalToUse>() ?? throw new InvalidOperationException(
            "The request has no approval to use in a transaction. Set UseInTransaction where the endpoint asks for a face: RequireBiometric(…, endpoint => endpoint.UseInTransaction = true).");
        var store = request.RequestServices.GetRequiredService<IStepUpStore>() as EntityFrameworkStepUpStore ?? throw new InvalidOperationException(
            "An approval can be used in a transaction of the application only where the store is in the same database. Call AddEntityFrameworkStore<TContext>() with the application's context.");
        if (store.Database.IsOwn || context.Model.FindEntityType(typeof(ChallengeRow)) is null)
        {
            throw new InvalidOperationException(
                $"{context.GetType().Name} does not hold the biometric store. Call AddEntityFrameworkStore<{context.GetType().Name}>(), and modelBuilder.AddBiometricStepUp() in its OnModelCreating.");
        }

        return new JoinedUse(context, store, approval);
    }

    public async Task<ConsumeResult> RunAsync(bool isRepeated, Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        ConsumeResult result;
        var transaction = await _context.Database.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            result = await UseAsync(cancellationToken).ConfigureAwait(false);
            if (isRepeated && result is { Outcome: ConsumeOutcome.AlreadyYours, Challenge: { } own } && own.ConsumedAt == _approval.Request!.Now)
            {
                // By this very call: the commit had succeeded, and its answer was lost on the way.
                return new ConsumeResult(ConsumeOutcome.Consumed, own);
            }

            if (result.Outcome != ConsumeOutcome.Consumed)
            {
                return result;
            }

            await work(cancellationToken).ConfigureAwait(false);
            if (_context.ChangeTracker.HasChanges())
            {
                await _context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
            }

            try
            {
                await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception failure) when (_approval.Request is null)
            {
                // It may have been committed, and there is no approval by which another try could tell: the caller is told, and
                // nothing runs twice.
                InDoubt = ExceptionDispatchInfo.Capture(failure);
            }
        }

        return result;
    }

    /// <summary>The one conditional write of protocol 7.1, in the transaction that is open.</summary>
    public async Task<ConsumeResult> UseAsync(CancellationToken cancellationToken)
    {
        if (_approval.Request is not { } request)
        {
            return NothingToUse;
        }

        // The same operation at the same moment breaks the unique index; the transaction must outlive that.
        const string Savepoint = "biometric_use";
        var transaction = _context.Database.CurrentTransaction!;
        await transaction.CreateSavepointAsync(Savepoint, cancellationToken).ConfigureAwait(false);
        var connection = StoreConnection.Joining(_context, _store.Database.Schema);
        await using (connection.ConfigureAwait(false))
        {
            try
            {
                return await _store.ConsumeAsync(connection, request, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception failure) when (_store.Database.Schema.Engine.IsDuplicate(failure))
            {
                // On this very connection: whoever holds one and waits for another, waits for those who do the same.
                await transaction.RollbackToSavepointAsync(Savepoint, cancellationToken).ConfigureAwait(false);
                return await _store.FindUsableAsync(connection, request, cancellationToken).ConfigureAwait(false) is { Outcome: not ConsumeOutcome.Consumed } refused
                    ? refused
                    : new ConsumeResult(ConsumeOutcome.NotUsable, Challenge: null);
            }
        }
    }

    /// <summary>Does what follows from a use that is committed.</summary>
    public async Task CommittedAsync(ConsumeResult result)
    {
        if (result is { Outcome: ConsumeOutcome.Consumed, Challenge: { } used })
        {
            _store.Changed(used.Id);

            // Not with the request's token: who hangs up now has used the approval all the same.
            await _approval.CompleteAsync(used, CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>The application commits when it wants; whether it did is in the database.</summary>
    public async Task CompleteIfCommittedAsync()
    {
        if (_approval.Request is { ChallengeId: { } id } request
            && await _store.FindAsync(id).ConfigureAwait(false) is { State: ChallengeState.Consumed } used
            && string.Equals(used.OperationId, request.OperationId, StringComparison.Ordinal))
        {
            await CommittedAsync(new ConsumeResult(ConsumeOutcome.Consumed, used)).ConfigureAwait(false);
        }
    }
}
