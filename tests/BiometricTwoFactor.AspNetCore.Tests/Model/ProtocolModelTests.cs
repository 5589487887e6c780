using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;
using Xunit.Abstractions;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>
/// Random interleavings of user, attacker, provider and clock against a model of the protocol. After each step: no approval
/// used twice, by another binding, for other facts, unclaimed, after its time, or without the provider's verdict for it; at
/// the end: the honest person can pay. A failure prints the shortest script found and the seed, and has found a comparison of bindings that was weakened by hand. BIOMETRIC2FA_MODEL_RUNS
/// makes it longer, and BIOMETRIC2FA_MODEL_SEED takes a seed (the first number of a failure) other than the usual one.
/// </summary>
public sealed class ProtocolModelTests(ITestOutputHelper output)
{
    private const int UsualRuns = 80;
    private const ulong UsualSeed = 20_261_125;
    private const int RunsPerBank = 10;

    [Fact]
    public void No_interleaving_finds_an_approval_misused_or_an_honest_person_stuck()
    {
        var runs = (int)Number("BIOMETRIC2FA_MODEL_RUNS", UsualRuns);
        var seed = Number("BIOMETRIC2FA_MODEL_SEED", runs == UsualRuns ? UsualSeed : (ulong)Random.Shared.NextInt64());
        output.WriteLine($"Seed {seed}, {runs} runs.");
        var reached = new SortedDictionary<string, int>(StringComparer.Ordinal);
        using var banks = new Banks();
        var config = Config.QuickThrowOnFailure.WithMaxTest(runs).WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(seed), FSharpOption<int>.None)));
        Prop.ForAll(Script.Any(30, 60), script => banks.RunAsync(script, reached).GetAwaiter().GetResult()).Check(config);

        output.WriteLine(string.Join(", ", reached.Select(entry => $"{entry.Key}: {entry.Value}")));

        // A model that reaches nothing finds nothing.
        foreach (var must in new[] { "executed", "confirmed", "reversed", "taken over", "claimed elsewhere", "signed out", "cancelled", "claim answered 200", "claim answered 202" })
        {
            Assert.True(reached.ContainsKey(must), $"No run reached: {must}");
        }
    }

    private static ulong Number(string variable, ulong otherwise) =>
        ulong.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;

    /// <summary>One bank serves several runs, each with people of its own; one that failed serves no other.</summary>
    private sealed class Banks : IDisposable
    {
        private ModelBank? _bank;
        private int _runs;

        public async Task RunAsync(Script script, IDictionary<string, int> reached)
        {
            _bank ??= await ModelBank.StartAsync();
            try
            {
                using var run = new ModelRun(_bank, _runs, reached);
                await run.RunAsync(script);
            }
            catch
            {
                await EndAsync();
                throw;
            }

            if (++_runs % RunsPerBank == 0)
            {
                await EndAsync();
            }
        }

        public void Dispose() => EndAsync().GetAwaiter().GetResult();

        private async Task EndAsync()
        {
            if (_bank is { } bank)
            {
                _bank = null;
                await bank.DisposeAsync();
            }
        }
    }
}
