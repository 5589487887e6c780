using System.Net;
using System.Security.Cryptography;
using BiometricTwoFactor.AspNetCore.Tests;
using BiometricTwoFactor.Emulator;
using Microsoft.Data.Sqlite;

namespace BiometricTwoFactor.EntityFrameworkCore.Tests;

/// <summary>
/// What a person, an API client and the provider see of a database that fails: nothing is carried out, nothing is acknowledged,
/// and with the database everything goes on by itself (protocol 6.4).
/// </summary>
public sealed class FailingStoreTests
{
    [Theory]
    [InlineData(Failure.FileGone)]
    [InlineData(Failure.FileReadOnly)]
    [InlineData(Failure.FileLocked)]
    [InlineData(Failure.ServerGone)]
    [InlineData(Failure.ServerSlow)]
    [InlineData(Failure.ServerReadOnly)]
    public async Task The_action_is_denied_the_webhook_comes_again_and_service_returns_by_itself(Failure failure)
    {
        await using var store = await FailingStore.StartAsync(failure);
        await using var bank = await RelyingParty.StartAsync(store.UseIn);
        using var browser = await bank.SignedInAsync("alice");
        var approved = await Payments.ApprovedAsync(bank, browser);
        var captured = await browser.AskAsync("300.00");
        await browser.StartedAsync(captured);
        await bank.Provider.WebhooksIdleAsync();

        await store.BreakAsync();
        var callback = await bank.Provider.CompleteAsync(bank.LastSession().Id, SandboxScenario.Approve);
        await bank.Provider.WebhooksIdleAsync();
        var lost = bank.Provider.Deliveries.Last(delivery => delivery.Status == SessionStatus.Approved && delivery.SessionId == bank.LastSession().Id);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, WebhookDeliveryOutcome.Failed), ((HttpStatusCode)lost.ResponseStatus!, lost.Outcome));

        using var form = await browser.TransferAsync();
        await Unavailable.PageAsync(form);
        using var api = await Payments.ApiAsync(browser, Payments.Payment, approved, token: "alice.1");
        await Unavailable.ProblemAsync(api);
        Assert.Empty(bank.Executed);

        await store.MendAsync();
        var again = await bank.Provider.RedeliverAsync(lost);
        Assert.Equal((HttpStatusCode.OK, lost.Body), ((HttpStatusCode)again.ResponseStatus!, again.Body));
        Assert.Equal(ChallengeState.Approved, (await bank.ChallengeAsync(captured)).State);
        Assert.Equal((HttpStatusCode.OK, "approved"), await StateAsync(browser, callback!));
        foreach (var id in new[] { captured, approved })
        {
            using var done = await browser.ResumeAsync(id);
            await Browser.ExpectAsync(HttpStatusCode.OK, done);
        }

        Assert.Equal(["300.00 EUR to DE89370400440532013000", "250.00 EUR to DE89370400440532013000"], bank.Executed);
    }

    [Fact]
    public async Task Who_signs_in_or_out_needs_no_database_for_it()
    {
        await using var store = await FailingStore.StartAsync(Failure.FileGone);
        await using var bank = await RelyingParty.StartAsync(store.UseIn);
        using var alice = await bank.SignedInAsync("alice");
        var started = await alice.AskAsync();
        await alice.StartedAsync(started);
        using var bob = bank.NewBrowser();

        await store.BreakAsync();
        await alice.SignOutAsync();
        await bob.SignInAsync("bob");
        Assert.Contains("Error BiometricTwoFactor.AspNetCore.SignInTransitions 2554", bank.Logs.All, StringComparison.Ordinal);

        await store.MendAsync();
        await bob.AskAsync();
        using var nobody = await alice.GetAsync($"/biometric/challenges/{started}");
        Assert.Equal(HttpStatusCode.NotFound, nobody.StatusCode);
        await alice.SignInAsync("alice");
        using var another = await alice.GetAsync($"/biometric/challenges/{started}");
        Assert.Equal(HttpStatusCode.NotFound, another.StatusCode);
    }

    /// <summary>A full disk still takes what fits into the pages that are there: whatever it says to have taken, it has.</summary>
    [Fact]
    public async Task A_full_disk_takes_no_half_and_with_room_everything_goes_on()
    {
        using var file = new SqliteFile();
        var pragma = new PragmaInterceptor("PRAGMA max_page_count = 1000000");
        await using var bank = await RelyingParty.StartAsync(setup =>
        {
            setup.Options = options => options.MaxChallengesPerUser = options.MaxChallengesPerDevice = 1_000;
            setup.ConfigureServicesLast = services =>
            {
                setup.StepUp!.AddSqliteStore(file.ConnectionString, options => options.MigrateOnStart = true);
                services.ConfigureDbContext<SqliteStepUpContext>(options => options.AddInterceptors(pragma));
            };
        });
        using var browser = await bank.SignedInAsync("alice");
        var captured = await browser.AskAsync("300.00");
        await browser.StartedAsync(captured);
        await bank.Provider.WebhooksIdleAsync();
        await bank.ChainAsync();
        pragma.Pragma = "PRAGMA max_page_count = 1";
        await FillAsync(file, pragma.Pragma);

        // More than what is left of any page that is in use.
        bank.Provider.Faults.NextWebhookBody = body =>
        {
            body["more"] = RandomNumberGenerator.GetHexString(20_000);
            return body;
        };
        var callback = await bank.Provider.CompleteAsync(bank.LastSession().Id, SandboxScenario.Approve);
        await bank.Provider.WebhooksIdleAsync();
        var lost = bank.Provider.Deliveries.Last(delivery => delivery.Status == SessionStatus.Approved);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (HttpStatusCode)lost.ResponseStatus!);
        Assert.Equal(ChallengeState.Pending, (await bank.ChallengeAsync(captured)).State);
        HttpResponseMessage asked;
        for (var cents = 10; (asked = await browser.TransferAsync($"1.{cents}")).StatusCode == HttpStatusCode.SeeOther && cents < 99; cents++)
        {
            // As long as there is room on a page, it is asked, and what was asked is there.
            await bank.ChallengeAsync(Browser.IdOf(asked));
            asked.Dispose();
        }

        await Unavailable.PageAsync(asked);
        asked.Dispose();
        Assert.Empty(bank.Executed);

        pragma.Pragma = "PRAGMA max_page_count = 1000000";
        Assert.Equal(HttpStatusCode.OK, (HttpStatusCode)(await bank.Provider.RedeliverAsync(lost)).ResponseStatus!);
        Assert.Equal((HttpStatusCode.OK, "approved"), await StateAsync(browser, callback!));
        using var done = await browser.ResumeAsync(captured);
        await Browser.ExpectAsync(HttpStatusCode.OK, done);
        Assert.Equal(["300.00 EUR to DE89370400440532013000"], bank.Executed);
    }

    /// <summary>Takes every page that is free, as somebody else's data does.</summary>
    private static async Task FillAsync(SqliteFile file, string pragma)
    {
        await using var connection = new SqliteConnection(file.ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        await ExecuteAsync("CREATE TABLE IF NOT EXISTS elsewhere (data BLOB)");
        await ExecuteAsync(pragma);
        var failure = await Assert.ThrowsAsync<SqliteException>(async () =>
        {
            for (;;)
            {
                await ExecuteAsync("INSERT INTO elsewhere VALUES (zeroblob(3900))");
            }
        });
        Assert.Equal(13, failure.SqliteErrorCode);

        async Task ExecuteAsync(string sql)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            await command.ExecuteNonQueryAsync();
        }
    }

    private static async Task<(HttpStatusCode, string?)> StateAsync(Browser browser, Uri callback)
    {
        var (status, state, _) = await browser.ClaimAsync(callback);
        return (status, state);
    }
}
