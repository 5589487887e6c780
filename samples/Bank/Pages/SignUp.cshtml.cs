using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Bank.Pages;

/// <summary>Opens an account and leads on to the enrolment: identity proofing, once.</summary>
[AllowAnonymous]
[BindProperties]
internal sealed class SignUpModel(CustomerRegister customers, TimeProvider timeProvider) : PageModel
{
    private const int LongestName = 80;

    public string? FirstName { get; set; }

    public string? LastName { get; set; }

    public DateOnly? BirthDate { get; set; }

    public string? Email { get; set; }

    public List<string> Problems { get; } = [];

    public async Task<IActionResult> OnPostAsync([FromForm] string? password)
    {
        Require(FirstName is { Length: > 0 and <= LongestName } && LastName is { Length: > 0 and <= LongestName }, "Enter first and last name.");
        Require(BirthDate is { } date && date < DateOnly.FromDateTime(timeProvider.GetUtcNow().UtcDateTime), "Enter your date of birth.");
        Require(Email?.IndexOf('@', StringComparison.Ordinal) > 0 && Email.Length <= 200, "Enter your e-mail address.");
        Require(password is { Length: >= CustomerRegister.ShortestPassword and <= 200 }, $"Choose a password of at least {CustomerRegister.ShortestPassword} characters.");
        if (Problems.Count > 0)
        {
            return Page();
        }

        var customer = new Customer
        {
            Id = CustomerRegister.NewId(),
            FirstName = FirstName!.Trim(),
            LastName = LastName!.Trim(),
            BirthDate = BirthDate!.Value,
            Email = Email!.Trim(),
        };
        if (!await customers.TryAddAsync(customer, password!))
        {
            // A real bank would send an e-mail instead of telling who has an account.
            Problems.Add("This e-mail address has an account already. Sign in instead.");
            return Page();
        }

        await HttpContext.SignInAsync(customer);
        return LocalRedirect("~/biometric/enrol?returnUrl=/");
    }

    private void Require(bool holds, string problem)
    {
        if (!holds)
        {
            Problems.Add(problem);
        }
    }
}
