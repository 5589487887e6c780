using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>A handler that asks from code, with the payment that it has bound.</summary>
public sealed class PayModel(StepUpService stepUp) : PageModel
{
    public async Task<IActionResult> OnPostAsync([FromForm] string amount, [FromForm] string currency, [FromForm] string account, [FromForm] string name)
    {
        var transfer = new TransferRequest(amount, currency, account, name);
        if (await stepUp.RequireAsync(HttpContext, StepUpReason.HighValueTransaction, transfer.ToTransaction()) is { } answer)
        {
            return answer;
        }

        HttpContext.RequestServices.GetRequiredService<RelyingPartySetup>().Execute(transfer, HttpContext);
        return StatusCode(StatusCodes.Status200OK);
    }
}
