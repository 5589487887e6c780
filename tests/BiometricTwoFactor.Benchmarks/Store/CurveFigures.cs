using System.Diagnostics;
using System.Globalization;
using BiometricTwoFactor.EntityFrameworkCore.Tests;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace BiometricTwoFactor.Benchmarks;

/// <summary>
/// What a complete step-up costs where few are stored and where a million are: one client, batch by batch in turns over all
/// sizes, so that whatever else the machine does disturbs each alike. <c>-- curve [postgresql|sqlite] [largest] [rounds]</c>.
/// </summary>
internal static class CurveFigures
{
    public const string Command = "curve";

    private const int Least = 1_000;
    private const int WarmUp = 4;

    public static async Task<int> RunAsync(string[] arguments)
    {
        var engine = arguments is [var named, ..] ? named : "both";
        var largest = arguments.Length > 1 ? int.Parse(arguments[1], CultureInfo.InvariantCulture) : 1_000_000;
        var rounds = arguments.Length > 2 ? int.Parse(arguments[2], CultureInfo.InvariantCulture) : 25;
        List<int> sizes = [];
        for (var size = Least; size <= largest; size *= 10)
        {
            sizes.Add(size);
        }

        Machine.Introduce(string.Create(CultureInfo.InvariantCulture, $"{rounds} rounds of {StepUpNumber.Batch} step-ups with their chaining at each size, in turns"));
        if (engine is "both" or "postgresql")
        {
            // Without waiting for the disk, which is the same at every size and would hide what is not.
            await using var server = await PostgreSqlServer.StartAsync([.. StepUpFigures.Server, "fsync=off"]);
            await MeasureAsync("PostgreSQL, fsync=off", sizes, rounds, size => OnPostgreSqlAsync(server, size));
        }

        if (engine is "both" or "sqlite")
        {
            var folder = Directory.CreateTempSubdirectory("curve-");
            try
            {
                await MeasureAsync("SQLite, WAL, synchronous=FULL", sizes, rounds, size => OnSqliteAsync(Path.Combine(folder.FullName, $"{size}.db"), size));
            }
            finally
            {
                SqliteConnection.ClearAllPools();
                folder.Delete(recursive: true);
            }
        }

        return 0;
    }

    private static async Task MeasureAsync(string what, List<int> sizes, int rounds, Func<int, Task<StoreUnderTest>> fill)
    {
        List<StoreUnderTest> stores = [];
        foreach (var size in sizes)
        {
            var start = Stopwatch.GetTimestamp();
            stores.Add(await fill(size));
            Machine.Row($"  {what}: filled to {size} in {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s");
        }

        var taken = sizes.ConvertAll(_ => new List<double>());
        for (var round = 0; round < WarmUp + rounds; round++)
        {
            for (var size = 0; size < sizes.Count; size++)
            {
                var start = Stopwatch.GetTimestamp();
                await stores[size].RunAsync(client: 0, from: round * StepUpNumber.Batch, count: StepUpNumber.Batch);
                taken[size].Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds / StepUpNumber.Batch);
            }
        }

        Console.WriteLine($"| {what}: stored challenges | ms a step-up | against {Least} stored | bound |");
        for (var size = 0; size < sizes.Count; size++)
        {
            // Of the ratios within each round, since the machine's load changes from round to round.
            double[] ratios = [.. taken[size].Zip(taken[0], (here, least) => here / least).Skip(WarmUp)];
            Machine.Row($"| {sizes[size]} | {Machine.Median(taken[size][WarmUp..]):0.00} | {Machine.Median(ratios):0.00} | at most 1.20 |");
        }

        foreach (var store in stores)
        {
            await store.DisposeAsync();
        }
    }

    private static async Task<StoreUnderTest> OnPostgreSqlAsync(PostgreSqlServer server, int size)
    {
        var connectionString = await server.EmptyAsync();
        var store = StoreUnderTest.OnPostgreSql(connectionString);
        await PrepareAsync(store);
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        var fill = new StoreFill(connection, isSqlite: false, Template);
        await fill.AddAsync(size - StepUpNumber.Batch);
        await fill.ExecuteAsync("VACUUM (ANALYZE)");
        await fill.ExecuteAsync("CHECKPOINT");
        return store;
    }

    private static async Task<StoreUnderTest> OnSqliteAsync(string file, int size)
    {
        var store = StoreUnderTest.OnSqlite($"Data Source={file}");
        await PrepareAsync(store);
        await using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        await connection.OpenAsync();
        var fill = new StoreFill(connection, isSqlite: true, Template);
        await fill.ExecuteAsync("PRAGMA cache_size = -3000000; PRAGMA synchronous = OFF");
        await fill.AddAsync(size - StepUpNumber.Batch);
        await fill.ExecuteAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        return store;
    }

    private static StepUpNumber Template => new(StepUpRecording.Client, StepUpNumber.Batch - 1);

    private static async Task PrepareAsync(StoreUnderTest store)
    {
        await store.PrepareAsync([0]);
        await store.RunAsync(StepUpRecording.Client, from: 0, count: StepUpNumber.Batch);
    }
}
