using System.Net.Http.Headers;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BiometricTwoFactor.Emulator.Tests.Console;

/// <summary>
/// A day's work at narrow and wide, light and dark. With <c>CONSOLE_SCREENSHOTS</c> naming a folder, pictures of it are
/// left there to look at.
/// </summary>
[Collection(ConsoleBrowserCollection.Name)]
public sealed class ConsoleGallery(ConsoleBrowser browser)
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("CONSOLE_SCREENSHOTS");

    [BrowserFact]
    public async Task Every_page_fits_its_window_and_nothing_complains()
    {
        await using var party = await RelyingParty.StartAsync();
        var chosen = await ADayAsync(party);
        foreach (var (scheme, width) in ((ColorScheme, int)[])
            [(ColorScheme.Light, 1280), (ColorScheme.Light, 375), (ColorScheme.Light, 320), (ColorScheme.Dark, 1280), (ColorScheme.Dark, 375)])
        {
            await using var pane = await browser.OpenAsync(party, "", width, scheme);
            foreach (var (name, hash, heading) in ((string, string, string)[])
            [
                ("sessions", "#/sessions", ""),
                ("review", $"#/sessions/{chosen.Review}", "user-lena"),
                ("approved", $"#/sessions/{chosen.Approved}", "user-42"),
                ("declined", $"#/sessions/{chosen.Declined}", "user-ravi"),
                ("deliveries", "#/deliveries", "Webhook deliveries"),
                ("faults", "#/faults", "Faults"),
                ("people", "#/people", "Users and faces"),
                ("setup", "#/setup", "Setup"),
            ])
            {
                await pane.Page.GotoAsync("/emulator/" + hash);
                await Expect(heading.Length == 0
                    ? pane.Row("user-lena")
                    : pane.Page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = heading })).ToBeVisibleAsync();
                if (name == "approved")
                {
                    await pane.Page.Locator(".deliveries summary").First.ClickAsync();
                    await Expect(pane.Page.Locator(".check").First).ToBeVisibleAsync();
                }

                Assert.True(
                    await pane.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth"),
                    $"{name} is wider than {width} pixels");
                if (Folder is not null)
                {
                    var path = Path.Combine(Folder, $"{name}-{width}-{(scheme == ColorScheme.Dark ? "dark" : "light")}.png");
                    await pane.Page.ScreenshotAsync(new() { Path = path, FullPage = true });
                }
            }

            Assert.Empty(pane.Complaints);
        }
    }

    /// <summary>Approved, declined, in review, open and left; some with webhooks that went wrong, and faults in wait.</summary>
    private static async Task<(SessionId Review, SessionId Approved, SessionId Declined)> ADayAsync(RelyingParty party)
    {
        var emulator = party.Emulator;
        foreach (var user in (string[])["user-42", "user-lena", "user-ravi", "user-noor", "user-sam"])
        {
            emulator.StoreFace(user);
        }

        emulator.Block("user-mallory");
        emulator.StoreFace("user-ines", Pictures.Png());

        await emulator.CompleteAsync((await party.CreatedKycAsync("user-ines")).Id);
        var left = await party.CreatedAsync(new { workflow_id = EmulatedWorkflow.LivenessOnlyId, vendor_data = "user-noor" });
        await emulator.CompleteAsync(left.Id, SandboxScenario.Abandon);

        party.Receiver.AnswerNext(200, 503);
        var declined = await PayAsync(party, "user-ravi", "1250.00", "Nordwind Energie GmbH", "DE89370400440532013000");
        await emulator.OpenAsync(declined);
        await emulator.CompleteAsync(declined, SandboxScenario.DeclineFaceMatchLowSimilarity);

        var approved = await PayAsync(party, "user-42", "247.50", "Marta Keller", "ES9121000418450200051332");
        await emulator.OpenAsync(approved);
        await emulator.CompleteAsync(approved);
        emulator.Faults.Plan(new EmulatorFault { Kind = EmulatorFaultKind.WebhookDuplicate, SessionId = approved, Count = 2 });
        await emulator.RedeliverAsync(emulator.Deliveries[^1]);

        emulator.Faults.SigningSecretOverride = "a-secret-that-no-receiver-has-ever-known";
        party.Receiver.AnswerNext(401);
        await emulator.CompleteAsync((await party.CreatedKycAsync("user-aiko")).Id, SandboxScenario.DeclineLivenessAttack);
        emulator.Faults.SigningSecretOverride = null;

        var picture = await party.CreatedKycAsync("user-frame");
        using (var form = new MultipartFormDataContent())
        {
            var file = new ByteArrayContent(Faces.AreThere ? Faces.Read(Faces.Person) : Pictures.Png());
            file.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
            form.Add(file, "selfie", "selfie.jpg");
            using var answer = await party.Http.PostAsync(picture.Url, form);
        }

        var review = await PayAsync(party, "user-lena", "89.90", "Teehaus am Markt", "DE02120300000000202051");
        await emulator.OpenAsync(review);
        await emulator.CompleteAsync(review, SandboxScenario.ReviewFaceMatchBorderline);
        await emulator.OpenAsync((await party.CreatedAsync(new { workflow_id = EmulatedWorkflow.BiometricAuthenticationId, vendor_data = "user-noor", metadata = new { reason = "settings_change" } })).Id);
        await PayAsync(party, "user-sam", "12000.00", "Hafenwerft Rostock", "DE75512108001245126199");

        emulator.Faults.Plan(new EmulatorFault { Kind = EmulatorFaultKind.ApiThrottled, Times = 3, Delay = TimeSpan.FromSeconds(5) });
        emulator.Faults.Plan(new EmulatorFault { Kind = EmulatorFaultKind.WebhookDelay, Times = null, Delay = TimeSpan.FromSeconds(20), SessionId = review });
        await emulator.WebhooksIdleAsync();
        return (review, approved, declined);
    }

    private static async Task<SessionId> PayAsync(RelyingParty party, string user, string amount, string payee, string account) => (await party.CreatedAsync(new
    {
        workflow_id = EmulatedWorkflow.ScaWithIpAnalysisId,
        vendor_data = user,
        callback = "https://bank.example/biometric/callback/7f1c",
        metadata = new { purpose = "payment", amount, currency = "EUR", payee_name = payee, payee_account = account, transaction_reference = "TR-2026-1107", challenge = "Jk2bq0x7Qm" },
    })).Id;
}
