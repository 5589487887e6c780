namespace Bank;

/// <summary>An account and what moved on it, newest first.</summary>
internal sealed record Account(string Name, string Iban, decimal Balance, IReadOnlyList<Movement> Movements)
{
    /// <summary>The accounts of a new customer, with something on them to play with.</summary>
    public static IReadOnlyList<Account> OfNewCustomer(DateTimeOffset now) =>
    [
        new("Current account", Bank.Iban.Create(), 4_250.00m,
        [
            new(now.AddDays(-1), "Green Grocer", "Card payment", -36.20m),
            new(now.AddDays(-3), "City Energy", "Direct debit", -58.00m),
            new(now.AddDays(-6), "Harbour Works", "Salary", 2_410.00m),
        ]),
        new("Savings", Bank.Iban.Create(), 12_800.00m, []),
    ];
}

/// <summary>One movement; negative is outgoing.</summary>
internal sealed record Movement(DateTimeOffset At, string Counterparty, string Text, decimal Amount);
