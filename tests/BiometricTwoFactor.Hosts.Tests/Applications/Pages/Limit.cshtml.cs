using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>The attribute on the page's class: it counts for all of its handlers.</summary>
[RequireBiometric(StepUpReason.SettingsChange, Title = Limit.Title)]
public sealed class LimitModel : PageModel
{
    public IActionResult OnPost([FromForm] string value)
    {
        new Limit(value).Carry(HttpContext.RequestServices.GetRequiredService<RelyingPartySetup>());
        return StatusCode(StatusCodes.Status200OK);
    }
}
