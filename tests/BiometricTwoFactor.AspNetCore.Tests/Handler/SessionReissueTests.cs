using System.Collections.Concurrent;
using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.DependencyInjection;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>After a step-up the session has a new cookie, and is otherwise the session that it was .</summary>
public sealed class SessionReissueTests
{
    private const string Session = ".AspNetCore.Cookies";

    [Fact]
    public async Task A_step_up_gives_the_session_another_value_and_no_longer_life()
    {
        var time = new ManualTime();
        await using var bank = await HandlerParty.StartAsync(configure: setup =>
        {
            setup.Time = time;
            setup.CookieLifetime = TimeSpan.FromMinutes(10);
        });
        using var browser = await bank.SignedInAsync("alice");
        var before = Value(bank, browser);
        var ticket = Open(bank, before);
        // Past the half of its life the framework would renew it, with this very request.
        await StepUpAsync(bank, browser, () => time.Advance(TimeSpan.FromMinutes(6)));

        var after = Open(bank, Value(bank, browser));
        Assert.NotEqual(before, Value(bank, browser));
        Assert.Equal((ticket.Properties.IssuedUtc, ticket.Properties.ExpiresUtc), (after.Properties.IssuedUtc, after.Properties.ExpiresUtc));
        Assert.Equal(ticket.Properties.Items[".biometric.sid"], after.Properties.Items[".biometric.sid"]);
        Assert.Equal(ticket.Principal.Claims.Select(claim => claim.ToString()), after.Principal.Claims.Select(claim => claim.ToString()));
    }

    [Fact]
    public async Task Account_access_does_too()
    {
        await using var bank = await HandlerParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var before = Value(bank, browser);
        await HandlerParty.OpenAccountAsync(bank, browser);
        Assert.NotEqual(before, Value(bank, browser));
    }

    [Fact]
    public async Task A_session_that_ends_with_the_browser_still_does()
    {
        await using var bank = await HandlerParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        Assert.Equal(DateTime.MinValue, browser.Cookies.GetCookies(bank.Address)[Session]!.Expires);
        await StepUpAsync(bank, browser);
        Assert.Equal(DateTime.MinValue, browser.Cookies.GetCookies(bank.Address)[Session]!.Expires);
    }

    [Fact]
    public async Task In_a_ticket_store_it_has_a_new_key_and_the_old_cookie_is_worth_nothing()
    {
        var tickets = new Tickets();
        await using var bank = await HandlerParty.StartAsync(configure: setup => setup.ConfigureServicesLast = services =>
            services.Configure<CookieAuthenticationOptions>(CookieAuthenticationDefaults.AuthenticationScheme, options => options.SessionStore = tickets));
        using var browser = await bank.SignedInAsync("alice");
        var before = Value(bank, browser);
        var key = Assert.Single(tickets.Keys);
        var cookies = await StepUpAsync(bank, browser);

        Assert.Single(cookies, cookie => cookie.StartsWith(Session, StringComparison.Ordinal));
        Assert.NotEqual(key, Assert.Single(tickets.Keys));
        Assert.NotEmpty(await HandlerParty.MeAsync(browser));
        using var thief = bank.NewBrowser();
        thief.Cookies.Add(bank.Address, new Cookie(Session, before));
        using var me = await thief.GetAsync("/me");
        Assert.Equal(HttpStatusCode.Redirect, me.StatusCode);
    }

    [Fact]
    public async Task What_a_request_made_of_the_principal_is_not_written_into_the_cookie()
    {
        await using var bank = await HandlerParty.StartAsync(configure: setup => setup.ConfigureServicesLast = services =>
            services.AddSingleton<IClaimsTransformation, InPlace>());
        using var browser = await bank.SignedInAsync("alice");
        Assert.Contains("Cookies rights=today's", await HandlerParty.MeAsync(browser));
        await StepUpAsync(bank, browser);
        Assert.DoesNotContain(Open(bank, Value(bank, browser)).Principal.Claims, claim => claim.Type == "rights");
    }

    private static async Task<string[]> StepUpAsync(RelyingParty bank, Browser browser, Action? beforeUse = null)
    {
        using var asked = await browser.PostAsync("/settings/claims", await browser.TokenAsync());
        var id = Browser.IdOf(asked);
        await HandlerParty.ShowFaceAsync(bank, browser, id);
        beforeUse?.Invoke();
        using var used = await browser.ResumeAsync(id);
        await Browser.ExpectAsync(HttpStatusCode.OK, used);
        return [.. HandlerParty.CookiesOf(used)];
    }

    private static string Value(RelyingParty bank, Browser browser) => browser.Cookies.GetCookies(bank.Address)[Session]!.Value;

    private static AuthenticationTicket Open(RelyingParty bank, string cookie) =>
        bank.Services.GetRequiredService<Microsoft.Extensions.Options.IOptionsMonitor<CookieAuthenticationOptions>>()
            .Get(CookieAuthenticationDefaults.AuthenticationScheme).TicketDataFormat.Unprotect(cookie)!;

    private sealed class InPlace : IClaimsTransformation
    {
        public Task<ClaimsPrincipal> TransformAsync(ClaimsPrincipal principal)
        {
            if (!principal.HasClaim("rights", "today's"))
            {
                ((ClaimsIdentity)principal.Identity!).AddClaim(new Claim("rights", "today's"));
            }

            return Task.FromResult(principal);
        }
    }

    private sealed class Tickets : ITicketStore
    {
        private readonly ConcurrentDictionary<string, AuthenticationTicket> _tickets = new(StringComparer.Ordinal);
        private int _last;

        public ICollection<string> Keys => _tickets.Keys;

        public Task<string> StoreAsync(AuthenticationTicket ticket)
        {
            var key = $"key {Interlocked.Increment(ref _last)}";
            _tickets[key] = ticket;
            return Task.FromResult(key);
        }

        public Task RenewAsync(string key, AuthenticationTicket ticket)
        {
            _tickets[key] = ticket;
            return Task.CompletedTask;
        }

        public Task<AuthenticationTicket?> RetrieveAsync(string key) => Task.FromResult(_tickets.GetValueOrDefault(key));

        public Task RemoveAsync(string key)
        {
            _tickets.TryRemove(key, out _);
            return Task.CompletedTask;
        }
    }
}
