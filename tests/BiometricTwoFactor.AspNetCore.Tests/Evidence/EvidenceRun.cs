using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>What tests of the evidence read of a relying party.</summary>
internal static class EvidenceRun
{
    public static EvidenceChainer Chainer(this RelyingParty bank) => bank.Services.GetRequiredService<EvidenceChainer>();

    /// <summary>The chain of everything that was written until now.</summary>
    public static async Task<IReadOnlyList<ChainedEvidence>> ChainAsync(this RelyingParty bank)
    {
        await bank.Chainer().ChainAsync(CancellationToken.None);
        Assert.Empty(await bank.Store.ListWaitingEvidenceAsync(1));
        List<ChainedEvidence> entries = [];
        await foreach (var entry in bank.Store.ReadEvidenceAsync(new EvidenceQuery()))
        {
            entries.Add(entry);
        }

        return entries;
    }

    public static async Task<IReadOnlyList<(EvidenceKind, string?)>> KindsAsync(this RelyingParty bank, string challenge) =>
        [.. (await bank.ChainAsync()).Where(entry => entry.ChallengeId == challenge).Select(entry => (entry.Kind, entry.Outcome))];

    /// <summary>A challenge's entries as the export has them, in their order.</summary>
    public static async Task<IReadOnlyList<JsonObject>> EntriesAsync(this RelyingParty bank, string challenge) =>
        [.. (await bank.ExportAsync(new EvidenceFilter { ChallengeId = challenge })).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonNode.Parse(line)!.AsObject()).Where(line => line["type"]!.GetValue<string>() == "entry")];

    public static async Task<T> WithEvidenceAsync<T>(this RelyingParty bank, Func<StepUpEvidence, Task<T>> use)
    {
        await bank.Chainer().ChainAsync(CancellationToken.None);
        await using var scope = bank.Services.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<StepUpEvidence>());
    }

    public static Task<string> ExportAsync(this RelyingParty bank, EvidenceFilter? filter = null) => bank.WithEvidenceAsync(async evidence =>
    {
        using var stream = new MemoryStream();
        await evidence.ExportAsync(stream, filter);
        return Encoding.UTF8.GetString(stream.ToArray());
    });

    public static Task<string> ExportCsvAsync(this RelyingParty bank, EvidenceFilter? filter = null) => bank.WithEvidenceAsync(async evidence =>
    {
        using var stream = new MemoryStream();
        await evidence.ExportCsvAsync(stream, filter);
        return Encoding.UTF8.GetString(stream.ToArray());
    });
}
