using System.Security.Cryptography;

namespace BiometricTwoFactor.Force.Tests;

/// <summary>The short form of tests/force: the same proofs, a few rounds of them. A seed is in each failure's report.</summary>
public sealed class ForceTests
{
    private static readonly TimeSpan ShortLifetime = TimeSpan.FromSeconds(15);

    private static readonly ForceSettings Short = new() { Seed = RandomNumberGenerator.GetInt32(int.MaxValue), Payers = 4, Rounds = 3, PaymentsPerRound = 1, Lifetime = ShortLifetime };

    [Fact]
    public async Task Two_processes_on_one_PostgreSQL_use_each_approval_exactly_once() =>
        Holds(await ParallelProof.RunAsync(Short with { Approvals = 16, Attempts = 320, Lifetime = TimeSpan.FromMinutes(10) }));

    [Fact]
    public async Task A_killed_process_on_SQLite_loses_no_approval_and_uses_none_twice() =>
        Holds(await KillProof.RunAsync(Short with { Engine = Engine.Sqlite, Machines = 1 }));

    [Fact]
    public async Task Killed_processes_on_PostgreSQL_lose_no_approval_and_use_none_twice() =>
        Holds(await KillProof.RunAsync(Short));

    [Fact]
    public async Task In_plain_mode_a_killed_process_uses_no_approval_twice() =>
        Holds(await KillProof.RunAsync(Short with { Engine = Engine.Sqlite, Machines = 1, Joined = false, Rounds = 2 }));

    private static void Holds(Report report) => Assert.True(report.Holds, report + Environment.NewLine + report.Logs);
}
