using Microsoft.AspNetCore.Builder;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Controllers, called by forms.</summary>
public sealed class MvcTests : BrowserHostTests
{
    private protected override void Add(RelyingPartySetup setup)
    {
        setup.ConfigureServices += services => services.AddSingleton(setup).AddControllersWithViews().AddApplicationPart(typeof(LimitController).Assembly);
        setup.Map += app => app.MapControllers();
    }

    private protected override Task<Caller> CallerAsync(RelyingParty bank, string user) => FormCaller.SignInAsync(bank, user, "/mvc/limit", "/mvc/pay");
}
