using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Bank.Pages;

/// <summary>The receipt of a transfer, for the customer who made it.</summary>
internal sealed class TransferDoneModel(Ledger ledger) : PageModel
{
    public ExecutedTransfer? Transfer { get; private set; }

    public IActionResult OnGet(string id)
    {
        Transfer = ledger.FindTransfer(HttpContext.Customer(), id);
        return Transfer is null ? NotFound() : Page();
    }
}
