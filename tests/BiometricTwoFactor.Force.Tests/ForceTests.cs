using System.Security.Cryptography;

namespace BiometricTwoFactor.Force.Tests;

/// <summary>The short form of tests/force: the same proofs, a few rounds of each. A failure's report names the seed.</summary>
public abstract class ForceTests
{
    private protected static readonly ForceSettings Short = new()
    {
        Seed = RandomNumberGenerator.GetInt32(int.MaxValue), Payers = 4, Rounds = 3, PaymentsPerRound = 1, Lifetime = TimeSpan.FromSeconds(15),
    };

    private protected static ForceSettings OnSqlite => Short with { Engine = Engine.Sqlite, Machines = 1 };

    private protected static void Holds(Report report) => Assert.True(report.Holds, report + Environment.NewLine + report.Logs);
}

public sealed class ParallelTests : ForceTests
{
    [Fact]
    public async Task Two_processes_on_one_PostgreSQL_use_each_approval_exactly_once() =>
        Holds(await ParallelProof.RunAsync(Short with { Approvals = 16, Attempts = 320, Lifetime = TimeSpan.FromMinutes(10) }));
}

public sealed class SqliteKillTests : ForceTests
{
    [Fact]
    public async Task A_killed_process_loses_no_approval_and_uses_none_twice() => Holds(await KillProof.RunAsync(OnSqlite));
}

public sealed class PostgreSqlKillTests : ForceTests
{
    [Fact]
    public async Task Killed_processes_lose_no_approval_and_use_none_twice() => Holds(await KillProof.RunAsync(Short));
}

public sealed class PlainKillTests : ForceTests
{
    [Fact]
    public async Task A_killed_process_uses_no_approval_twice() => Holds(await KillProof.RunAsync(OnSqlite with { Joined = false, Rounds = 2 }));
}
