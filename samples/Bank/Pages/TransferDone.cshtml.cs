using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Bank.Pages;

/// <summary>The receipt of a transfer, for the customer who made it.</summary>
internal sealed class TransferDoneModel(ILedger ledger) : PageModel
{
    public ExecutedTransfer? Transfer { get; private set; }

    public async Task<IActionResult> OnGetAsync(string id)
    {
        Transfer = await ledger.FindTransferAsync(HttpContext.Customer(), id);
        return Transfer is null ? NotFound() : Page();
    }
}
