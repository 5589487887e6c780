using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using BiometricTwoFactor.AspNetCore;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BiometricTwoFactor.Bank.Tests.Browsing;

/// <summary>One tab of somebody's browser, and what a person does in it: by labels, buttons and headings.</summary>
internal sealed class Visitor : IAsyncDisposable
{
    public const string User = "lena";

    // Two cores for everything: patience is no wait.
    private const float Patience = 40_000;

    private static readonly string? ScreenshotFolder = Environment.GetEnvironmentVariable("BANK_SCREENSHOTS");
    private readonly ConcurrentQueue<string> _complaints;

    private Visitor(HonestBank bank, IPage page, ConcurrentQueue<string> complaints)
    {
        (Bank, Page, _complaints) = (bank, page, complaints);
        page.Console += (_, message) =>
        {
            if (message.Type == "error" && message.Text.Contains("Content Security Policy", StringComparison.Ordinal))
            {
                complaints.Enqueue(message.Text);
            }
        };
        page.PageError += (_, error) => complaints.Enqueue(error);
    }

    public HonestBank Bank { get; }

    public IPage Page { get; }

    public IBrowserContext Context => Page.Context;

    /// <summary>What scripts and policies complained about in any tab of this browser; empty when all is well.</summary>
    public IReadOnlyCollection<string> Complaints => _complaints;

    public static async Task<Visitor> OpenAsync(HonestBank bank, IBrowserContext context)
    {
        context.SetDefaultTimeout(Patience);
        // The event knows of violations that the console leaves out, such as those of a report-only policy.
        await context.AddInitScriptAsync(
            "addEventListener('securitypolicyviolation', e => console.error('Content Security Policy: ' + e.effectiveDirective + ' ' + e.blockedURI + ' on ' + e.documentURI))");
        return new Visitor(bank, await context.NewPageAsync(), []);
    }

    /// <summary>Another tab of the same browser.</summary>
    public async Task<Visitor> NewTabAsync() => new(Bank, await Context.NewPageAsync(), _complaints);

    public Task GoAsync(string path) => Page.GotoAsync(path);

    /// <summary>At the sign-in page, wherever it was asked for.</summary>
    public async Task SignInHereAsync(string user = User)
    {
        await SeesAsync("Sign in");
        await Page.GetByLabel("Name").FillAsync(user);
        await PressAsync("Sign in");
    }

    public async Task SignInAsync(string user = User)
    {
        await GoAsync("/signin");
        await SignInHereAsync(user);
        await SeesAsync($"Good to see you, {user}");
    }

    /// <summary>Fills in a payment; ends on the confirm page.</summary>
    public async Task AskAsync(string amount = "250.00")
    {
        await FillPaymentAsync(amount);
        await PressAsync("Pay");
        await SeesAsync("Confirm your payment");
        await Expect(Page.GetByText($"{amount} EUR")).ToBeVisibleAsync();
    }

    public async Task FillPaymentAsync(string amount = "250.00")
    {
        await GoAsync("/pay");
        await Page.GetByLabel("Amount").FillAsync(amount);
    }

    /// <summary>From the confirm page to the provider's.</summary>
    public async Task StartAsync()
    {
        await PressAsync("Continue to the camera");
        await SeesAsync("Confirm that it is you");
    }

    /// <summary>At the provider's page: picks an outcome and finishes.</summary>
    public async Task LookAsync(string outcome = "Approve")
    {
        await SeesAsync("Confirm that it is you");
        await Page.GetByText(outcome, new() { Exact = true }).ClickAsync(); // the whole row is the label
        await PressAsync("Finish");
    }

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public ILocator Link(string name) => Page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true });

    public Task PressAsync(string button) => Button(button).ClickAsync();

    public Task FollowAsync(string link) => Link(link).ClickAsync();

    /// <summary>Waits for the page's heading.</summary>
    public Task SeesAsync(string heading) =>
        Expect(Page.GetByRole(AriaRole.Heading, new() { Name = heading, Level = 1, Exact = true })).ToBeVisibleAsync(new() { Timeout = Patience });

    /// <summary>Waits for one of several headings, and says which it is.</summary>
    public async Task<string> SeesOneOfAsync(params string[] headings)
    {
        var heading = Page.GetByRole(AriaRole.Heading, new() { Level = 1 });
        await Expect(heading).ToHaveTextAsync(new Regex($"^({string.Join('|', headings)})$"), new() { Timeout = Patience });
        return await heading.InnerTextAsync();
    }

    public Task ReadsAsync(string text) => Expect(Page.GetByText(text)).ToBeVisibleAsync(new() { Timeout = Patience });

    /// <summary>The challenge whose confirm page is open.</summary>
    public string ChallengeId => new Uri(Page.Url).Segments is [.., "confirm/", var id] ? id : throw new InvalidOperationException($"{Page.Url} is no confirm page.");

    public async Task<ChallengeState> StateOfAsync(string challengeId) =>
        (await Bank.Store.FindAsync(challengeId) ?? throw new InvalidOperationException("There is no such challenge.")).State;

    public Task ShotAsync(string name) => ScreenshotFolder is null
        ? Task.CompletedTask
        : Page.ScreenshotAsync(new() { Path = Path.Combine(ScreenshotFolder, $"{name}.png"), FullPage = true });

    public async ValueTask DisposeAsync() => await Context.DisposeAsync();
}
