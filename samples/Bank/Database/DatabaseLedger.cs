using BiometricTwoFactor;
using BiometricTwoFactor.AspNetCore;
using BiometricTwoFactor.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Bank;

/// <summary>The ledger in the database, with each transfer in one transaction: the approval's use is part of it.</summary>
internal sealed class DatabaseLedger(BankDbContext bank, TimeProvider timeProvider) : ILedger
{
    public async Task<IReadOnlyList<Account>> AccountsOfAsync(Customer customer)
    {
        var accounts = await bank.Accounts.AsNoTracking().Where(account => account.CustomerId == customer.Id).OrderBy(account => account.Position).ToListAsync();
        var ibans = accounts.Select(account => account.Iban).ToList();
        var movements = await bank.Movements.AsNoTracking().Where(movement => ibans.Contains(movement.Iban)).OrderByDescending(movement => movement.Id).Take(50).ToListAsync();
        return
        [
            .. accounts.Select(account => new Account(account.Name, account.Iban, account.Balance,
            [
                .. movements.Where(movement => movement.Iban == account.Iban).Select(movement => new Movement(movement.At, movement.Counterparty, movement.Text, movement.Amount)),
            ])),
        ];
    }

    public async Task<IReadOnlyList<ExecutedTransfer>> TransfersOfAsync(Customer customer) =>
    [
        .. (await bank.Transfers.AsNoTracking().Where(transfer => transfer.CustomerId == customer.Id).OrderByDescending(transfer => transfer.Id).ToListAsync()).Select(Executed),
    ];

    public async Task<ExecutedTransfer?> FindTransferAsync(Customer customer, string id) =>
        await bank.Transfers.AsNoTracking().FirstOrDefaultAsync(transfer => transfer.Number == id && transfer.CustomerId == customer.Id) is { } found ? Executed(found) : null;

    public async Task<string?> ProblemOfAsync(Customer customer, Transaction transaction)
    {
        var balance = await bank.Accounts.Where(account => account.CustomerId == customer.Id && account.Position == 0).Select(account => account.Balance).SingleAsync();
        return TransferValidation.Problem(customer, transaction, balance, await SpentTodayAsync(customer));
    }

    public async Task<TransferResult> ExecuteAsync(HttpContext request, Customer customer, Transaction transaction)
    {
        TransferRow? executed = null;
        try
        {
            if (request.Features.Get<IBiometricApprovalToUse>() is { } approval)
            {
                var used = await bank.RunApprovedAsync(
                    request, async cancellation => executed = await BookAsync(customer, transaction, approval.Request?.ChallengeId, cancellation), request.RequestAborted);
                return used.Outcome == ConsumeOutcome.Consumed ? new TransferResult(Executed(executed!), null) : TransferResult.ApprovalUsed;
            }

            // The approval was used before this began (Bank:Database:JoinApproval is off).
            var challenge = request.Features.Get<IBiometricApprovalFeature>()?.Challenge.Id;
            await bank.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
            {
                bank.ChangeTracker.Clear();
                await using var alone = await bank.Database.BeginTransactionAsync();
                executed = await BookAsync(customer, transaction, challenge, CancellationToken.None);
                await bank.SaveChangesAsync();
                await alone.CommitAsync();
            });
            return new TransferResult(Executed(executed!), null);
        }
        catch (RefusedException refused)
        {
            return new TransferResult(null, refused.Message);
        }
    }

    /// <summary>Moves the money, within a transaction. An exception takes all of it back, and the use of the approval with it.</summary>
    private async Task<TransferRow> BookAsync(Customer customer, Transaction transaction, string? challengeId, CancellationToken cancellation)
    {
        // First the payer's account, which makes everybody else who wants to debit it wait: what is read after it stays true.
        var account = await bank.Accounts.AsNoTracking().SingleAsync(one => one.CustomerId == customer.Id && one.Position == 0, cancellation);
        await bank.Accounts.Where(one => one.Iban == account.Iban).ExecuteUpdateAsync(set => set.SetProperty(one => one.Balance, one => one.Balance - transaction.Amount), cancellation);
        var balance = await bank.Accounts.Where(one => one.Iban == account.Iban).Select(one => one.Balance).SingleAsync(cancellation);
        if (TransferValidation.Problem(customer, transaction, balance + transaction.Amount, await SpentTodayAsync(customer)) is { } problem)
        {
            throw new RefusedException(problem);
        }

        var now = timeProvider.GetUtcNow();
        var text = transaction.Reference ?? "Transfer";
        bank.Add(new MovementRow { Iban = account.Iban, At = now, Counterparty = transaction.PayeeName, Text = text, Amount = -transaction.Amount });
        if (await bank.Accounts.Where(one => one.Iban == transaction.PayeeAccount)
                .ExecuteUpdateAsync(set => set.SetProperty(one => one.Balance, one => one.Balance + transaction.Amount), cancellation) > 0)
        {
            bank.Add(new MovementRow { Iban = transaction.PayeeAccount, At = now, Counterparty = customer.FullName, Text = text, Amount = transaction.Amount });
        }

        var transfer = new TransferRow
        {
            Number = CustomerRegister.NewId(),
            CustomerId = customer.Id,
            At = now,
            Day = Today(),
            Amount = transaction.Amount,
            Currency = transaction.Currency,
            PayeeAccount = transaction.PayeeAccount,
            PayeeName = transaction.PayeeName,
            Reference = transaction.Reference,
            ChallengeId = challengeId,
        };
        bank.Add(transfer);
        return transfer;
    }

    private async Task<decimal> SpentTodayAsync(Customer customer)
    {
        var today = Today();
        return await bank.Transfers.Where(transfer => transfer.CustomerId == customer.Id && transfer.Day == today).SumAsync(transfer => transfer.Amount);
    }

    private DateOnly Today() => DateOnly.FromDateTime(timeProvider.GetUtcNow().UtcDateTime);

    private static ExecutedTransfer Executed(TransferRow row) =>
        new(row.Number, row.CustomerId, row.At, Transaction.Create(row.Amount, row.Currency, row.PayeeAccount, row.PayeeName, row.Reference), row.ChallengeId);

    /// <summary>The bank's own no, on its way out of the transaction.</summary>
    private sealed class RefusedException(string problem) : Exception(problem);
}
