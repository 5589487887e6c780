using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Bank.Pages;

/// <summary>Makes a key; the form posts to <c>/settings/security-key</c>, which asks for a face.</summary>
internal sealed class SecurityKeyModel(SecurityKeys keys) : PageModel
{
    public string Options { get; private set; } = "";

    public void OnGet() => Options = keys.BeginAdding(HttpContext);
}
