using System.Text;
using Bank;
using BiometricTwoFactor.AspNetCore;
using BiometricTwoFactor.EntityFrameworkCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace BiometricTwoFactor.Force;

/// <summary>
/// Exports the evidence of all that a proof left in the database, and verifies it as <c>biometric2fa evidence verify</c> does,
/// signatures of the deliveries included; each used approval must have its record.
/// </summary>
internal static class EvidenceAudit
{
    /// <summary>What wraps the keys of the evidence, for every machine of the fleet.</summary>
    public static readonly string MasterKey = Convert.ToBase64String(Encoding.ASCII.GetBytes("the force proof's own master key"));

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>What does not hold; empty when all of it does.</summary>
    public static async Task<IReadOnlyList<string>> VerifyAsync(Fleet fleet)
    {
        await using var app = Build(fleet);
        await using var scope = app.Services.CreateAsyncScope();
        var evidence = scope.ServiceProvider.GetRequiredService<StepUpEvidence>();
        var options = new EvidenceVerifierOptions();
        options.Secrets.Add(new WebhookSecret(fleet.Emulator.WebhookSecret));

        // The machines chain what waits; until then it is not in the chain.
        for (var end = DateTime.UtcNow + Patience; ;)
        {
            using var file = new MemoryStream();
            await evidence.ExportAsync(file);
            file.Position = 0;
            var verified = await EvidenceVerifier.VerifyAsync(file, options);
            if (verified.Waiting > 0 && DateTime.UtcNow < end)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200));
                continue;
            }

            var problems = verified.Problems.Select(problem => problem.ToString()).ToList();
            if (verified.Waiting > 0)
            {
                problems.Add($"{verified.Waiting} drafts are not chained");
            }

            await using var bank = fleet.Database.Open();
            var used = await bank.Database.SqlQueryRaw<int>("SELECT COUNT(*) AS \"Value\" FROM biometric_challenges WHERE state = 3").SingleAsync();
            var told = Encoding.UTF8.GetString(file.GetBuffer(), 0, (int)file.Length).Split('\n').Count(line => line.Contains("\"kind\":\"Used\"", StringComparison.Ordinal));
            if (used != told)
            {
                problems.Add($"{used} approvals were used, and {told} entries say so");
            }

            return problems;
        }
    }

    /// <summary>The bank's store and evidence without its pages; nothing of it is started.</summary>
    private static WebApplication Build(Fleet fleet)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddDbContext<BankDbContext>(options => _ = fleet.Database.Provider == "Sqlite"
            ? options.UseSqlite(fleet.Database.ConnectionString)
            : options.UseNpgsql(fleet.Database.ConnectionString));
        builder.Services.AddBiometricStepUp(
            options =>
            {
                options.WebhookSecrets.Add(new WebhookSecret(fleet.Emulator.WebhookSecret));
                options.Evidence.MasterKey = MasterKey;
                options.PublicOrigin = "http://localhost";
                options.Environment = ProviderEnvironment.Sandbox;
                options.AllowNonLiveProviderInProduction = true;
                options.Workflows.StepUp.Id = "none-is-opened-here";
            },
            client => (client.ApiKey, client.BaseAddress) = (fleet.Emulator.ApiKey, fleet.Emulator.BaseAddress))
            .AddEntityFrameworkStore<BankDbContext>();
        builder.Services.RemoveAll<IHostedService>();
        return builder.Build();
    }
}
