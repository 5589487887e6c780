using BiometricTwoFactor;

namespace Bank;

/// <summary>The accounts and the transfers between them. One lock: a transfer happens whole or not at all.</summary>
internal sealed class Ledger(TimeProvider timeProvider)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<Account>> _accounts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ExecutedTransfer> _transfers = new(StringComparer.Ordinal);

    /// <summary>Opens the accounts of a new customer, with something on them to play with.</summary>
    public void Open(string customerId)
    {
        var now = timeProvider.GetUtcNow();
        Movement[] movements =
        [
            new(now.AddDays(-1), "Green Grocer", "Card payment", -36.20m),
            new(now.AddDays(-3), "City Energy", "Direct debit", -58.00m),
            new(now.AddDays(-6), "Harbour Works", "Salary", 2_410.00m),
        ];
        lock (_gate)
        {
            _accounts[customerId] =
            [
                new("Current account", Iban.Create(), 4_250.00m, movements),
                new("Savings", Iban.Create(), 12_800.00m, []),
            ];
        }
    }

    public IReadOnlyList<Account> AccountsOf(Customer customer)
    {
        lock (_gate)
        {
            return [.. _accounts[customer.Id]];
        }
    }

    public IReadOnlyList<ExecutedTransfer> TransfersOf(Customer customer)
    {
        lock (_gate)
        {
            return [.. _transfers.Values.Where(transfer => transfer.CustomerId == customer.Id).OrderByDescending(transfer => transfer.At)];
        }
    }

    public ExecutedTransfer? FindTransfer(Customer customer, string id)
    {
        lock (_gate)
        {
            return _transfers.GetValueOrDefault(id) is { } transfer && transfer.CustomerId == customer.Id ? transfer : null;
        }
    }

    /// <summary>Why a transfer cannot be carried out; null when it can. Asked before the face, so that nobody shows one in vain.</summary>
    public string? ProblemOf(Customer customer, Transaction transaction)
    {
        lock (_gate)
        {
            return Problem(customer, transaction);
        }
    }

    /// <summary>Carries a transfer out.</summary>
    public (ExecutedTransfer? Transfer, string? Problem) Execute(Customer customer, Transaction transaction, string? challengeId)
    {
        lock (_gate)
        {
            if (Problem(customer, transaction) is { } problem)
            {
                return (null, problem);
            }

            var now = timeProvider.GetUtcNow();
            var transfer = new ExecutedTransfer(CustomerRegister.NewId(), customer.Id, now, transaction, challengeId);
            _transfers.Add(transfer.Id, transfer);
            var text = transaction.Reference ?? "Transfer";
            Book(_accounts[customer.Id], 0, new(now, transaction.PayeeName, text, -transaction.Amount));
            Credit(transaction.PayeeAccount, new(now, customer.FullName, text, transaction.Amount));
            return (transfer, null);
        }
    }

    private string? Problem(Customer customer, Transaction transaction)
    {
        var today = timeProvider.GetUtcNow().UtcDateTime.Date;
        var spent = _transfers.Values
            .Where(transfer => transfer.CustomerId == customer.Id && transfer.At.UtcDateTime.Date == today)
            .Sum(transfer => transfer.Transaction.Amount);
        return transaction.Amount > _accounts[customer.Id][0].Balance ? "There is not enough money in your current account."
            : spent + transaction.Amount > customer.DailyLimit ? $"This is more than your daily limit of {Euro.Text(customer.DailyLimit)} allows today. You can change the limit in the settings."
            : null;
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
