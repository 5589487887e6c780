using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Npgsql;

namespace BiometricTwoFactor.EntityFrameworkCore.Tests;

/// <summary>Gone, slow, read-only, full: the action is denied, the delivery comes again, and service returns by itself.</summary>
public sealed class FailingDatabaseTests
{
    [Fact]
    public async Task A_database_that_is_gone()
    {
        await using var server = await PostgreSqlServer.StartAsync();
        await server.ExecuteAsync("CREATE DATABASE bank");
        await using var bank = await Bank.StartAsync(options => options.UseNpgsql(server.ConnectionString("bank")), "Staging");
        var id = await bank.ApprovedAsync("/plain");
        Assert.Equal(HttpStatusCode.OK, (await DeliverAsync(bank)).StatusCode);

        await server.StopAsync();
        await DeniedAsync(await bank.PayAsync("/plain", id));
        await DeniedAsync(await bank.PayAsync("/plain"));
        await DeniedAsync(await bank.PayAsync("/transfers", id));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await DeliverAsync(bank)).StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await bank.Client.GetAsync(new Uri("/biometric/challenges/" + id, UriKind.Relative))).StatusCode);

        await server.RunAsync();
        Assert.Equal(HttpStatusCode.OK, (await DeliverAsync(bank)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await bank.PayAsync("/plain", id)).StatusCode);
    }

    [Fact]
    public async Task A_database_that_is_slow()
    {
        var connectionString = await (await PostgreSqlServer.Shared).EmptyAsync();
        await using var bank = await Bank.StartAsync(options => options.UseNpgsql(connectionString + ";Command Timeout=1"), "Staging");
        var id = await bank.ApprovedAsync("/plain");
        await using (var blocker = new NpgsqlConnection(connectionString + ";Pooling=false"))
        {
            await blocker.OpenAsync();
            await using var transaction = await blocker.BeginTransactionAsync();
            await using var command = new NpgsqlCommand("LOCK TABLE biometric_challenges IN ACCESS EXCLUSIVE MODE", blocker, transaction);
            await command.ExecuteNonQueryAsync();
            await DeniedAsync(await bank.PayAsync("/plain", id));
        }

        Assert.Equal(HttpStatusCode.OK, (await bank.PayAsync("/plain", id)).StatusCode);
    }

    [Fact]
    public async Task A_file_that_is_read_only()
    {
        using var file = new SqliteFile();
        var pragma = new PragmaInterceptor("PRAGMA query_only = OFF");
        await using var bank = await Bank.StartAsync(options => options.UseSqlite(file.ConnectionString).AddInterceptors(pragma), "Staging");
        var id = await bank.ApprovedAsync("/plain");

        pragma.Pragma = "PRAGMA query_only = ON";
        await DeniedAsync(await bank.PayAsync("/plain", id));
        await DeniedAsync(await bank.PayAsync("/plain"));
        Assert.Equal(ChallengeState.Approved, (await bank.Store.FindAsync(id))!.State);

        pragma.Pragma = "PRAGMA query_only = OFF";
        Assert.Equal(HttpStatusCode.OK, (await bank.PayAsync("/plain", id)).StatusCode);
    }

    [Fact]
    public async Task A_disk_that_is_full()
    {
        using var file = new SqliteFile();
        var pragma = new PragmaInterceptor("PRAGMA max_page_count = 200");
        await using var bank = await Bank.StartAsync(options => options.UseSqlite(file.ConnectionString).AddInterceptors(pragma), "Staging");
        var number = 0;
        await Assert.ThrowsAsync<StepUpStoreException>(async () =>
        {
            for (; number < 10_000; number++)
            {
                await Samples.AddAsync(bank.Store, Samples.New("challenge-" + number.ToString(CultureInfo.InvariantCulture)));
            }
        });
        Assert.True(number is > 0 and < 10_000);
        Assert.Null(await bank.Store.FindAsync("challenge-" + number.ToString(CultureInfo.InvariantCulture)));

        pragma.Pragma = "PRAGMA max_page_count = 1000000";
        Assert.NotNull(await Samples.AddAsync(bank.Store, Samples.New("again")));
    }

    private static async Task DeniedAsync(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal("urn:biometric-step-up:unavailable", (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("type").GetString());
    }

    /// <summary>A signed delivery for a session of another application: it is looked for in the store.</summary>
    private static async Task<HttpResponseMessage> DeliverAsync(Bank bank)
    {
        var now = TimeProvider.System.GetUtcNow();
        var body = Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"session_id":"11111111-2222-3333-4444-555555555555","status":"Approved","webhook_type":"status.updated","timestamp":{{now.ToUnixTimeSeconds()}},"vendor_data":"nobody"}"""));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/biometric/webhook") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Add(WebhookHeaders.SignatureV2Name, WebhookSigner.SignCanonical(body, new WebhookSecret(Bank.Secret)));
        request.Headers.Add(WebhookHeaders.TimestampName, now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        return await bank.Client.SendAsync(request);
    }
}
