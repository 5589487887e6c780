using Microsoft.AspNetCore.Builder;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Razor Pages, called by forms.</summary>
public sealed class RazorPagesTests : BrowserHostTests
{
    private protected override void Add(RelyingPartySetup setup)
    {
        setup.ConfigureServices += services =>
        {
            services.AddSingleton(setup);
            services.AddRazorPages(options => options.RootDirectory = "/Applications/Pages").AddApplicationPart(typeof(LimitModel).Assembly);
        };
        setup.Map += app => app.MapRazorPages();
    }

    private protected override Task<Caller> CallerAsync(RelyingParty bank, string user) => FormCaller.SignInAsync(bank, user, "/pages/limit", "/pages/pay");
}
