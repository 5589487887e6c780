using Microsoft.AspNetCore.Authentication.Cookies;

namespace Bank;

/// <summary>The whole wiring of a bank that asks for a face. Copy <see cref="BuildAsync"/>; the rest starts it.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        if (args.Contains("--walkthrough", StringComparer.Ordinal))
        {
            return await Walkthrough.RunAsync(Console.Out);
        }

        await using var app = await BuildAsync(args);
        await app.RunAsync();
        return 0;
    }

    public static async Task<WebApplication> BuildAsync(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        await builder.AddEmulatedProviderAsync(); // in Development, until Biometric:ApiKey is set

        builder.Services.AddRazorPages(pages => pages.Conventions.AuthorizeFolder("/"));
        builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme)
            .AddCookie(cookie =>
            {
                cookie.LoginPath = "/signin";
                cookie.AccessDeniedPath = "/"; // the reviews are not for customers
                cookie.ExpireTimeSpan = TimeSpan.FromMinutes(15);
            })
            .AddBiometric(); // completes the sign-in of a new device
        builder.Services.AddBank();

        // Last, so that it stands in front of the application's own authentication and authorization.
        var stepUp = builder.Services.AddBiometricStepUp(builder.Configuration.GetSection("Biometric"))
            .AddAccountHolderCheck<AccountHolderCheck>()
            .AddEnrolmentVoucher<BranchEnrolments>()
            .AddSecondFactor<SecurityKeyFactor>() // where the network of the capture is a risk
            .AddAlternative<SecurityKeyFactor>() // for those without a camera
            .AddObserver<SecurityObserver>();

        // Bank:Database names SQLite or PostgreSQL: customers, money and step-ups in one context. Without it all is in memory.
        if (builder.AddBankDatabase())
        {
            stepUp.AddEntityFrameworkStore<BankDbContext>();
        }

        var app = builder.Build();
        await app.CreateBankDatabaseAsync();
        app.UseSecurityHeaders();
        app.UseErrorPage();
        if (!app.Environment.IsDevelopment())
        {
            app.UseHsts();
        }

        app.UseStaticFiles();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseCustomer();
        app.UseAntiforgery();

        app.MapRazorPages();
        app.MapTransfers();
        app.MapSettings();
        app.MapBiometric(); // confirm, callback, webhook, status, resume, enrolment
        return app;
    }
}
