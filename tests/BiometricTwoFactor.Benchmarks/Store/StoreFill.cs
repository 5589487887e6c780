using System.Data.Common;
using System.Globalization;

namespace BiometricTwoFactor.Benchmarks;

/// <summary>
/// Fills a store from the rows of one step-up that the real store wrote: other ids, customers and times, in no order of
/// their own, so that every index is as large and as scattered as after so many step-ups.
/// </summary>
internal sealed class StoreFill(DbConnection connection, bool isSqlite, StepUpNumber template)
{
    private const int PerCustomer = 10;

    private string _series = "";
    private long _count;

    /// <summary>Adds so many challenges, used ones over ninety days, with their companions and their evidence.</summary>
    public async Task AddAsync(long count)
    {
        _count = count;
        _series = isSqlite
            ? string.Create(CultureInfo.InvariantCulture, $"(WITH RECURSIVE each(g) AS (SELECT 1 UNION ALL SELECT g + 1 FROM each WHERE g < {count}) SELECT g FROM each) AS series")
            : string.Create(CultureInfo.InvariantCulture, $"(SELECT g::bigint FROM generate_series(1, {count}) AS g) AS series");
        var id = template.Text(27);
        await CopyAsync("challenges", $"id = '{id}'", new()
        {
            ["number"] = null,
            ["id"] = OfStepUp(27),
            ["facts"] = OfStepUp(64),
            ["digest"] = OfStepUp(64),
            ["session_id"] = OfStepUp(36),
            ["code_hash"] = OfStepUp(64),
            ["operation_id"] = OfStepUp(40),
            ["subject"] = OfCustomer(36),
            ["session_hash"] = OfCustomer(64),
            ["device_group"] = OfCustomer(64),
            ["browser_hash"] = OfCustomer(64),
            ["created_at"] = Earlier("created_at"),
            ["deadline"] = Earlier("deadline"),
        });
        await CopyAsync("sessions", $"challenge_id = '{id}'", new() { ["session_id"] = OfStepUp(36), ["challenge_id"] = OfStepUp(27) });
        await CopyAsync("deliveries", $"delivery_key LIKE '%{template.Text(64)}'", new() { ["delivery_key"] = OfStepUp(65), ["recorded_at"] = Earlier("recorded_at") });
        await CopyAsync("events", $"event_id = '{template.Text(36)}'", new() { ["event_id"] = OfStepUp(36), ["body_hash"] = OfStepUp(64), ["recorded_at"] = Earlier("recorded_at") });
        await CopyAsync("evidence_keys", $"subject = '{template.CustomerText(36)}'", new() { ["id"] = OfCustomer(27), ["subject"] = OfCustomer(36), }, string.Create(CultureInfo.InvariantCulture, $" AND series.g < {Customers}"));

        // Without most of what is sealed, which no index holds: it would be gigabytes of nothing.
        await CopyAsync("evidence", $"challenge_id = '{id}'", new()
        {
            ["sequence"] = $"template.sequence + series.g * {await ScalarAsync($"SELECT count(*) FROM biometric_evidence WHERE challenge_id = '{id}'")}",
            ["challenge_id"] = OfStepUp(27),
            ["key_id"] = OfCustomer(27),
            ["happened_at"] = Earlier("happened_at"),
            ["ciphertext"] = isSqlite ? "substr(template.ciphertext, 1, 64)" : "substring(template.ciphertext FROM 1 FOR 64)",
        });
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
    }

    private long Customers => Math.Max(_count / PerCustomer, 1);

    private async Task CopyAsync(string table, string which, Dictionary<string, string?> others, string condition = "")
    {
        List<string> columns = [];
        await using (var command = connection.CreateCommand())
        {
            command.CommandText = $"SELECT * FROM biometric_{table} LIMIT 0";
            await using var reader = await command.ExecuteReaderAsync();
            columns.AddRange(Enumerable.Range(0, reader.FieldCount).Select(reader.GetName));
        }

        columns.RemoveAll(column => others.ContainsKey(column) && others[column] is null);
        var values = columns.Select(column => others.GetValueOrDefault(column) ?? "template." + column);
        await ExecuteAsync($"INSERT INTO biometric_{table} ({string.Join(", ", columns)}) SELECT {string.Join(", ", values)} FROM biometric_{table} AS template CROSS JOIN {_series} WHERE {which}{condition}");
    }

    private async Task<long> ScalarAsync(string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private string OfStepUp(int length) => Text(length, "series.g");

    private string OfCustomer(int length) => Text(length, string.Create(CultureInfo.InvariantCulture, $"(series.g % {Customers})"));

    /// <summary>Ten digits in no order, each once: times a prime, modulo a larger one. The rest only makes it as long as the real text.</summary>
    private string Text(int length, string number)
    {
        var scattered = $"({number} * 2654435761) % 4294967291";
        var digits = isSqlite ? $"printf('%010d', {scattered})" : $"lpad(({scattered})::text, 10, '0')";
        return $"({digits} || '{new string('-', length - 10)}')";
    }

    private string Earlier(string column) =>
        string.Create(CultureInfo.InvariantCulture, $"template.{column} - {TimeSpan.FromDays(90).Ticks} + series.g * {TimeSpan.FromDays(89).Ticks / _count}");
}
