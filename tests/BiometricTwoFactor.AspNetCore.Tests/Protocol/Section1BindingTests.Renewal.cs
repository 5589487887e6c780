using System.Net;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.DependencyInjection;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Protocol 1.2: our own routes do not keep the application's session alive.</summary>
public sealed partial class Section1BindingTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Rule_1_2_What_the_applications_own_cookie_events_renew_is_not_renewed_on_our_routes(bool byType)
    {
        var time = new ManualTime();
        await using var bank = await RelyingParty.StartAsync(setup =>
        {
            setup.Time = time;
            setup.CookieLifetime = TimeSpan.FromMinutes(10);
            setup.ConfigureServices = services => services.AddScoped<Renewing>().Configure<CookieAuthenticationOptions>(CookieAuthenticationDefaults.AuthenticationScheme, options =>
            {
                if (byType)
                {
                    options.EventsType = typeof(Renewing);
                }
                else
                {
                    options.Events = new Renewing(); // as ASP.NET Core Identity's security stamp does
                }
            });
        });
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        time.Advance(TimeSpan.FromMinutes(6)); // past the half, where the framework renews by itself, too
        using var own = await browser.GetAsync($"/biometric/challenges/{id}");
        Assert.Equal(HttpStatusCode.OK, own.StatusCode);
        Assert.Empty(HandlerParty.CookiesOf(own));
        using var theirs = await browser.GetAsync("/form");
        Assert.Contains(HandlerParty.CookiesOf(theirs), cookie => cookie.StartsWith(".AspNetCore.Cookies=", StringComparison.Ordinal));
    }

    private sealed class Renewing : CookieAuthenticationEvents
    {
        public override Task ValidatePrincipal(CookieValidatePrincipalContext context)
        {
            context.ShouldRenew = true;
            return Task.CompletedTask;
        }
    }
}
