using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using BiometricTwoFactor.AspNetCore;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace BiometricTwoFactor.Bank.Tests.Browsing;

/// <summary>The bank's own pages: signing in, paying, a setting behind a face, and a page that frames the face check.</summary>
internal static class HonestBankPages
{
    public static void Map(IEndpointRouteBuilder app, HonestBankSetup setup, Uri provider)
    {
        app.MapGet("/", (HttpContext context) => Page("Overview", $"""
            <h1>Good to see you, {Encode(context.User.Identity?.Name)}</h1>
            <p><a href="/pay">Pay</a></p>
            """)).RequireAuthorization();
        app.MapGet("/signin", (HttpContext context, IAntiforgery antiforgery, string? returnUrl) => Page("Sign in", $"""
            <h1>Sign in</h1>
            <form method="post" action="/signin">{Token(context, antiforgery)}<input type="hidden" name="returnUrl" value="{Encode(returnUrl ?? "/")}">
            <label>Name <input name="user"></label> <button>Sign in</button></form>
            """));
        app.MapPost("/signin", async (HttpContext context, [FromForm] string user, [FromForm] string returnUrl) =>
        {
            await SignInAsync(context, user);
            return Results.LocalRedirect(returnUrl);
        });
        // What an application does after a change of roles: the same person, a new ticket.
        app.MapGet("/reissue", async (HttpContext context) =>
        {
            await SignInAsync(context, context.User.Identity!.Name!);
            return Page("New ticket", "<h1>A new ticket</h1>");
        }).RequireAuthorization();
        app.MapGet("/signout", async (HttpContext context) =>
        {
            await context.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
            return Page("Signed out", "<h1>Signed out</h1>");
        });
        app.MapGet("/pay", (HttpContext context, IAntiforgery antiforgery) => Page("Pay", $"""
            <h1>Pay</h1>
            <form method="post" action="/pay">{Token(context, antiforgery)}
            <label>Amount <input name="amount"></label> <button>Pay</button></form>
            """)).RequireAuthorization();
        app.MapPost("/pay", ([FromForm] Payment payment) =>
        {
            setup.Paid.Enqueue(payment.Amount);
            return setup.AnswersPostsDirectly
                ? Page("Paid", $"<h1>Paid</h1><p>{Encode(payment.Amount)} EUR</p>")
                : Results.LocalRedirect("/paid/" + setup.Paid.Count.ToString(CultureInfo.InvariantCulture));
        }).RequireBiometric(StepUpReason.HighValueTransaction, (Payment payment) => Transaction.Create(payment.Amount, "EUR", "DE89370400440532013000", setup.Payee));
        app.MapGet("/paid/{number:int}", (int number) => Page("Paid", $"<h1>Paid</h1><p>{setup.Paid.ElementAt(number - 1)} EUR</p><p><a href=\"/\">Overview</a></p>")).RequireAuthorization();
        app.MapGet("/limit", () => Page("Limit", "<h1>Your limit</h1>")).RequireBiometric(StepUpReason.SettingsChange, "Show the limit");
        // At 127.0.0.1 these two are another site's.
        app.MapGet("/elsewhere", (string frame) => Page("Elsewhere", $"<h1>Elsewhere</h1><iframe src=\"{Encode(frame)}\"></iframe>", policy: "frame-src *"));
        app.MapGet("/third", (HttpContext context) =>
        {
            context.Response.Cookies.Append("third", "1", new CookieOptions { SameSite = SameSiteMode.None, Secure = true });
            return Page("Third", context.Request.Cookies.ContainsKey("third") ? "<h1>Known</h1>" : "<h1>Unknown</h1>");
        });
        WebSdk.Map(app);
        app.MapGet("/css/own.css", () => Results.Text(setup.Stylesheet, "text/css"));
        app.MapGet("/logo.svg", () => Results.Text("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 10 10'><rect width='10' height='10' fill='teal'/></svg>", "image/svg+xml"));
        app.MapGet("/framing/{id}", (HttpContext context, IAntiforgery antiforgery, string id) => Framing(context, antiforgery, id, provider, listens: true)).RequireAuthorization();
        app.MapGet("/deaf/{id}", (HttpContext context, IAntiforgery antiforgery, string id) => Framing(context, antiforgery, id, provider, listens: false)).RequireAuthorization();
    }

    /// <summary>A page of the bank with the face check inside of it: the SDK's script takes the code over.</summary>
    private static IResult Framing(HttpContext context, IAntiforgery antiforgery, string id, Uri provider, bool listens)
    {
        var script = listens ? "<script type=\"module\" src=\"/biometric/assets/frame.js\"></script>" : "";
        return Page(
            "Pay here",
            $"""
            <h1>Pay here</h1>
            <form method="post" action="/biometric/start/{Encode(id)}" target="face">{Token(context, antiforgery)}<button>Look here</button></form>
            <iframe name="face" title="Face check" width="380" height="700" allow="camera"></iframe>
            """,
            script,
            $"default-src 'none'; script-src 'self'; connect-src 'self'; frame-src 'self' {Origin(provider)}; form-action 'self' {Origin(provider)}");
    }

    private static IResult Page(string title, string body, string head = "", string policy = "default-src 'none'; form-action 'self'") =>
        new Html($"<!doctype html><html lang=\"en\"><title>{Encode(title)}</title><link rel=\"icon\" href=\"data:,\"><meta name=\"viewport\" content=\"width=device-width\">{head}<body>{body}</body></html>", policy + "; img-src data:");

    private static string Token(HttpContext context, IAntiforgery antiforgery)
    {
        var tokens = antiforgery.GetAndStoreTokens(context);
        return $"<input type=\"hidden\" name=\"{tokens.FormFieldName}\" value=\"{tokens.RequestToken}\">";
    }

    private static Task SignInAsync(HttpContext context, string user)
    {
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, user), new Claim(ClaimTypes.Name, user)], CookieAuthenticationDefaults.AuthenticationScheme);
        return context.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, new ClaimsPrincipal(identity));
    }

    private static string Origin(Uri address) => address.GetLeftPart(UriPartial.Authority);

    private static string Encode(string? text) => HtmlEncoder.Default.Encode(text ?? "");

    private sealed class Html(string text, string policy) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.ContentType = "text/html; charset=utf-8";
            httpContext.Response.Headers.ContentSecurityPolicy = policy;
            return httpContext.Response.WriteAsync(text, httpContext.RequestAborted);
        }
    }
}

/// <summary>What the payment form sends.</summary>
internal sealed record Payment(string Amount);
