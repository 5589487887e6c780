using System.Diagnostics;
using System.Globalization;
using BiometricTwoFactor.EntityFrameworkCore.Tests;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace BiometricTwoFactor.Benchmarks;

/// <summary>
/// Complete step-ups on the store beside the bare statements: pgbench on PostgreSQL, the provider alone on SQLite. In turns
/// within one run, each on a copy of the same database, and only where both have written as many rows.
/// <c>-- stepups [postgresql|sqlite] [rounds] [step-ups of a client] [clients]</c>.
/// </summary>
internal static class StepUpFigures
{
    public const string Command = "stepups";

    /// <summary>As large as somebody would set it who means it.</summary>
    public static readonly string[] Server = ["shared_buffers=1GB", "max_wal_size=8GB", "checkpoint_timeout=15min"];

    private delegate Task<double> Side(int from, int count);

    public static async Task<int> RunAsync(string[] arguments)
    {
        var engine = arguments is [var named, ..] ? named : "both";
        var rounds = Number(1, 7);
        var count = Number(2, 400) / StepUpNumber.Batch * StepUpNumber.Batch;
        var clients = Number(3, 8);
        Machine.Introduce(string.Create(CultureInfo.InvariantCulture, $"{clients} clients, {rounds} rounds of {count} step-ups each, in turns"));
        Console.WriteLine("| step-ups a second | ours | against | ratio | bound | rows written by each |");
        var isEqual = true;
        if (engine is "both" or "postgresql")
        {
            isEqual &= await OnPostgreSqlAsync("PostgreSQL, waiting for the disk", clients, rounds, count, Server);
            isEqual &= await OnPostgreSqlAsync("PostgreSQL, fsync=off", clients, rounds, count, [.. Server, "fsync=off"]);
        }

        if (engine is "both" or "sqlite")
        {
            isEqual &= await OnSqliteAsync("SQLite, WAL, synchronous=FULL", clients, rounds, count);
        }

        return isEqual ? 0 : 1;

        int Number(int place, int otherwise) => arguments.Length > place ? int.Parse(arguments[place], CultureInfo.InvariantCulture) : otherwise;
    }

    private static async Task<bool> OnPostgreSqlAsync(string what, int clients, int rounds, int count, string[] settings)
    {
        await using var server = await PostgreSqlServer.StartAsync(settings);
        await server.ExecuteAsync("CREATE DATABASE prepared");
        StepUpRecording recording;
        await using (var store = StoreUnderTest.OnPostgreSql(server.ConnectionString("prepared")))
        {
            await store.PrepareAsync([.. Enumerable.Range(0, clients), StepUpRecording.Client]);
            recording = await StepUpRecording.MakeAsync(store);
        }

        NpgsqlConnection.ClearAllPools();
        await server.ExecuteAsync("CREATE DATABASE ours TEMPLATE prepared");
        await server.ExecuteAsync("CREATE DATABASE theirs TEMPLATE prepared");
        var script = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(script, PgBench.ScriptOf(recording));
            await using var ours = StoreUnderTest.OnPostgreSql(server.ConnectionString("ours"));
            var theirs = new PgBench(server.Port, "theirs", script);
            var before = await BytesAsync(server.ConnectionString("prepared"));
            var isEqual = await CompareAsync(
                what,
                "pgbench -M prepared",
                rounds,
                count,
                (from, some) => RateAsync(clients, some, client => ours.RunAsync(client, from, some)),
                (from, some) => theirs.RunAsync(clients, from, some),
                async () => (await RowsAsync(server.ConnectionString("ours")), await RowsAsync(server.ConnectionString("theirs"))),
                clients);
            var after = await BytesAsync(server.ConnectionString("ours"));
            var bytes = after.Keys.ToDictionary(table => table, table => (after[table] - before[table]) / ((double)clients * count * (rounds + 1)), StringComparer.Ordinal);
            Machine.Row($"  stored for each, with indexes, packed: {bytes.Values.Sum():0} bytes ({string.Join(", ", bytes.Where(table => table.Value >= 1).OrderByDescending(table => table.Value).Select(table => string.Create(CultureInfo.InvariantCulture, $"{table.Key} {table.Value:0}")))})");
            return isEqual;
        }
        finally
        {
            File.Delete(script);
        }
    }

    private static async Task<bool> OnSqliteAsync(string what, int clients, int rounds, int count)
    {
        var folder = Directory.CreateTempSubdirectory("stepups-");
        try
        {
            string FileOf(string name) => Path.Combine(folder.FullName, name + ".db");
            StepUpRecording recording;
            await using (var store = StoreUnderTest.OnSqlite($"Data Source={FileOf("ours")}"))
            {
                await store.PrepareAsync([.. Enumerable.Range(0, clients), StepUpRecording.Client]);
                recording = await StepUpRecording.MakeAsync(store);
            }

            // The last connection takes its log into the file.
            SqliteConnection.ClearAllPools();
            File.Copy(FileOf("ours"), FileOf("theirs"));
            await using var ours = StoreUnderTest.OnSqlite($"Data Source={FileOf("ours")}");
            using var theirs = new BareSqlite($"Data Source={FileOf("theirs")}", recording);
            theirs.Open(clients);
            return await CompareAsync(
                what,
                "Microsoft.Data.Sqlite alone, prepared",
                rounds,
                count,
                (from, some) => RateAsync(clients, some, client => ours.RunAsync(client, from, some)),
                (from, some) => RateAsync(clients, some, client => theirs.RunAsync(client, from, some)),
                async () => (await StoredAsync(FileOf("ours")), await StoredAsync(FileOf("theirs"))),
                clients);
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }

    private static async Task<bool> CompareAsync(
        string what, string against, int rounds, int count, Side ours, Side theirs, Func<Task<(SortedDictionary<string, long> Ours, SortedDictionary<string, long> Theirs)>> rows, int clients)
    {
        // Until all is compiled and planned.
        var before = await rows();
        await ours(0, count);
        await theirs(0, count);
        List<double> oursRates = [], theirRates = [], ratios = [];
        for (var round = 1; round <= rounds; round++)
        {
            oursRates.Add(await ours(round * count, count));
            theirRates.Add(await theirs(round * count, count));
            ratios.Add(oursRates[^1] / theirRates[^1]);
        }

        var after = await rows();
        var all = (double)clients * count * (rounds + 1);
        var differing = after.Ours.Keys.Union(after.Theirs.Keys).Where(table => Written(before.Ours, after.Ours, table) != Written(before.Theirs, after.Theirs, table)).ToArray();
        var each = after.Ours.Keys.Sum(table => Written(before.Ours, after.Ours, table)) / all;
        Machine.Row($"| {what} | {Machine.Median(oursRates):0} | {against}: {Machine.Median(theirRates):0} | {Machine.Median(ratios):0.00} ({ratios.Min():0.00} to {ratios.Max():0.00}) | at least 0.5 | {each:0.00} |");
        foreach (var table in differing)
        {
            Machine.Row($"  {table}: ours {Written(before.Ours, after.Ours, table) / all:0.000} a step-up, theirs {Written(before.Theirs, after.Theirs, table) / all:0.000}: the work was not equal");
        }

        return differing.Length == 0;
    }

    private static long Written(SortedDictionary<string, long> before, SortedDictionary<string, long> after, string table) =>
        after.GetValueOrDefault(table) - before.GetValueOrDefault(table);

    private static async Task<double> RateAsync(int clients, int count, Func<int, Task> run)
    {
        var start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, clients).Select(client => Task.Run(() => run(client))));
        return clients * count / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>Rows inserted, changed and removed, as the server counts them, and the approvals used.</summary>
    private static async Task<SortedDictionary<string, long>> RowsAsync(string connectionString)
    {
        // A session reports what it has done when it is idle for a second, or ends.
        NpgsqlConnection.ClearAllPools();
        await Task.Delay(TimeSpan.FromSeconds(2));
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            "SELECT relname || ' inserted', n_tup_ins FROM pg_stat_user_tables UNION ALL SELECT relname || ' changed', n_tup_upd FROM pg_stat_user_tables "
            + "UNION ALL SELECT relname || ' removed', n_tup_del FROM pg_stat_user_tables",
            connection);
        SortedDictionary<string, long> rows = new(StringComparer.Ordinal);
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                rows[reader.GetString(0)] = reader.GetInt64(1);
            }
        }

        return rows;
    }

    /// <summary>What each table takes on the disk with its indexes once nothing dead is in it.</summary>
    private static async Task<Dictionary<string, long>> BytesAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using (var pack = new NpgsqlCommand("VACUUM FULL", connection) { CommandTimeout = 0 })
        {
            await pack.ExecuteNonQueryAsync();
        }

        await using var command = new NpgsqlCommand("SELECT relname, pg_total_relation_size(relid) FROM pg_stat_user_tables", connection);
        await using var reader = await command.ExecuteReaderAsync();
        Dictionary<string, long> bytes = new(StringComparer.Ordinal);
        while (await reader.ReadAsync())
        {
            bytes[reader.GetString(0)] = reader.GetInt64(1);
        }

        return bytes;
    }

    /// <summary>Rows that are there, and the versions, which grow with each change.</summary>
    private static async Task<SortedDictionary<string, long>> StoredAsync(string file)
    {
        await using var connection = new SqliteConnection($"Data Source={file}");
        await connection.OpenAsync();
        SortedDictionary<string, long> rows = new(StringComparer.Ordinal)
        {
            ["challenges changed"] = await ScalarAsync("SELECT coalesce(sum(version), 0) FROM biometric_challenges"),
        };
        foreach (var table in new[] { "challenges", "sessions", "deliveries", "events", "leases", "starts", "evidence_drafts", "evidence", "evidence_keys" })
        {
            rows[table + " inserted"] = await ScalarAsync($"SELECT count(*) FROM biometric_{table}");
        }

        return rows;

        async Task<long> ScalarAsync(string sql)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            return (long)(await command.ExecuteScalarAsync())!;
        }
    }
}
