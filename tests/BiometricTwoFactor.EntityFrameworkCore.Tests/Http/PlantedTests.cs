using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using BiometricTwoFactor.AspNetCore.Tests;
using BiometricTwoFactor.Emulator;

namespace BiometricTwoFactor.EntityFrameworkCore.Tests;

/// <summary>Recognisable portraits, templates, tokens and keys go all the way, and are looked for in every byte that is kept or handed out.</summary>
public sealed class PlantedTests
{
    private const string Token = "alice.PLANTED-BEARER-TOKEN";
    private const string InDelivery = "PLANTED-TEMPLATE-IN-A-DELIVERY";
    private static readonly byte[] Picture = [0xFF, 0xD8, 0xFF, 0xE0, .. Encoding.ASCII.GetBytes("PLANTED-PORTRAIT-BYTES-OF-ALICE"), 0xFF, 0xD9];

    [Fact]
    public async Task No_portrait_template_token_or_key_is_in_an_export_a_report_a_log_or_the_file()
    {
        using var file = new SqliteFile();
        await using var bank = await RelyingParty.StartAsync(setup =>
        {
            setup.ConfigureServices = services => services.AddSingleton<IPortraitSource, Portraits>();
            setup.ConfigureServicesLast = _ => setup.StepUp!.AddSqliteStore(file.ConnectionString, options => options.MigrateOnStart = true);
        });
        List<string> secrets = [Token["alice.".Length..], InDelivery, bank.Provider.ApiKey, bank.Provider.WebhookSecret, Samples.MasterKey, "PLANTED-PORTRAIT", Convert.ToBase64String(Picture)[..40]];
        bank.Provider.Faults.NextWebhookBody = WithTemplate;
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        secrets.Add((await browser.StartedAsync(id)).AbsolutePath.Split('/')[^1]);
        Assert.True(bank.LastSession().HasPortrait);
        var callback = await bank.Provider.CompleteAsync(bank.LastSession().Id, SandboxScenario.Approve);
        Assert.Contains(bank.Provider.Deliveries, delivery => delivery.Body.Contains(InDelivery, StringComparison.Ordinal));
        secrets.Add(callback!.AbsolutePath.Split('/')[^1]);
        await browser.ClaimAsync(callback);
        using var done = await browser.ResumeAsync(id);
        await Browser.ExpectAsync(HttpStatusCode.OK, done);
        secrets.AddRange(browser.Cookies.GetAllCookies().Select(cookie => cookie.Value));

        using var asked = await Payments.ApiAsync(browser, Payments.OtherAmount, token: Token);
        var start = (await asked.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("startUrl").GetString()!;
        using var started = await Payments.PostWithTokenAsync(browser, start, Token);
        Assert.True(started.IsSuccessStatusCode || started.StatusCode == HttpStatusCode.SeeOther);

        Assert.All(secrets, secret => Assert.True(secret.Length >= 12));
        var handedOut = await bank.ExportAsync() + await bank.ExportCsvAsync() + await bank.WithEvidenceAsync(evidence => evidence.RenderReportAsync(id)) + bank.Logs.All;
        var kept = await KeptAsync(file);
        Assert.Contains("Ada Lovelace", handedOut, StringComparison.Ordinal);
        Assert.Contains(id, kept, StringComparison.Ordinal);
        foreach (var secret in secrets)
        {
            Assert.DoesNotContain(secret, handedOut, StringComparison.Ordinal);
            Assert.DoesNotContain(secret, kept, StringComparison.Ordinal);
        }
    }

    private static JsonObject WithTemplate(JsonObject body)
    {
        body["decision"]!["face_template"] = InDelivery;
        body["decision"]!["portrait_image"] = Convert.ToBase64String(Picture);
        return body;
    }

    /// <summary>Every byte of the file and of what lies beside it.</summary>
    private static async Task<string> KeptAsync(SqliteFile file)
    {
        var all = new StringBuilder();
        foreach (var path in Directory.EnumerateFiles(Path.GetDirectoryName(file.Path)!))
        {
            await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            all.Append(await reader.ReadToEndAsync());
        }

        return all.ToString();
    }

    private sealed class Portraits : IPortraitSource
    {
        public ValueTask<PortraitImage?> FindAsync(string subject, CancellationToken cancellationToken = default) => new(PortraitImage.FromBytes(Picture));
    }
}
