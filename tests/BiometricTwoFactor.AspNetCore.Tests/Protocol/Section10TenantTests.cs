using System.Net;
using System.Text;
using BiometricTwoFactor.Emulator;
using Microsoft.Extensions.DependencyInjection;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Protocol 10: what is one tenant's is nobody else's.</summary>
public sealed class Section10TenantTests
{
    [Fact]
    public async Task Rule_10_1_Each_tenant_asks_its_own_provider_by_its_own_reference_and_is_answered_by_its_own_route()
    {
        await using var banks = await TwoTenants.StartAsync();
        foreach (var tenant in (string[])[TwoTenants.North, TwoTenants.South])
        {
            using var alice = await banks.SignedInAsync(tenant);
            var id = await alice.AskAsync();
            await alice.StartedAsync(id);
            Assert.Equal(tenant + ":alice", banks.LastSession(tenant).VendorData);
            var callback = (await banks.Providers[tenant].CompleteAsync(banks.LastSession(tenant).Id))!;
            Assert.StartsWith($"/biometric/callback/{tenant}/", callback.AbsolutePath, StringComparison.Ordinal);
            var (status, state, _) = await alice.ClaimAsync(callback);
            Assert.Equal((HttpStatusCode.OK, "approved"), (status, state));
            await banks.Providers[tenant].WebhooksIdleAsync();
            Assert.Equal(200, banks.Providers[tenant].Deliveries[^1].ResponseStatus);
            using var resumed = await alice.ResumeAsync(id);
            Assert.Equal(HttpStatusCode.OK, resumed.StatusCode);
        }

        Assert.Equal(2, banks.Bank.Executed.Count);
        Assert.All(banks.Providers.Values, provider => Assert.Single(provider.Sessions));
    }

    [Theory]
    [InlineData("/biometric/webhook", 404)]
    [InlineData("/biometric/webhook/east", 404)]
    [InlineData("/biometric/webhook/NORTH", 404)]
    [InlineData("/biometric/webhook/south", 401)]
    [InlineData("/biometric/webhook/north", 200)]
    public async Task Rule_10_1_A_delivery_counts_on_its_tenants_route_only(string route, int status)
    {
        await using var banks = await TwoTenants.StartAsync();
        using var alice = await banks.SignedInAsync(TwoTenants.North);
        var id = await alice.AskAsync();
        await alice.StartedAsync(id);
        var provider = banks.Providers[TwoTenants.North];
        provider.WebhookUrl = new Uri(banks.Bank.Address, route);
        await provider.CompleteAsync(banks.LastSession(TwoTenants.North).Id);
        await provider.WebhooksIdleAsync();
        Assert.Equal(status, provider.Deliveries.Last(delivery => delivery.Status == SessionStatus.Approved).ResponseStatus);
        Assert.Equal(status == 200 ? ChallengeState.Approved : ChallengeState.Pending, (await banks.Bank.ChallengeAsync(id)).State);
    }

    [Fact]
    public async Task Rule_10_1_Without_tenants_no_route_names_one()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var alice = await bank.SignedInAsync("alice");
        var id = await alice.AskAsync();
        await alice.StartedAsync(id);
        bank.Provider.WebhookUrl = new Uri(bank.Provider.WebhookUrl + "/another");
        await bank.Provider.CompleteAsync(bank.LastSession().Id);
        await bank.Provider.WebhooksIdleAsync();

        // Signed under a secret that is right on the route without a name.
        Assert.Equal(404, bank.Provider.Deliveries.Last(delivery => delivery.Status == SessionStatus.Approved).ResponseStatus);
        Assert.DoesNotContain(await bank.ChainAsync(), entry => entry.Kind == EvidenceKind.Delivered);
    }

    /// <summary>A rogue tenant can have its own provider, or whoever holds its secret, say anything at all.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Rule_10_1_What_one_tenant_signs_about_anothers_session_changes_nothing_and_is_told(bool withNonce)
    {
        await using var banks = await TwoTenants.StartAsync();
        using var alice = await banks.SignedInAsync(TwoTenants.North);
        var id = await alice.AskAsync();
        await alice.StartedAsync(id);
        var north = banks.Providers[TwoTenants.North];
        north.Faults.HoldWebhooks = true;
        await north.CompleteAsync(banks.LastSession(TwoTenants.North).Id);
        north.Faults.Unavailable = true; // nothing can be read either
        var body = Delivery(banks.LastSession(TwoTenants.North).Id, withNonce ? id : null);

        using var answer = await DeliverAsync(banks, TwoTenants.South, body, banks.Providers[TwoTenants.South].WebhookSecret);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(ChallengeState.Pending, (await banks.Bank.ChallengeAsync(id)).State);
        Assert.Contains(StepUpEventKind.ForeignTenant, banks.Bank.Events.Kinds);
        Assert.DoesNotContain(await banks.Bank.Store.ListEvidenceTenantsAsync(), tenant => tenant == TwoTenants.South);

        // The same words under the right name count.
        using var own = await DeliverAsync(banks, TwoTenants.North, body, north.WebhookSecret);
        Assert.Equal(HttpStatusCode.OK, own.StatusCode);
        Assert.Single(banks.Bank.Events.Kinds, kind => kind == StepUpEventKind.ForeignTenant);
    }

    [Fact]
    public async Task Rule_10_2_An_approval_of_one_tenant_is_nothing_in_another_for_the_same_user()
    {
        await using var banks = await TwoTenants.StartAsync();
        using var alice = await banks.SignedInAsync(TwoTenants.North);
        var id = await alice.AskAsync();
        await alice.StartedAsync(id);
        await alice.ClaimAsync((await banks.Providers[TwoTenants.North].CompleteAsync(banks.LastSession(TwoTenants.North).Id))!);
        Assert.True((await banks.Bank.ChallengeAsync(id)).IsUsableAt(TimeProvider.System.GetUtcNow()));

        using var there = await banks.SignedInAsync(TwoTenants.South);
        Assert.NotEqual(id, await there.AskAsync());
        Assert.Empty(banks.Bank.Executed);
        foreach (var route in (string[])["confirm", "challenges", "resume"])
        {
            using var strange = await there.GetAsync($"/biometric/{route}/{id}");
            Assert.Equal(HttpStatusCode.NotFound, strange.StatusCode);
        }

        using var resumed = await alice.ResumeAsync(id);
        Assert.Equal(HttpStatusCode.OK, resumed.StatusCode);
        Assert.Single(banks.Bank.Executed);
    }

    /// <summary>
    /// The application's own cookie opens at both, since it is one application: whoever makes accounts at one tenant would be,
    /// with the same user id, a person of the other.
    /// </summary>
    [Fact]
    public async Task Rule_10_2_Who_signed_in_at_one_tenant_is_nobody_at_another()
    {
        await using var banks = await TwoTenants.StartAsync();
        using var alice = await banks.SignedInAsync(TwoTenants.North);
        var id = await alice.AskAsync();
        await alice.StartedAsync(id);
        var callback = (await banks.Providers[TwoTenants.North].CompleteAsync(banks.LastSession(TwoTenants.North).Id))!;

        alice.Host = TwoTenants.HostOf(TwoTenants.South);
        using var asked = await alice.TransferAsync();
        Assert.DoesNotContain("/biometric/", asked.Headers.Location?.ToString() ?? "", StringComparison.Ordinal);
        Assert.NotEqual(HttpStatusCode.OK, asked.StatusCode);
        Assert.Empty(await banks.Bank.Store.ListOpenAsync(TwoTenants.South, "alice"));
        Assert.Equal(HttpStatusCode.Unauthorized, (await alice.ClaimAsync(callback)).Status); // sign in again, where it began
        Assert.Null((await banks.Bank.ChallengeAsync(id)).ClaimedAt);
        Assert.Empty(banks.Bank.Executed);

        alice.Host = TwoTenants.HostOf(TwoTenants.North);
        Assert.Equal(HttpStatusCode.OK, (await alice.ClaimAsync(callback)).Status);
        using var resumed = await alice.ResumeAsync(id);
        Assert.Equal(HttpStatusCode.OK, resumed.StatusCode);
    }

    [Fact]
    public async Task Rule_10_2_A_code_that_is_claimed_at_another_tenant_is_a_foreign_one()
    {
        await using var banks = await TwoTenants.StartAsync();
        using var alice = await banks.SignedInAsync(TwoTenants.North);
        using var there = await banks.SignedInAsync(TwoTenants.South);
        var id = await alice.AskAsync();
        await alice.StartedAsync(id);
        var callback = (await banks.Providers[TwoTenants.North].CompleteAsync(banks.LastSession(TwoTenants.North).Id))!;
        var (status, _, _) = await there.ClaimAsync(callback);
        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Equal(ChallengeState.Violated, (await banks.Bank.UntilAsync(id, challenge => !challenge.IsOpen)).State);
        Assert.Contains(StepUpEventKind.ClaimedElsewhere, banks.Bank.Events.Kinds);
    }

    /// <summary>The other device is signed in nowhere: the link says whose it is.</summary>
    [Fact]
    public async Task Rule_10_2_A_hand_over_belongs_to_the_tenant_that_its_link_names()
    {
        await using var banks = await TwoTenants.StartAsync();
        using var alice = await banks.SignedInAsync(TwoTenants.North);
        var id = await alice.AskAsync();
        var (link, digits) = await banks.Bank.HandOverAsync(alice, id);
        Assert.StartsWith("/biometric/device/north/", link, StringComparison.Ordinal);

        using var phone = banks.Bank.NewBrowser();
        phone.Host = TwoTenants.HostOf(TwoTenants.North);
        foreach (var strange in (string[])[link.Replace("/north/", "/south/", StringComparison.Ordinal), link.Replace("/north/", "/", StringComparison.Ordinal)])
        {
            using var nothing = await phone.GetAsync(strange);
            Assert.Equal(HttpStatusCode.NotFound, nothing.StatusCode);
        }

        await phone.TakeAsync(link, digits);
        using var started = await phone.StartHandedAsync();
        await Browser.ExpectAsync(HttpStatusCode.SeeOther, started);
        var callback = (await banks.Providers[TwoTenants.North].CompleteAsync(banks.LastSession(TwoTenants.North).Id))!;
        Assert.Equal("handed-over", (await phone.ClaimAsync(callback)).State);
        using var resumed = await alice.ResumeAsync(id);
        Assert.Equal(HttpStatusCode.OK, resumed.StatusCode);
        Assert.Single(banks.Bank.Executed);
        Assert.DoesNotContain(link[(link.LastIndexOf('/') + 1)..], banks.Bank.Logs.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rule_10_2_What_is_known_of_a_person_is_known_to_one_tenant()
    {
        await using var banks = await TwoTenants.StartAsync();
        using var alice = await banks.SignedInAsync(TwoTenants.North);
        var id = await alice.AskAsync();
        await alice.StartedAsync(id);
        await alice.ClaimAsync((await banks.Providers[TwoTenants.North].CompleteAsync(banks.LastSession(TwoTenants.North).Id))!);
        using var resumed = await alice.ResumeAsync(id);
        Assert.Equal(HttpStatusCode.OK, resumed.StatusCode);

        var amount = 900;

        // The device is known where its approval was used, and the same browser is a new one elsewhere.
        Assert.True(await IsKnownAsync(TwoTenants.North));
        Assert.False(await IsKnownAsync(TwoTenants.South));

        // Whose the support desk's call is has to be said, and reaches nobody else.
        using var scope = banks.Bank.Services.CreateScope();
        var service = scope.ServiceProvider.GetRequiredService<StepUpService>();
        await Assert.ThrowsAsync<InvalidOperationException>(() => service.ForgetDevicesAsync("alice"));
        Assert.Throws<ArgumentException>(() => service.ForTenant("east"));
        await service.ForTenant(TwoTenants.South).ForgetDevicesAsync("alice");
        Assert.True(await IsKnownAsync(TwoTenants.North));
        await service.ForTenant(TwoTenants.North).ForgetDevicesAsync("alice");
        Assert.False(await IsKnownAsync(TwoTenants.North));

        var evidence = scope.ServiceProvider.GetRequiredService<StepUpEvidence>();
        await banks.Bank.ChainAsync();
        Assert.True(await evidence.ForTenant(TwoTenants.North).ExportAsync(Stream.Null) > 0);

        // Each a new question: the same one would be answered with the challenge that was made before.
        async Task<bool> IsKnownAsync(string tenant)
        {
            alice.Host = TwoTenants.HostOf(tenant);
            await alice.SignInAsync("alice");
            return (await banks.Bank.ChallengeAsync(await alice.AskAsync($"{++amount}.00"))).AskedFrom.IsKnown;
        }
    }

    [Theory]
    [InlineData("bank.test")]
    [InlineData("east.bank.test")]
    [InlineData("north.evil.test")]
    public async Task Rule_10_3_A_request_that_is_no_tenants_reaches_nothing(string host)
    {
        await using var banks = await TwoTenants.StartAsync();
        using var alice = await banks.SignedInAsync(TwoTenants.North);
        var id = await alice.AskAsync();
        alice.Host = host;
        using var transfer = await alice.TransferAsync();
        using var page = await alice.GetAsync($"/biometric/confirm/{id}");
        using var start = await alice.StartAsync(id);
        Assert.Equal(HttpStatusCode.NotFound, transfer.StatusCode);
        Assert.DoesNotContain("Ada Lovelace", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, start.StatusCode);
        Assert.Empty(banks.Bank.Executed);
        Assert.Empty(banks.Providers[TwoTenants.North].Sessions);
    }

    [Fact]
    public async Task Rule_10_4_Lines_traces_and_measurements_say_whose_they_are()
    {
        await using var banks = await TwoTenants.StartAsync();
        using var measured = new Measured(banks.Bank.Services);
        using var alice = await banks.SignedInAsync(TwoTenants.South);
        var id = await alice.AskAsync();
        await alice.StartedAsync(id);
        await alice.ClaimAsync((await banks.Providers[TwoTenants.South].CompleteAsync(banks.LastSession(TwoTenants.South).Id))!);
        await banks.Providers[TwoTenants.South].WebhooksIdleAsync();
        Assert.Contains("biometric.tenant=south", measured.All, StringComparison.Ordinal);
        Assert.All(
            measured.All.Split('\n'),
            series => Assert.Contains(series.StartsWith("biometric.provider", StringComparison.Ordinal) ? "biometric.client=south" : "biometric.tenant=south", series, StringComparison.Ordinal));
        Assert.Contains("biometric.tenant south", banks.Bank.Logs.All, StringComparison.Ordinal);
        Assert.DoesNotContain("biometric.tenant north", banks.Bank.Logs.All, StringComparison.Ordinal);
    }

    private static byte[] Delivery(SessionId session, string? nonce) => Encoding.UTF8.GetBytes(
        $$$"""{"event_id":"ev_1","webhook_type":"status.updated","timestamp":{{{DateTimeOffset.UtcNow.ToUnixTimeSeconds()}}},"session_id":"{{{session}}}","status":"Approved","vendor_data":"north:alice"{{{(nonce is null ? "" : $",\"metadata\":{{\"nonce\":\"{nonce}\"}}")}}}}""");

    private static async Task<HttpResponseMessage> DeliverAsync(TwoTenants banks, string tenant, byte[] body, string secret)
    {
        using var http = new HttpClient { BaseAddress = banks.Bank.Address };
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/biometric/webhook/{tenant}") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Add(WebhookHeaders.SignatureV2Name, WebhookSigner.SignCanonical(body, new WebhookSecret(secret)));
        return await http.SendAsync(request);
    }
}
