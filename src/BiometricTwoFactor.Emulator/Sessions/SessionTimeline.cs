namespace BiometricTwoFactor.Emulator;

/// <summary>What happened to a session, for the console and for <c>?include=events</c>. Touched under the store's lock only.</summary>
internal sealed class SessionTimeline
{
    /// <summary>A page that is reloaded for ever must not fill the memory.</summary>
    private const int Most = 200;

    private readonly List<Entry> _entries = new(4);

    public IReadOnlyList<Entry> Entries => _entries;

    public void Add(DateTimeOffset at, string what, string? detail = null)
    {
        if (_entries.Count < Most)
        {
            _entries.Add(new Entry(at, what, detail));
        }
    }

    /// <param name="At">When.</param>
    /// <param name="What">A word in snake case, such as <c>created</c> or <c>status_updated</c>.</param>
    /// <param name="Detail">More about it: never a secret, a token or a picture.</param>
    internal sealed record Entry(DateTimeOffset At, string What, string? Detail);
}
