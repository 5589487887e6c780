using BiometricTwoFactor.AspNetCore;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Bank.Pages;

/// <summary>Uses the face of a recovery, once, for one new password; it signs nobody in.</summary>
[AllowAnonymous]
internal sealed class NewPasswordModel(BiometricSignIn signIn, CustomerRegister customers, RecoveryLinks links) : PageModel
{
    public bool IsAllowed { get; private set; }

    public bool IsTooShort { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellationToken) =>
        IsAllowed = await signIn.FindRecoveryAsync(HttpContext, cancellationToken) is not null;

    public async Task<IActionResult> OnPostAsync([FromForm] string? password, CancellationToken cancellationToken)
    {
        if (password is not { Length: >= CustomerRegister.ShortestPassword and <= 200 })
        {
            // Looked at first: a mistake must not cost another face.
            IsTooShort = true;
            await OnGetAsync(cancellationToken);
            return Page();
        }

        if (await customers.FindAsync(await signIn.UseRecoveryAsync(HttpContext, cancellationToken)) is not { } customer)
        {
            return Page();
        }

        await customers.ChangePasswordAsync(customer, password);
        links.End(customer.Id);
        return LocalRedirect("~/signin?recovered=true");
    }
}
