using System.Transactions;

namespace BiometricTwoFactor.EntityFrameworkCore.Tests;

/// <summary>What the store says is stored stays stored, whatever transaction the application has open and whatever the server's default level is.</summary>
public sealed class OutsideTransactionsTests
{
    [Theory]
    [InlineData("SQLite")]
    [InlineData("PostgreSQL")]
    public async Task An_applications_scope_that_rolls_back_does_not_give_a_used_approval_back(string engine)
    {
        using var file = new SqliteFile();
        await using var host = engine == "SQLite" ? StoreHost.OnSqlite(file.ConnectionString) : StoreHost.OnPostgreSql(await (await PostgreSqlServer.Shared).MigratedAsync());
        if (engine == "SQLite")
        {
            await host.Services.MigrateBiometricStoreAsync();
        }

        var pending = await Samples.AddAsync(host.Store, Samples.New("one"));
        var approved = pending with { State = ChallengeState.Approved, ApprovedAt = Samples.Now, ClaimedAt = Samples.Now, ExecuteBy = Samples.Now.AddMinutes(10), Version = pending.Version + 1 };
        Assert.Equal(ReplaceResult.Replaced, await host.Store.TryReplaceAsync(approved));
        using (new TransactionScope(TransactionScopeAsyncFlowOption.Enabled))
        {
            var use = new ConsumeRequest(approved.Binding, approved.Reason, approved.Digest, "operation", "one", Samples.Now.AddMinutes(1));
            Assert.Equal(ConsumeOutcome.Consumed, (await host.Store.TryConsumeAsync(use)).Outcome);
        }

        Assert.Equal(ChallengeState.Consumed, (await host.Store.FindAsync("one"))!.State);
    }

    [Theory]
    [InlineData("repeatable read")]
    [InlineData("serializable")]
    public async Task One_question_has_one_challenge_at_any_default_level_of_the_server(string level)
    {
        var connection = await (await PostgreSqlServer.Shared).MigratedAsync();
        await using var host = StoreHost.OnPostgreSql($"{connection};Options=-c default_transaction_isolation={level.Replace(" ", "\\ ", StringComparison.Ordinal)}");
        for (var round = 0; round < 40; round++)
        {
            var question = Samples.New("") with { Digest = "question " + round };
            var made = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => Task.Run(() =>
                Samples.AddAsync(host.Store, question with { Id = $"challenge {round} {number}" }))));
            Assert.Single(made.Select(challenge => challenge.Id).Distinct());
        }
    }
}
