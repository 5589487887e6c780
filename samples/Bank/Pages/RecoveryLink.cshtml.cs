using BiometricTwoFactor.AspNetCore;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Bank.Pages;

/// <summary>
/// Where the mailed link leads. Its button asks for the face: a link alone, which a mail scanner opens too, asks for nothing,
/// and the cookie of a partial sign-in is not sent along when another site leads here.
/// </summary>
[AllowAnonymous]
internal sealed class RecoveryLinkModel(RecoveryLinks links, BiometricSignIn signIn) : PageModel
{
    [FromRoute]
    public string? CustomerId { get; set; }

    [FromRoute]
    public string? Token { get; set; }

    public bool IsValid { get; private set; }

    public void OnGet() => IsValid = links.Opens(CustomerId, Token);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken) =>
        links.Opens(CustomerId, Token)
            ? LocalRedirect((await signIn.BeginRecoveryAsync(HttpContext, CustomerId, "/recovery/new-password", cancellationToken)).Url)
            : Page();
}
