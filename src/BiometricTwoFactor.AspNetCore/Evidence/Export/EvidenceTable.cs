using System.Buffers;
using System.Globalization;
using System.Text;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>The table of challenges. Rows of challenges that have not ended are held; all others are let go.</summary>
internal sealed class EvidenceTable(Stream output)
{
    private static readonly string[] Columns =
    [
        "challenge", "asked_at", "subject", "reason", "title", "digest", "amount", "currency", "payee_name", "payee_account", "reference",
        "decided_at", "outcome", "reasons", "factors", "used_at", "operation", "first_sequence", "last_sequence", "erased",
    ];

    private static readonly SearchValues<char> Quoted = SearchValues.Create("\",\r\n;\t");

    private readonly Dictionary<string, Row> _open = new(StringComparer.Ordinal);
    private readonly StringBuilder _text = new();
    private long _rows;

    public Task BeginAsync(CancellationToken cancellationToken) => WriteAsync(Columns, cancellationToken);

    public async Task AddAsync(OpenedEvidence opened, CancellationToken cancellationToken)
    {
        var entry = opened.Entry;
        if (entry.ChallengeId.Length == 0)
        {
            return;
        }

        if (!_open.TryGetValue(entry.ChallengeId, out var row))
        {
            _open.Add(entry.ChallengeId, row = new Row { First = entry.Sequence });
        }

        row.Take(opened);
        if (entry.Kind == EvidenceKind.ReversedAfterUse || IsEnd(entry.Outcome))
        {
            _open.Remove(entry.ChallengeId);
            await WriteAsync(row.Cells(entry.ChallengeId), cancellationToken).ConfigureAwait(false);
            _rows++;
        }
    }

    public async Task<long> EndAsync(CancellationToken cancellationToken)
    {
        foreach (var (id, row) in _open.OrderBy(pair => pair.Value.First))
        {
            // What only came after an end that was written already, such as a late decision, is no row.
            if (row.State.Length > 0)
            {
                await WriteAsync(row.Cells(id), cancellationToken).ConfigureAwait(false);
                _rows++;
            }
        }

        await output.FlushAsync(cancellationToken).ConfigureAwait(false);
        return _rows;
    }

    /// <summary>A cell that a spreadsheet would calculate is made a text by an apostrophe before it.</summary>
    internal static string Cell(string text)
    {
        if (text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠')
        {
            text = "'" + text;
        }

        return text.AsSpan().ContainsAny(Quoted) ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }

    private static bool IsEnd(string? outcome) =>
        outcome is not (null or nameof(ChallengeState.Pending) or nameof(ChallengeState.InReview) or nameof(ChallengeState.Approved));

    private async Task WriteAsync(IEnumerable<string> cells, CancellationToken cancellationToken)
    {
        _text.Clear().AppendJoin(',', cells.Select(Cell)).Append("\r\n");
        await output.WriteAsync(Encoding.UTF8.GetBytes(_text.ToString()), cancellationToken).ConfigureAwait(false);
    }

    private sealed class Row
    {
        private const string Unreadable = "unreadable";

        private readonly FactorTally _factors = new();
        private AskedFacts? _asked;
        private DateTimeOffset? _askedAt;
        private DateTimeOffset? _decidedAt;
        private UseFacts? _use;
        private DateTimeOffset? _usedAt;
        private string _reasons = "";
        private long _last;
        private bool _erased;
        private bool _unreadable;

        public required long First { get; init; }

        public string State { get; private set; } = "";

        public void Take(OpenedEvidence opened)
        {
            var facts = opened.Facts;
            var entry = opened.Entry;
            _last = entry.Sequence;
            _erased |= opened.IsErased;
            _unreadable |= opened.IsUnreadable;
            State = entry.Kind == EvidenceKind.ReversedAfterUse ? nameof(EvidenceKind.ReversedAfterUse) : entry.Outcome ?? State;
            _use = facts?.Use ?? _use;
            _usedAt = facts?.Use?.At ?? (entry.Kind == EvidenceKind.Used ? entry.At : _usedAt);
            _factors.Take(facts);
            if (entry.Kind == EvidenceKind.Asked)
            {
                _asked = facts?.Asked;
                _askedAt = entry.At;
            }
            else if (entry.Outcome is not (null or nameof(ChallengeState.Consumed)) || entry.Kind == EvidenceKind.ReversedAfterUse)
            {
                _decidedAt = entry.At;
            }

            _reasons = facts?.Verdict?.Judgement?.Reasons is { } judged ? string.Join(' ', judged) : facts?.Reasons is { } reasons ? string.Join(' ', reasons) : _reasons;
        }

        public IEnumerable<string> Cells(string challenge) =>
        [
            challenge, Time(_askedAt), _asked?.By.Subject ?? Missing, _asked?.Reason ?? Missing, _asked?.Title ?? "", _asked?.Digest ?? Missing,
            _asked?.Payment?.Amount ?? "", _asked?.Payment?.Currency ?? "", _asked?.Payment?.PayeeName ?? "", _asked?.Payment?.PayeeAccount ?? "",
            _asked?.Payment?.Reference ?? "", Time(_decidedAt), State, _reasons, string.Join(' ', _factors.Words), Time(_usedAt), _use?.Operation ?? "",
            First.ToString(CultureInfo.InvariantCulture), _last.ToString(CultureInfo.InvariantCulture), _erased ? "yes" : _unreadable ? Unreadable : "no",
        ];

        /// <summary>What every challenge has is not told as empty where only its key is missing.</summary>
        private string Missing => _unreadable ? Unreadable : "";

        private static string Time(DateTimeOffset? at) => at?.UtcDateTime.ToString(EvidenceNames.TimeFormat, CultureInfo.InvariantCulture) ?? "";
    }
}
