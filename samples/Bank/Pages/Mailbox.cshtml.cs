using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Bank.Pages;

/// <summary>Everybody's mail, in place of a mail server: in Development and nowhere else.</summary>
[AllowAnonymous]
internal sealed class MailboxModel(Mailbox mailbox, IHostEnvironment environment) : PageModel
{
    public IReadOnlyList<Mail> Mails => mailbox.Newest;

    public IActionResult OnGet() => environment.IsDevelopment() ? Page() : NotFound();
}
