using BiometricTwoFactor;

namespace Bank;

/// <summary>The accounts and the transfers between them. A transfer happens whole or not at all.</summary>
internal interface ILedger
{
    Task<IReadOnlyList<Account>> AccountsOfAsync(Customer customer);

    Task<IReadOnlyList<ExecutedTransfer>> TransfersOfAsync(Customer customer);

    Task<ExecutedTransfer?> FindTransferAsync(Customer customer, string id);

    /// <summary>Why a transfer cannot be carried out; null when it can. Asked before the face, so that nobody shows one in vain.</summary>
    Task<string?> ProblemOfAsync(Customer customer, Transaction transaction);

    /// <summary>Carries a transfer out, for the request that was let in to do it.</summary>
    Task<TransferResult> ExecuteAsync(HttpContext request, Customer customer, Transaction transaction);
}

/// <summary>What became of a transfer: carried out, refused by the bank for a reason, or the approval was used meanwhile (both null).</summary>
internal sealed record TransferResult(ExecutedTransfer? Transfer, string? Problem)
{
    public static TransferResult ApprovalUsed { get; } = new(null, null);
}
