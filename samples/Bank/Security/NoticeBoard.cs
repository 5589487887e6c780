using System.Collections.Concurrent;

namespace Bank;

/// <summary>What each customer is told about confirmations, newest first.</summary>
internal sealed class NoticeBoard
{
    private const int Kept = 50;
    private readonly ConcurrentDictionary<string, Notice[]> _notices = new(StringComparer.Ordinal);

    public IReadOnlyList<Notice> Of(string customerId) => _notices.GetValueOrDefault(customerId) ?? [];

    public void Add(string customerId, Notice notice) =>
        _notices.AddOrUpdate(customerId, _ => [notice], (_, earlier) => [notice, .. earlier.Take(Kept - 1)]);
}

/// <summary>One notice. An alert is something that should not have happened.</summary>
internal sealed record Notice(DateTimeOffset At, string Kind, string Subject, string Text, bool IsAlert);
