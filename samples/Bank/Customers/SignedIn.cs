using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Bank;

/// <summary>Who is signed in.</summary>
internal static class SignedIn
{
    /// <summary>The customer of a request that was authorized.</summary>
    public static Customer Customer(this HttpContext context) =>
        context.RequestServices.GetRequiredService<CustomerRegister>().Find(context.User.FindFirstValue(ClaimTypes.NameIdentifier))
        ?? throw new InvalidOperationException("The sign-in names no customer.");

    /// <summary>The role of the bank's own people.</summary>
    public const string Operator = "operator";

    public static Task SignInAsync(this HttpContext context, Customer customer) => context.SignInAsync(customer.ToPrincipal());

    /// <summary>Whom the cookie names.</summary>
    public static ClaimsPrincipal ToPrincipal(this Customer customer)
    {
        Claim[] claims =
        [
            new(ClaimTypes.NameIdentifier, customer.Id),
            new(ClaimTypes.Name, customer.FullName),
            .. customer.IsOperator ? [new(ClaimTypes.Role, Operator)] : Array.Empty<Claim>(),
        ];
        return new ClaimsPrincipal(new ClaimsIdentity(claims, CookieAuthenticationDefaults.AuthenticationScheme));
    }
}
