namespace Bank;

/// <summary>An account and what moved on it, newest first.</summary>
internal sealed record Account(string Name, string Iban, decimal Balance, IReadOnlyList<Movement> Movements);

/// <summary>One movement; negative is outgoing.</summary>
internal sealed record Movement(DateTimeOffset At, string Counterparty, string Text, decimal Amount);
