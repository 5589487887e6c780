using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Bank;

/// <summary>Who is signed in.</summary>
internal static class SignedIn
{
    /// <summary>The customer of a request that was authorized.</summary>
    public static Customer Customer(this HttpContext context) =>
        context.Features.Get<Customer>() ?? throw new InvalidOperationException("The sign-in names no customer.");

    /// <summary>The role of the bank's own people.</summary>
    public const string Operator = "operator";

    /// <summary>Looks up who is signed in, once for each request.</summary>
    public static void UseCustomer(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        if (await context.RequestServices.GetRequiredService<CustomerRegister>().FindAsync(context.User.FindFirstValue(ClaimTypes.NameIdentifier)) is { } customer)
        {
            context.Features.Set(customer);
        }

        await next(context);
    });

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
