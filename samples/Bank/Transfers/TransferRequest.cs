using BiometricTwoFactor;

namespace Bank;

/// <summary>What the form and the API send. The amount stays text: the SDK reads it exactly, or refuses it.</summary>
internal sealed record TransferRequest(string? PayeeName, string? Iban, string? Amount, string? Reference)
{
    public const string Currency = "EUR";

    /// <summary>What the face approves: exactly this amount for exactly this payee.</summary>
    public Transaction ToTransaction() =>
        Transaction.Create(Amount ?? "", Currency, Iban ?? "", PayeeName ?? "", string.IsNullOrWhiteSpace(Reference) ? null : Reference);
}
