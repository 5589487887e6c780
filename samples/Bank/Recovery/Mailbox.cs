using System.Collections.Concurrent;

namespace Bank;

/// <summary>What this sample would send by e-mail: kept here, and shown in Development at <c>/mailbox</c>.</summary>
internal sealed class Mailbox
{
    private const int Kept = 50;
    private readonly ConcurrentQueue<Mail> _mails = new();

    public IReadOnlyList<Mail> Newest => [.. _mails.Reverse()];

    public void Send(Mail mail)
    {
        _mails.Enqueue(mail);
        while (_mails.Count > Kept)
        {
            _mails.TryDequeue(out _);
        }
    }
}

/// <summary>One e-mail with a link to a page of the bank.</summary>
internal sealed record Mail(DateTimeOffset At, string To, string Subject, string Text, string Path)
{
    public override string ToString() => Subject;
}
