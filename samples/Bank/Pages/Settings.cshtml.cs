using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Bank.Pages;

/// <summary>Password and daily limit; the forms post to <c>/settings/…</c>, which ask for a face.</summary>
internal sealed class SettingsModel : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Result { get; set; }

    public decimal Limit => HttpContext.Customer().DailyLimit;

    public (string Text, bool Good)? Message => Result switch
    {
        "password" => ("Your password is changed.", true),
        "limit" => ("Your daily limit is changed.", true),
        "security-key" => ("Your security key is added.", true),
        "security-key-wrong" => ("The security key was not added. Please try again.", false),
        "password-short" => ($"The password was not changed: it needs at least {CustomerRegister.ShortestPassword} characters.", false),
        "limit-wrong" => ("The limit was not changed: enter whole euros, at most 10,000.", false),
        _ => null,
    };
}
