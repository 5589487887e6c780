using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>
/// A relying party behind a proxy, with the framework's forwarded-headers middleware in front of everything: browsers come
/// from the network that <see cref="Browser.ComesFrom"/> names.
/// </summary>
internal static class Networks
{
    public const string Home = "198.51.100.7";
    public const string Elsewhere = "203.0.113.9";

    public static void UseNetworks(this RelyingPartySetup setup)
    {
        var before = setup.ConfigureServices;
        setup.ConfigureServices = services =>
        {
            before?.Invoke(services);
            services.AddSingleton<IStartupFilter, Forwarded>();
        };
    }

    public static async Task<Browser> SignedInAsync(this RelyingParty bank, string user, string from)
    {
        var browser = bank.NewBrowser();
        browser.ComesFrom = from;
        await browser.SignInAsync(user);
        return browser;
    }

    /// <summary>Makes a browser's device, and the network that it comes from, known by an approval that is used there.</summary>
    public static async Task<Browser> MadeKnownAsync(this RelyingParty bank, Browser browser, string amount = "777.77")
    {
        var id = await browser.AskAsync(amount);
        await Payments.CompleteAsync(bank, browser, id);
        using var done = await browser.TransferAsync(amount);
        await Browser.ExpectAsync(HttpStatusCode.OK, done);
        return browser;
    }

    private sealed class Forwarded : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.UseForwardedHeaders(new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto });
            next(app);
        };
    }
}
