using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.Bank.Tests.Browsing;

/// <summary>Impatient fingers on every button.</summary>
public sealed class DoubleClickTests(SharedChromium chromium) : IClassFixture<SharedChromium>
{
    [Fact]
    public async Task The_original_form_sent_twice_asks_once()
    {
        await using var bank = await HonestBank.StartAsync();
        await using var lena = await chromium.SignedInAsync(bank);
        await lena.FillPaymentAsync();
        await lena.Button("Pay").DblClickAsync();
        await lena.SeesAsync("Confirm your payment");
        Assert.Single(await bank.Store.ListOpenAsync("", Visitor.User));
    }

    [Fact]
    public async Task Start_pressed_twice_opens_one_session()
    {
        await using var bank = await HonestBank.StartAsync();
        await using var lena = await chromium.SignedInAsync(bank);
        await lena.AskAsync();
        await lena.Button("Continue to the camera").DblClickAsync();
        await lena.LookAsync();
        await lena.SeesAsync("Paid");
        Assert.Single(bank.Provider.Sessions);
        Assert.Single(bank.Paid);
    }

    [Fact]
    public async Task Go_on_pressed_while_the_bank_is_at_work_shows_the_result_and_no_refusal()
    {
        var pressed = new TaskCompletionSource();
        await using var bank = await HonestBank.StartAsync(setup => setup.Before = context =>
            context.Request.Path == "/pay" && HttpMethods.IsPost(context.Request.Method) && context.Request.Headers.Referer.Count == 0
                ? pressed.Task.WaitAsync(context.RequestAborted) // the resumed form: the SDK's pages send no referrer
                : Task.CompletedTask);
        await using var lena = await chromium.SignedInAsync(bank);
        lena.Page.Console += (_, message) =>
        {
            if (message.Text == "pressed twice")
            {
                pressed.TrySetResult();
            }
        };
        // In the page itself: Playwright waits for a navigation that is under way, as no person does.
        await lena.Context.AddInitScriptAsync(
            """
            let presses = 0;
            addEventListener('submit', event => {
              const button = event.target.querySelector('button');
              if (event.target.id === 'resume' && ++presses === 1) {
                setTimeout(() => { button.click(); button.click(); console.log('pressed twice'); });
              }
            });
            """);
        await lena.AskAsync();
        await lena.StartAsync();
        await lena.LookAsync();
        await lena.SeesAsync("Paid");
        Assert.Single(bank.Paid);
        Assert.Single(bank.Seen, seen => seen.Is("POST", "/pay") && seen.Status != 303);
    }

    [Fact]
    public async Task Cancel_pressed_twice_cancels()
    {
        await using var bank = await HonestBank.StartAsync();
        await using var lena = await chromium.SignedInAsync(bank);
        await lena.AskAsync();
        await lena.Button("Cancel").DblClickAsync();
        await lena.SeesAsync("The confirmation was not finished");
        Assert.Empty(bank.Paid);
    }

    [Fact]
    public async Task The_confirmation_after_a_review_pressed_twice_pays_once()
    {
        await using var bank = await HonestBank.StartAsync(setup => setup.Options = options => options.BlockingWarnings.Remove("LOW_FACE_MATCH_SIMILARITY"));
        await using var lena = await chromium.SignedInAsync(bank);
        await lena.AskAsync();
        await lena.StartAsync();
        await lena.LookAsync("Hold for review");
        await lena.SeesAsync("We are checking this");
        await bank.Provider.ReviewAsync(bank.Provider.Sessions[^1].Id, approved: true);
        await lena.SeesAsync("Checked and approved");
        await lena.Button("Confirm").DblClickAsync();
        await lena.SeesAsync("Paid");
        Assert.Single(bank.Paid);
    }
}
