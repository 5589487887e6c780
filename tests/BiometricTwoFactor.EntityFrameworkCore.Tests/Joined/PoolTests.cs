using System.Net;
using BiometricTwoFactor.AspNetCore.Tests;
using BiometricTwoFactor.Emulator;

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
