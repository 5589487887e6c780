using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Bank.Pages;

/// <summary>Begins with a mailed link, so that nobody can list accounts here or use up somebody's tries with an address they know.</summary>
[AllowAnonymous]
internal sealed class RecoveryModel(RecoveryLinks links, CustomerRegister customers, IHostEnvironment environment) : PageModel
{
    public bool Sent { get; private set; }

    public bool ShowsMailbox => environment.IsDevelopment();

    public async Task OnPostAsync([FromForm] string? email)
    {
        links.Mail(await customers.FindByEmailAsync(email));
        Sent = true;
    }
}
