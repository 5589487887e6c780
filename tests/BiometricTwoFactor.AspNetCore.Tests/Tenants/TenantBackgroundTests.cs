using BiometricTwoFactor.Emulator;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>One tenant's trouble is not another's: its provider's, its configuration's.</summary>
public sealed class TenantBackgroundTests
{
    [Fact]
    public async Task A_provider_that_asked_to_be_left_alone_holds_up_no_other_tenants_verdict()
    {
        var time = new ManualTime();
        await using var banks = await TwoTenants.StartAsync(setup => setup.Time = time);
        var (north, south) = (await AskedAsync(banks, TwoTenants.North), await AskedAsync(banks, TwoTenants.South));
        var pause = banks.Bank.Services.GetRequiredService<ProviderPause>();
        foreach (var (tenant, provider) in banks.Providers)
        {
            provider.WebhookUrl = null; // nobody tells: it is read
            await provider.CompleteAsync(banks.LastSession(tenant).Id);
        }

        pause.Note(TwoTenants.North, new BiometricException(BiometricErrorCode.RateLimited, "Too many.") { RetryAfter = TimeSpan.FromMinutes(5) });
        time.Advance(TimeSpan.FromMinutes(1));
        await ReconcileAsync(banks);
        await banks.Bank.UntilAsync(south, challenge => challenge.State == ChallengeState.Approved);
        Assert.Equal(ChallengeState.Pending, (await banks.Bank.ChallengeAsync(north)).State);

        time.Advance(TimeSpan.FromMinutes(5));
        await ReconcileAsync(banks);
        await banks.Bank.UntilAsync(north, challenge => challenge.State == ChallengeState.Approved);
    }

    [Fact]
    public async Task Deletions_of_a_provider_that_is_left_alone_wait_and_the_others_do_not()
    {
        var time = new ManualTime();
        await using var banks = await TwoTenants.StartAsync(setup => setup.Time = time);
        foreach (var tenant in banks.Providers.Keys)
        {
            var id = await AskedAsync(banks, tenant);
            await banks.Bank.Services.CreateScope().ServiceProvider.GetRequiredService<ChallengeWriter>().EndAsync(
                await banks.Bank.ChallengeAsync(id), ChallengeState.Abandoned, JudgementReason.GivenUp, CancellationToken.None);
        }

        banks.Bank.Services.GetRequiredService<ProviderPause>().Note(
            TwoTenants.North, new BiometricException(BiometricErrorCode.RateLimited, "Too many.") { RetryAfter = TimeSpan.FromMinutes(1) });
        await banks.Bank.SweepAsync();
        Assert.False(banks.LastSession(TwoTenants.North).IsDeleted);
        Assert.True(banks.LastSession(TwoTenants.South).IsDeleted);
        time.Advance(TimeSpan.FromMinutes(2));
        await banks.Bank.SweepAsync();
        Assert.True(banks.LastSession(TwoTenants.North).IsDeleted);
    }

    /// <summary>A tenant is taken out of the configuration while the store still has its challenges.</summary>
    [Fact]
    public async Task What_is_left_of_a_tenant_that_is_gone_ends_and_holds_up_nobody()
    {
        var time = new ManualTime();
        await using var banks = await TwoTenants.StartAsync(setup => setup.Time = time);
        var south = await AskedAsync(banks, TwoTenants.South);
        var orphan = (await banks.Bank.ChallengeAsync(south)) with
        {
            Id = ChallengeIds.New(),
            Binding = (await banks.Bank.ChallengeAsync(south)).Binding with { Tenant = "gone" },
            Version = 0,
            NextReadAt = time.GetUtcNow(),
        };
        await banks.Bank.Store.AddOrGetAsync(orphan, 10, DateTimeOffset.MinValue);
        await banks.Bank.Store.QueueDeletionAsync(new SessionDeletion("gone", orphan.SessionId!.Value, orphan.VendorData, FaceInDoubt: false, time.GetUtcNow()));
        banks.Providers[TwoTenants.South].WebhookUrl = null;
        await banks.Providers[TwoTenants.South].CompleteAsync(banks.LastSession(TwoTenants.South).Id);

        time.Advance(TimeSpan.FromMinutes(1));
        await ReconcileAsync(banks);
        await banks.Bank.SweepAsync();
        await banks.Bank.UntilAsync(south, challenge => challenge.State == ChallengeState.Approved);
        Assert.Equal(ChallengeState.Pending, (await banks.Bank.ChallengeAsync(orphan.Id)).State);
        Assert.False(banks.LastSession(TwoTenants.South).IsDeleted); // not deleted in another tenant's name

        time.Advance(TimeSpan.FromMinutes(10));
        await banks.Bank.SweepAsync();
        Assert.Equal(ChallengeState.Expired, (await banks.Bank.ChallengeAsync(orphan.Id)).State);
    }

    private static async Task<string> AskedAsync(TwoTenants banks, string tenant)
    {
        using var alice = await banks.SignedInAsync(tenant);
        var id = await alice.AskAsync();
        await alice.StartedAsync(id);
        return id;
    }

    private static Task ReconcileAsync(TwoTenants banks) =>
        banks.Bank.Services.GetServices<IHostedService>().OfType<Reconciler>().Single().ReconcileAsync(CancellationToken.None);
}
