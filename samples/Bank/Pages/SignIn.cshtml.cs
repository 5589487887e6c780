using BiometricTwoFactor.AspNetCore;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Bank.Pages;

/// <summary>E-mail and password; on a new device a look into the camera as well, which the SDK sees to.</summary>
[AllowAnonymous]
internal sealed class SignInModel(CustomerRegister customers, BiometricSignIn signIn) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    [BindProperty(SupportsGet = true)]
    public bool Recovered { get; set; }

    [BindProperty]
    public string? Email { get; set; }

    public bool Failed { get; private set; }

    public async Task<IActionResult> OnPostAsync([FromForm] string? password, CancellationToken cancellationToken)
    {
        if (await customers.CheckAsync(Email ?? "", password ?? "") is not { } customer)
        {
            Failed = true;
            return Page();
        }

        return LocalRedirect((await signIn.ContinueAsync(HttpContext, customer.ToPrincipal(), ReturnUrl, cancellationToken: cancellationToken)).Url);
    }
}
