using System.Collections;
using Microsoft.Extensions.Logging;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Keeps the one-time codes of callbacks and hand-overs out of the framework's own request logs, which write every path down before any
/// middleware runs, and into the scope of every line of the request. Other categories pass untouched.
/// </summary>
internal sealed class CodeRedactingLoggerFactory(ILoggerFactory inner) : ILoggerFactory
{
    private const string Framework = "Microsoft.AspNetCore.";

    public ILogger CreateLogger(string categoryName)
    {
        ArgumentNullException.ThrowIfNull(categoryName);
        var logger = inner.CreateLogger(categoryName);
        return categoryName.StartsWith(Framework, StringComparison.Ordinal) ? new RedactingLogger(logger) : logger;
    }

    public void AddProvider(ILoggerProvider provider) => inner.AddProvider(provider);

    public void Dispose() => inner.Dispose();

    private sealed class RedactingLogger(ILogger inner) : ILogger
    {
        public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull =>
            RedactedState.Of(state, state.ToString()) is { } redacted ? inner.BeginScope(redacted) : inner.BeginScope(state);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!inner.IsEnabled(logLevel))
            {
                return;
            }

            if (RedactedState.Of(state, formatter(state, exception)) is { } redacted)
            {
                inner.Log(logLevel, eventId, redacted, exception, static (redactedState, _) => redactedState.ToString());
            }
            else
            {
                inner.Log(logLevel, eventId, state, exception, formatter);
            }
        }
    }

    /// <summary>The same values and text without the code.</summary>
    private sealed class RedactedState : IReadOnlyList<KeyValuePair<string, object?>>
    {
        private readonly KeyValuePair<string, object?>[] _values;
        private readonly string _text;

        private RedactedState(KeyValuePair<string, object?>[] values, string text)
        {
            _values = values;
            _text = text;
        }

        public int Count => _values.Length;

        public KeyValuePair<string, object?> this[int index] => _values[index];

        public static RedactedState? Of(object? state, string? text)
        {
            var values = state as IReadOnlyList<KeyValuePair<string, object?>>;
            var found = CallbackCodes.MayBeIn(text);
            for (var i = 0; !found && i < values?.Count; i++)
            {
                found = !ReferenceEquals(CallbackCodes.Redact(values[i].Value), values[i].Value);
            }

            return found
                ? new RedactedState(
                    values?.Select(value => KeyValuePair.Create(value.Key, CallbackCodes.Redact(value.Value))).ToArray() ?? [],
                    CallbackCodes.Redact(text ?? ""))
                : null;
        }

        public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => _values.AsEnumerable().GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        public override string ToString() => _text;
    }
}
