using System.Net;
using BiometricTwoFactor.AspNetCore.Tests;
using BiometricTwoFactor.Emulator;
using Npgsql;

namespace BiometricTwoFactor.EntityFrameworkCore.Tests;

/// <summary>Fewer connections than people: everybody gets through, and who only waits keeps none.</summary>
public sealed class PoolTests
{
    private const int People = 40;

    [Theory]
    [InlineData("AddDbContext")]
    [InlineData("AddDbContextPool")]
    [InlineData("AddPooledDbContextFactory")]
    public async Task Forty_people_at_once_get_through_two_connections(string registration)
    {
        await using var database = await BankDatabase.CreateAsync(Engine.PostgreSql, ";Maximum Pool Size=2");
        await using var bank = await database.StartAsync(services => Register(services, registration, database.Use));
        var people = await Task.WhenAll(Enumerable.Range(0, People).Select(number => bank.SignedInAsync("person-" + number)));
        var asked = await Task.WhenAll(people.Select(AskAsync));
        await Task.WhenAll(people.Zip(asked, (browser, id) => browser.StartedAsync(id)));

        // All of them watch, as their pages do, while all of them show their faces.
        var watching = people.Zip(asked, (browser, id) => browser.GetAsync($"/biometric/challenges/{id}?wait=25")).ToArray();
        var shown = await Task.WhenAll(asked.Select(async id => await bank.Provider.CompleteAsync((await bank.ChallengeAsync(id)).SessionId!.Value, SandboxScenario.Approve)));
        var claimed = await Task.WhenAll(people.Zip(shown, (browser, callback) => browser.ClaimAsync(callback!)));
        Assert.All(claimed, claim => Assert.Equal((HttpStatusCode.OK, "approved"), (claim.Status, claim.State)));
        foreach (var answer in await Task.WhenAll(watching))
        {
            await Browser.ExpectAsync(HttpStatusCode.OK, answer);
            answer.Dispose();
        }

        foreach (var answer in await Task.WhenAll(people.Zip(asked, (browser, id) => browser.ResumeAsync(id))))
        {
            await Browser.ExpectAsync(HttpStatusCode.OK, answer);
            answer.Dispose();
        }

        Assert.Equal(People, await database.TransfersAsync());
        Assert.Equal(People, (await bank.ChainAsync()).Count(entry => entry.Kind == EvidenceKind.Used));
        Array.ForEach(people, browser => browser.Dispose());
    }

    /// <summary>
    /// Two approvals of one payment, presented as one operation while the first one's use is on its way: the second breaks the
    /// unique index, and has to look what the first became.
    /// </summary>
    [Fact]
    public async Task Who_finds_the_operation_taken_looks_on_the_connection_that_it_holds()
    {
        var connectionString = await (await PostgreSqlServer.Shared).EmptyAsync();
        await using var bank = await Bank.StartAsync(options => options.UseNpgsql(connectionString + ";Maximum Pool Size=1"), "Staging");
        var first = await bank.ApprovedAsync("/transfers");
        var approved = (await bank.Store.FindAsync(first))!;
        var second = await Samples.AddAsync(bank.Store, approved with { Id = ChallengeIds.New(), State = ChallengeState.Pending, FaceMatchFloorPercent = 90m, Version = 0 });
        Assert.NotEqual(first, second.Id);
        Assert.Equal(ReplaceResult.Replaced, await bank.Store.TryReplaceAsync(second with { State = ChallengeState.Approved, Version = 1 }));
        using var paid = await bank.PayAsync("/transfers", first, key: "payment-1");
        Assert.Equal(HttpStatusCode.OK, paid.StatusCode);

        // The moment before that commit, once more.
        await using var other = new NpgsqlConnection(connectionString + ";Pooling=false");
        await other.OpenAsync();
        await ExecuteAsync(other, $"CREATE TABLE kept AS SELECT operation_id FROM biometric_challenges WHERE id = '{first}'");
        await ExecuteAsync(other, $"UPDATE biometric_challenges SET state = 2, operation_id = NULL WHERE id = '{first}'");
        await ExecuteAsync(other, $"BEGIN; UPDATE biometric_challenges SET state = 3, operation_id = (SELECT operation_id FROM kept) WHERE id = '{first}'");
        var paying = bank.PayAsync("/transfers", second.Id, key: "payment-1");
        await using (var watching = new NpgsqlConnection(connectionString + ";Pooling=false"))
        {
            await watching.OpenAsync();
            while (!paying.IsCompleted && !await AnyAsync(watching, "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"))
            {
                await Task.Yield();
            }
        }

        Assert.False(paying.IsCompleted);
        await ExecuteAsync(other, "COMMIT");
        using var answer = await paying;
        Assert.Equal((HttpStatusCode.Conflict, "\"AlreadyYours\""), (answer.StatusCode, await answer.Content.ReadAsStringAsync()));
        Assert.Equal(1, await bank.TransfersAsync());
        Assert.Equal(ChallengeState.Approved, (await bank.Store.FindAsync(second.Id))!.State);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<bool> AnyAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync() is not null;
    }

    private static async Task<string> AskAsync(Browser browser)
    {
        using var answer = await browser.PostAsync(LimitEndpoints.Form, ("account", "DE89370400440532013000"), await browser.TokenAsync());
        await Browser.ExpectAsync(HttpStatusCode.SeeOther, answer);
        return Browser.IdOf(answer);
    }

    private static void Register(IServiceCollection services, string registration, Action<DbContextOptionsBuilder> use)
    {
        switch (registration)
        {
            case "AddDbContext":
                services.AddDbContext<BankContext>(use);
                break;
            case "AddDbContextPool":
                services.AddDbContextPool<BankContext>(use);
                break;
            default:
                services.AddPooledDbContextFactory<BankContext>(use);
                services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<BankContext>>().CreateDbContext());
                break;
        }
    }
}
