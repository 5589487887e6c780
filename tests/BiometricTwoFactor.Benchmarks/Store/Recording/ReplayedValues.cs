using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using BiometricTwoFactor.EntityFrameworkCore;

namespace BiometricTwoFactor.Benchmarks;

/// <summary>
/// Makes of each recorded value what it is for another step-up: as an SQL expression over pgbench's variables, and as a value
/// for a command.
/// </summary>
internal sealed partial class ReplayedValues(StepUpNumber recorded, long ticks, long head, int entries, IReadOnlyDictionary<string, string> known)
{
    /// <summary>What stands near the time of the recording is a time.</summary>
    private const long Window = 30 * TimeSpan.TicksPerDay;

    /// <summary>
    /// Of an entry, time and key stay the recorded ones for pgbench, which takes at most 255 arguments for a statement: two of its
    /// indexes are filled in fewer places than ours.
    /// </summary>
    public ReplayedValue Of(SqlValue value) => TimeOrKeyOfEntry().IsMatch(value.Name) ? ValueOf(value) with { Sql = Literal(value.Value) } : ValueOf(value);

    private ReplayedValue ValueOf(SqlValue value) => value.Value switch
    {
        null => Same(value),
        string when value.Name == "@drafts" => new ReplayedValue(
            value, $"(SELECT json_agg(id) FROM (SELECT id FROM biometric_evidence_drafts ORDER BY id LIMIT {Sql(entries)}) AS first)", replay => replay.Drafts),
        string text => OfText(value, known.GetValueOrDefault(text, text)),
        long sequence when SequenceName().IsMatch(value.Name) => new ReplayedValue(
            value, $"(:sequence::bigint + {Sql(sequence - head)})", replay => replay.Sequence + (sequence - head)),
        long time when Math.Abs(time - ticks) < Window => new ReplayedValue(value, $"(:tick::bigint + {Sql(time - ticks)})", replay => replay.Ticks + (time - ticks)),
        int when value.Name.StartsWith("@lock", StringComparison.Ordinal) => new ReplayedValue(value, "(:customer::bigint % 1000000007)::int", _ => 0),
        _ => Same(value),
    };

    private static ReplayedValue Same(SqlValue value) => new(value, Literal(value.Value), _ => value.Value);

    private static string Literal(object? value) => value switch
    {
        null => "NULL",
        string text => Quoted(text),
        bool flag => flag ? "true" : "false",
        byte[] bytes => $"'\\x{Convert.ToHexStringLower(bytes)}'::bytea",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new InvalidOperationException($"A value of {value.GetType().Name} was not expected."),
    };

    private ReplayedValue OfText(SqlValue value, string text)
    {
        List<string> sql = [];
        List<Func<Replay, string>> parts = [];
        var end = 0;
        foreach (var match in Number().EnumerateMatches(text))
        {
            Piece(text[end..match.Index]);
            var number = long.Parse(text.AsSpan(match.Index, match.Length), CultureInfo.InvariantCulture);
            var isCustomer = number >= StepUpNumber.FirstCustomer;
            var behind = number - (isCustomer ? recorded.Customer : recorded.Number);
            sql.Add(behind == 0 ? $":{(isCustomer ? "customer" : "number")}::text" : $"(:{(isCustomer ? "customer" : "number")}::bigint + {Sql(behind)})::text");
            parts.Add(isCustomer
                ? replay => (replay.Number.Customer + behind).ToString(CultureInfo.InvariantCulture)
                : replay => (replay.Number.Number + behind).ToString(CultureInfo.InvariantCulture));
            end = match.Index + match.Length;
        }

        if (parts.Count == 0)
        {
            return Same(value);
        }

        Piece(text[end..]);
        return new ReplayedValue(value, $"({string.Join(" || ", sql)})", replay => string.Concat(parts.Select(part => part(replay))));

        void Piece(string piece)
        {
            if (piece.Length > 0)
            {
                sql.Add(Quoted(piece));
                parts.Add(_ => piece);
            }
        }
    }

    /// <summary>Without a colon, which pgbench would take for a variable's, and in one line.</summary>
    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("U&'");
        foreach (var letter in text)
        {
            _ = letter switch
            {
                '\'' => quoted.Append("''"),
                '\\' => quoted.Append(@"\\"),
                ':' or < ' ' => quoted.Append(CultureInfo.InvariantCulture, $"\\{(int)letter:X4}"),
                _ => quoted.Append(letter),
            };
        }

        return quoted.Append('\'').ToString();
    }

    private static string Sql(long number) => number < 0 ? $"({number.ToString(CultureInfo.InvariantCulture)})" : number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex("[12]000000[0-9]{12}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();

    [GeneratedRegex("^@[ai][0-9]+$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TimeOrKeyOfEntry();

    [GeneratedRegex("^@s[0-9]+$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SequenceName();
}

/// <summary>A value of a recorded statement.</summary>
/// <param name="Recorded">As it was sent.</param>
/// <param name="Sql">For pgbench.</param>
/// <param name="Of">For a command.</param>
internal sealed record ReplayedValue(SqlValue Recorded, string Sql, Func<Replay, object?> Of);

/// <summary>For which step-up a statement is sent.</summary>
internal sealed class Replay
{
    public StepUpNumber Number { get; set; }

    public long Ticks { get; set; }

    /// <summary>Where the chain ends.</summary>
    public long Sequence { get; set; }

    /// <summary>The drafts of the batch, as JSON.</summary>
    public string Drafts { get; set; } = "[]";
}
