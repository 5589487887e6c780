using Microsoft.AspNetCore.Mvc;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>An action with the attribute, and one whose payment is known only inside it.</summary>
[AutoValidateAntiforgeryToken]
public sealed class LimitController : Controller
{
    [HttpPost("/mvc/limit")]
    [RequireBiometric(StepUpReason.SettingsChange, Title = Limit.Title)]
    public IActionResult Change([FromForm] string value, [FromServices] IServiceProvider services)
    {
        new Limit(value).Carry(services.GetRequiredService<RelyingPartySetup>());
        return Ok();
    }

    [HttpPost("/mvc/pay")]
    public async Task<IActionResult> PayAsync(
        [FromForm] string amount, [FromForm] string currency, [FromForm] string account, [FromForm] string name, [FromServices] StepUpService stepUp)
    {
        var transfer = new TransferRequest(amount, currency, account, name);
        if (await stepUp.RequireAsync(HttpContext, StepUpReason.HighValueTransaction, transfer.ToTransaction()) is { } answer)
        {
            return answer;
        }

        HttpContext.RequestServices.GetRequiredService<RelyingPartySetup>().Execute(transfer, HttpContext);
        return Ok();
    }
}
