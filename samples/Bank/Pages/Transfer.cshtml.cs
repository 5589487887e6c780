using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Bank.Pages;

/// <summary>The transfer form; it posts to <c>/transfers</c>.</summary>
internal sealed class TransferModel(ILedger ledger) : PageModel
{
    public Account From { get; private set; } = null!;

    public TransferDraft Draft { get; private set; } = TransferDraft.Empty;

    public async Task OnGetAsync()
    {
        From = (await ledger.AccountsOfAsync(HttpContext.Customer()))[0];
        Draft = TransferDraft.Take(HttpContext);
    }
}
