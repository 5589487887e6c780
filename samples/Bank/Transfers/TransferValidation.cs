using BiometricTwoFactor;

namespace Bank;

/// <summary>Says what is wrong with a transfer before anybody looks into a camera for it.</summary>
internal static class TransferValidation
{
    public static async Task<IReadOnlyDictionary<string, string>> CheckAsync(TransferRequest request, Customer customer, ILedger ledger)
    {
        var problems = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!Iban.IsValid(request.Iban))
        {
            problems[nameof(request.Iban)] = "Enter the payee's IBAN. Its check digits do not fit what you entered.";
        }

        var reference = string.IsNullOrWhiteSpace(request.Reference) ? null : request.Reference;
        if (!Transaction.TryCreate(request.Amount, TransferRequest.Currency, request.Iban, request.PayeeName, reference, out var transaction, out var problem))
        {
            var (field, text) = Words(problem);
            problems.TryAdd(field, text);
        }
        else if (problems.Count == 0 && await ledger.ProblemOfAsync(customer, transaction) is { } obstacle)
        {
            problems[nameof(request.Amount)] = obstacle;
        }

        return problems;
    }

    /// <summary>Why there is not enough for it; null when there is.</summary>
    public static string? Problem(Customer customer, Transaction transaction, decimal balance, decimal spentToday) =>
        transaction.Amount > balance ? "There is not enough money in your current account."
        : spentToday + transaction.Amount > customer.DailyLimit ? $"This is more than your daily limit of {Euro.Text(customer.DailyLimit)} allows today. You can change the limit in the settings."
        : null;

    private static (string Field, string Text) Words(TransactionProblem problem) => problem switch
    {
        TransactionProblem.PayeeAccountMissing or TransactionProblem.PayeeAccountTooLong or TransactionProblem.PayeeAccountInvalid =>
            (nameof(TransferRequest.Iban), "Enter the payee's IBAN."),
        TransactionProblem.PayeeNameMissing or TransactionProblem.PayeeNameTooLong or TransactionProblem.PayeeNameInvalid =>
            (nameof(TransferRequest.PayeeName), "Enter the payee's name, at most 140 characters."),
        TransactionProblem.ReferenceTooLong or TransactionProblem.ReferenceInvalid =>
            (nameof(TransferRequest.Reference), "The reference has at most 140 characters."),
        _ => (nameof(TransferRequest.Amount), "Enter the amount in euros with a point before the cents, such as 250.00."),
    };
}
