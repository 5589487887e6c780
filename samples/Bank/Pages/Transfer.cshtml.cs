using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Bank.Pages;

/// <summary>The transfer form; it posts to <c>/transfers</c>.</summary>
internal sealed class TransferModel(Ledger ledger) : PageModel
{
    public Account From => ledger.AccountsOf(HttpContext.Customer())[0];

    public TransferDraft Draft { get; private set; } = TransferDraft.Empty;

    public void OnGet() => Draft = TransferDraft.Take(HttpContext);
}
