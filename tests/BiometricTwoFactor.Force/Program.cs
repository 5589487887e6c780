using System.Globalization;
using System.Security.Cryptography;
using BiometricTwoFactor.Force;

// tests/force [parallel|kill|all] [--seed N] [--rounds N] [--approvals N] [--attempts N] [--engine Sqlite|PostgreSql] [--mode joined|plain] [--lifetime SECONDS] [--minutes N]
var words = args.Where(argument => !argument.StartsWith("--", StringComparison.Ordinal) && !IsValue(argument)).ToArray();
var what = words is [var one] ? one : "all";
var seed = Number("seed", RandomNumberGenerator.GetInt32(int.MaxValue));
var rounds = Number("rounds", 200);
var parallel = new ForceSettings { Seed = seed, Payers = 25, Approvals = Number("approvals", 500), Attempts = Number("attempts", 10_000), Lifetime = TimeSpan.FromMinutes(10) };
var kill = new ForceSettings { Seed = seed, Rounds = rounds, Lifetime = TimeSpan.FromSeconds(Number("lifetime", 120)), LongestRun = TimeSpan.FromMinutes(Number("minutes", 1_000_000)) };
List<Func<Task<Report>>> proofs = [];
if (what is "all" or "parallel")
{
    proofs.Add(() => ParallelProof.RunAsync(parallel));
    proofs.Add(() => ParallelProof.RunAsync(parallel with { Machines = 4 }));
    proofs.Add(() => ParallelProof.RunAsync(parallel with { Joined = false }));
}

if (what is "all" or "kill")
{
    var engine = Value("engine");
    foreach (var settings in new[]
    {
        kill with { Engine = Engine.Sqlite, Machines = 1 }, kill with { Machines = 2 },
        kill with { Engine = Engine.Sqlite, Machines = 1, Joined = false }, kill with { Machines = 2, Joined = false },
    })
    {
        if ((engine is null || string.Equals(engine, settings.Engine.ToString(), StringComparison.Ordinal))
            && (Value("mode") is not { } mode || settings.Joined == (mode == "joined")))
        {
            proofs.Add(() => KillProof.RunAsync(settings, Console.Out));
        }
    }
}

if (proofs.Count == 0)
{
    Console.Error.WriteLine("usage: tests/force [parallel|kill|all] [--seed N] [--rounds N] [--approvals N] [--attempts N] [--engine Sqlite|PostgreSql] [--mode joined|plain] [--lifetime SECONDS] [--minutes N]");
    return 2;
}

Console.WriteLine($"seed {seed.ToString(CultureInfo.InvariantCulture)}");
var holds = true;
foreach (var proof in proofs)
{
    var report = await proof();
    holds &= report.Holds;
    Console.WriteLine(report);
    if (report.Logs is { Length: > 0 } logs)
    {
        Console.Error.WriteLine(logs);
    }
}

return holds ? 0 : 1;

bool IsValue(string argument) => Array.IndexOf(args, argument) is > 0 and var index && args[index - 1].StartsWith("--", StringComparison.Ordinal);

string? Value(string name) => Array.IndexOf(args, "--" + name) is >= 0 and var index && index + 1 < args.Length ? args[index + 1] : null;

int Number(string name, int otherwise) => Value(name) is { } text ? int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture) : otherwise;
