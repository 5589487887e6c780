using BiometricTwoFactor;
using BiometricTwoFactor.AspNetCore;

namespace Bank;

/// <summary>The ledger in memory, under one lock.</summary>
internal sealed class InMemoryLedger(TimeProvider timeProvider) : ILedger
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<Account>> _accounts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ExecutedTransfer> _transfers = new(StringComparer.Ordinal);

    public void Open(string customerId, IReadOnlyList<Account> accounts)
    {
        lock (_gate)
        {
            _accounts[customerId] = [.. accounts];
        }
    }

    public Task<IReadOnlyList<Account>> AccountsOfAsync(Customer customer)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<Account>>([.. _accounts[customer.Id]]);
        }
    }

    public Task<IReadOnlyList<ExecutedTransfer>> TransfersOfAsync(Customer customer)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<ExecutedTransfer>>([.. _transfers.Values.Where(transfer => transfer.CustomerId == customer.Id).OrderByDescending(transfer => transfer.At)]);
        }
    }

    public Task<ExecutedTransfer?> FindTransferAsync(Customer customer, string id)
    {
        lock (_gate)
        {
            return Task.FromResult(_transfers.GetValueOrDefault(id) is { } transfer && transfer.CustomerId == customer.Id ? transfer : null);
        }
    }

    public Task<string?> ProblemOfAsync(Customer customer, Transaction transaction)
    {
        lock (_gate)
        {
            return Task.FromResult(Problem(customer, transaction));
        }
    }

    public Task<TransferResult> ExecuteAsync(HttpContext request, Customer customer, Transaction transaction)
    {
        lock (_gate)
        {
            if (Problem(customer, transaction) is { } problem)
            {
                return Task.FromResult(new TransferResult(null, problem));
            }

            // No approval for a small transfer, which needed no face.
            var approval = request.Features.Get<IBiometricApprovalFeature>();
            var now = timeProvider.GetUtcNow();
            var transfer = new ExecutedTransfer(CustomerRegister.NewId(), customer.Id, now, transaction, approval?.Challenge.Id);
            _transfers.Add(transfer.Id, transfer);
            var text = transaction.Reference ?? "Transfer";
            Book(_accounts[customer.Id], 0, new(now, transaction.PayeeName, text, -transaction.Amount));
            Credit(transaction.PayeeAccount, new(now, customer.FullName, text, transaction.Amount));
            return Task.FromResult(new TransferResult(transfer, null));
        }
    }

    private string? Problem(Customer customer, Transaction transaction)
    {
        var today = timeProvider.GetUtcNow().UtcDateTime.Date;
        var spent = _transfers.Values
            .Where(transfer => transfer.CustomerId == customer.Id && transfer.At.UtcDateTime.Date == today)
            .Sum(transfer => transfer.Transaction.Amount);
        return TransferValidation.Problem(customer, transaction, _accounts[customer.Id][0].Balance, spent);
    }

    private void Credit(string iban, Movement movement)
    {
        foreach (var accounts in _accounts.Values)
        {
            if (accounts.FindIndex(account => account.Iban == iban) is >= 0 and var index)
            {
                Book(accounts, index, movement);
            }
        }
    }

    private static void Book(List<Account> accounts, int index, Movement movement) =>
        accounts[index] = accounts[index] with { Balance = accounts[index].Balance + movement.Amount, Movements = [movement, .. accounts[index].Movements] };
}
