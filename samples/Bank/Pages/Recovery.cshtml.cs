using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Bank.Pages;

/// <summary>Says honestly what is not here yet, and which way there is.</summary>
[AllowAnonymous]
internal sealed class RecoveryModel : PageModel;
