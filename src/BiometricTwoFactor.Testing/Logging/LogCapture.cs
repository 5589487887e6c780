using Microsoft.Extensions.Logging;

namespace BiometricTwoFactor.Testing;

/// <summary>
/// Keeps every log line of every category at every level, with its values and scopes, in memory. Add it with
/// <c>logging.AddProvider(capture).SetMinimumLevel(LogLevel.Trace)</c>; filters of the application's configuration still count.
/// Safe to use from many threads.
/// </summary>
public sealed class LogCapture : ILoggerProvider, ISupportExternalScope
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly List<LogEntry> _entries = [];
    private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();
    private TaskCompletionSource _next = Fresh();

    /// <summary>Everything so far, oldest first.</summary>
    public IReadOnlyList<LogEntry> Entries
    {
        get
        {
            lock (_gate)
            {
                return [.. _entries];
            }
        }
    }

    /// <summary>The entries in which one of these texts stands: a secret, a token, a name that no log may carry. Ordinal, and as written, not encoded.</summary>
    /// <param name="texts">What to look for; none of them empty.</param>
    public IReadOnlyList<LogEntry> Containing(params ReadOnlySpan<string> texts)
    {
        List<LogEntry> found = [];
        foreach (var entry in Entries)
        {
            foreach (var text in texts)
            {
                if (entry.Contains(text))
                {
                    found.Add(entry);
                    break;
                }
            }
        }

        return found;
    }

    /// <summary>Until an entry is as wanted: one that is there, or the next that comes.</summary>
    /// <param name="wanted">What it is like.</param>
    /// <param name="timeout">How long to wait in real time; 10 seconds when null.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TimeoutException">None came in time.</exception>
    public async Task<LogEntry> WaitForAsync(Func<LogEntry, bool> wanted, TimeSpan? timeout = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        var limit = timeout ?? Patience;
        using var patience = new CancellationTokenSource(limit, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            while (true)
            {
                Task more;
                LogEntry[] entries;
                lock (_gate)
                {
                    entries = [.. _entries];
                    more = _next.Task;
                }

                if (Array.Find(entries, entry => wanted(entry)) is { } found)
                {
                    return found;
                }

                await more.WaitAsync(either.Token);
            }
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"No log entry as wanted came within {limit}; there are {Entries.Count} others.", e);
        }
    }

    /// <summary>Forgets what is there.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _entries.Clear();
        }
    }

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    /// <inheritdoc/>
    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    /// <summary>Does nothing: what was captured is there after the application has gone.</summary>
    public void Dispose()
    {
    }

    private static TaskCompletionSource Fresh() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Add(LogEntry entry)
    {
        TaskCompletionSource waiting;
        lock (_gate)
        {
            _entries.Add(entry);
            (waiting, _next) = (_next, Fresh());
        }

        waiting.SetResult();
    }

    private sealed class Logger(LogCapture owner, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => owner._scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            ArgumentNullException.ThrowIfNull(formatter);
            List<string> scopes = [];
            owner._scopes.ForEachScope(static (scope, scopes) => scopes.Add(Text(scope)), scopes);
            owner.Add(new LogEntry
            {
                Level = logLevel,
                Category = category,
                EventId = eventId,
                Message = formatter(state, exception),
                Values = ValuesOf(state),
                Scopes = scopes,
                Exception = exception,
            });
        }

        /// <summary>As texts and at once: the objects may be others by the time that a test looks.</summary>
        private static Dictionary<string, string?> ValuesOf(object? state)
        {
            Dictionary<string, string?> values = new(StringComparer.Ordinal);
            foreach (var (name, value) in state as IEnumerable<KeyValuePair<string, object?>> ?? [])
            {
                values[name] = value is null ? null : TextOf(value);
            }

            return values;
        }

        private static string Text(object? scope) => scope is IEnumerable<KeyValuePair<string, object?>> values
            ? $"{scope} {string.Join(' ', values.Select(value => $"[{value.Key}={TextOf(value.Value)}]"))}"
            : TextOf(scope);

        private static string TextOf(object? value) => value switch
        {
            null => "",
            string text => text,
            System.Collections.IEnumerable items => string.Join(", ", items.Cast<object?>()),
            _ => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture) ?? "",
        };
    }
}
