using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.Logging;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Keeps every log line, scope and exception of all categories, at every level.</summary>
internal sealed class LogCapture : ILoggerProvider, ISupportExternalScope
{
    private readonly ConcurrentQueue<string> _lines = new();
    private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

    public string All => string.Join('\n', _lines);

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public void Dispose()
    {
    }

    private sealed class Logger(LogCapture owner, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => owner._scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var line = new StringBuilder($"{logLevel} {category} {eventId.Id}: {formatter(state, exception)} {exception}");
            if (state is IEnumerable<KeyValuePair<string, object?>> values)
            {
                line.AppendJoin(' ', values.Select(value => $"[{value.Key}={value.Value}]"));
            }

            owner._scopes.ForEachScope((scope, builder) => builder.Append(" | ").Append(scope), line);
            owner._lines.Enqueue(line.ToString());
        }
    }
}
