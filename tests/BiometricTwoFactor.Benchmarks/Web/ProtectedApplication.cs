using System.Security.Claims;
using BiometricTwoFactor.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BiometricTwoFactor.Benchmarks;

/// <summary>An application in process, with the step-up or without it, and somebody who is signed in there.</summary>
internal sealed class ProtectedApplication : IDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _http;

    private ProtectedApplication(WebApplication app)
    {
        _app = app;
        _http = app.GetTestClient();
    }

    /// <param name="withStepUp">Whether the application has the step-up at all.</param>
    public static async Task<ProtectedApplication> StartAsync(bool withStepUp)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production });
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        var authentication = builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie();
        builder.Services.AddAuthorization();
        builder.Services.AddAntiforgery(); // whoever has forms has it, with the step-up or without
        if (withStepUp)
        {
            authentication.AddBiometric();
            builder.Services.AddBiometricStepUp(
                options =>
                {
                    options.PublicOrigin = "https://bank.example";
                    options.WebhookSecrets.Add(new WebhookSecret("wh_benchmark_secret_0123456789abcdef"));
                    options.Workflows.StepUp.Id = "22222222-3333-4444-5555-666666666666";
                },
                client => client.ApiKey = "benchmark-key");
        }

        var app = builder.Build();
        app.MapGet("/plain", () => "done");
        app.MapGet("/authorized", () => "done").RequireAuthorization();
        app.MapGet("/login", context => context.SignInAsync(new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, "alice")], "password"))));
        app.UseAntiforgery();
        if (withStepUp)
        {
            app.MapBiometric();
            app.MapGet("/face", () => "done").RequireBiometric(StepUpReason.LoginNewDevice);
            app.MapGet("/open", OpenAsync).RequireAuthorization();
        }

        await app.StartAsync();
        var application = new ProtectedApplication(app);
        using var login = await application._http.GetAsync("/login");
        application._http.DefaultRequestHeaders.Add("Cookie", login.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0]));
        if (withStepUp)
        {
            using var opened = await application._http.GetAsync("/open");
            opened.EnsureSuccessStatusCode();
        }

        return application;
    }

    /// <summary>One request; refused ones fail the run.</summary>
    public async Task<int> GetAsync(string url)
    {
        using var answer = await _http.GetAsync(url);
        return (int)answer.EnsureSuccessStatusCode().StatusCode;
    }

    public void Dispose()
    {
        _http.Dispose();
        ((IDisposable)_app).Dispose();
    }

    /// <summary>What an approved face for account access leaves: an open window, in memory.</summary>
    private static async Task OpenAsync(HttpContext context)
    {
        var services = context.RequestServices;
        var binding = await services.GetRequiredService<BindingReader>().ReadAsync(context);
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var used = new StepUpChallenge
        {
            Id = ChallengeIds.New(),
            Kind = ChallengeKind.Access,
            Binding = binding!,
            VendorData = "alice",
            Reason = StepUpReason.LoginNewDevice,
            Action = "access",
            Digest = "",
            WorkflowId = "",
            CreatedAt = now,
            Deadline = now,
            Original = new OriginalRequest("GET", "/"),
            State = ChallengeState.Consumed,
            ApprovedAt = now,
            ConsumedAt = now,
        };
        await services.GetRequiredService<AccessWindows>().OpenAsync(binding!, used, context.RequestAborted);
    }
}
