using System.Collections.Concurrent;
using System.Security.Claims;
using BiometricTwoFactor;
using BiometricTwoFactor.AspNetCore;
using BiometricTwoFactor.Emulator;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace BiometricTwoFactor.Testing.Tests;

/// <summary>
/// An application as a user of the SDK has one: configured for the real provider, with an endpoint that needs a face. It
/// knows nothing of tests.
/// </summary>
public sealed class Program
{
    /// <summary>With this among its arguments, the application starts its own provider first, as the README shows.</summary>
    public const string OwnProvider = "OwnProvider";

    public static async Task Main(string[] args)
    {
        await using var own = args.Any(argument => argument.Contains(OwnProvider, StringComparison.Ordinal)) ? await BiometricEmulator.StartAsync() : null;

        // In the folder of its own project, where a factory would look, lies nothing: this application is the test's own assembly.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        // What stands in the settings of a real application; the ids are those of the real provider's console.
        builder.Configuration.Sources.Insert(0, new Microsoft.Extensions.Configuration.Memory.MemoryConfigurationSource
        {
            InitialData = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["Biometric:ApiKey"] = "the-real-key",
                ["Biometric:WebhookSecrets:0"] = "the-real-secret-of-the-webhooks",
                ["Biometric:WebhookSecrets:1"] = "another-real-secret-of-the-webhooks",
                ["Biometric:Workflows:StepUp:Id"] = "11111111-1111-4111-8111-111111111111",
                ["Biometric:Workflows:Payment:Id"] = "22222222-2222-4222-8222-222222222222",
                ["Biometric:Workflows:Payment:RequireIpAnalysis"] = "true",
            },
        });
        var seen = builder.Configuration["Biometric:ApiKey"];
        builder.Services.AddAuthentication(options =>
            {
                options.DefaultScheme = "either";
                options.DefaultSignInScheme = CookieAuthenticationDefaults.AuthenticationScheme;
            })
            .AddPolicyScheme("either", null, options => options.ForwardDefaultSelector = context =>
                context.Request.Headers.Authorization.Count > 0 ? TokenHandler.Scheme : CookieAuthenticationDefaults.AuthenticationScheme)
            .AddScheme<AuthenticationSchemeOptions, TokenHandler>(TokenHandler.Scheme, null)
            .AddCookie(cookie => cookie.LoginPath = "/login");
        builder.Services.AddAuthorization();
        builder.Services.AddSingleton<Payments>();
        builder.Services.AddBiometricStepUp(builder.Configuration.GetSection("Biometric")).AddEnrolmentVoucher<EverybodyIsEnrolled>();

        var app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.MapBiometric(app.Configuration["Prefix"] ?? "/biometric");
        app.MapPost("/login/{user}", async (HttpContext context, string user) =>
        {
            var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, user)], CookieAuthenticationDefaults.AuthenticationScheme);
            await context.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, new ClaimsPrincipal(identity));
        });
        app.MapGet("/form", (HttpContext context, IAntiforgery antiforgery) => antiforgery.GetAndStoreTokens(context).RequestToken);
        app.MapGet("/key", () => seen);
        app.MapGet("/environment", (IHostEnvironment environment) => environment.EnvironmentName);
        app.MapPost("/transfers", ([FromForm] Payment payment, Payments payments) => payments.Execute(payment))
            .RequireBiometric(StepUpReason.HighValueTransaction, (Payment payment) => payment.ToTransaction());
        app.MapPost("/api/transfers", (Payment payment, Payments payments) => payments.Execute(payment))
            .RequireBiometric(StepUpReason.HighValueTransaction, (Payment payment) => payment.ToTransaction());
        app.MapGet("/secret", () => "the secret").RequireBiometric(StepUpReason.SettingsChange, "Show the secret");
        app.MapPost("/throws", IResult () => throw new InvalidOperationException("broken on purpose"));
        app.MapGet("/open", () => "open to all");
        await app.RunAsync();
    }
}

public sealed record Payment(string Amount, string Payee)
{
    public Transaction ToTransaction() => Transaction.Create(Amount, "EUR", "DE89370400440532013000", Payee);
}

public sealed class Payments
{
    private readonly ConcurrentQueue<string> _executed = new();

    public IReadOnlyCollection<string> Executed => _executed;

    public string Execute(Payment payment)
    {
        _executed.Enqueue(payment.Amount);
        return $"paid {payment.Amount}";
    }
}

public sealed class EverybodyIsEnrolled : IEnrolmentVoucher
{
    public ValueTask<bool> IsEnrolledAsync(string subject, CancellationToken cancellationToken = default) => new(true);
}
