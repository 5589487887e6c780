using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Bank.Pages;

/// <summary>E-mail and password. The face comes where something is at stake.</summary>
[AllowAnonymous]
internal sealed class SignInModel(CustomerRegister customers) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    [BindProperty]
    public string? Email { get; set; }

    public bool Failed { get; private set; }

    public async Task<IActionResult> OnPostAsync([FromForm] string? password)
    {
        if (customers.Check(Email ?? "", password ?? "") is not { } customer)
        {
            Failed = true;
            return Page();
        }

        await HttpContext.SignInAsync(customer);
        return LocalRedirect(Url.IsLocalUrl(ReturnUrl) ? ReturnUrl : "~/");
    }
}
