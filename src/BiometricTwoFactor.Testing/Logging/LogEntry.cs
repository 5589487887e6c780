using Microsoft.Extensions.Logging;

namespace BiometricTwoFactor.Testing;

/// <summary>One line of a log, as it was when it was written.</summary>
public sealed class LogEntry
{
    /// <summary>Its level.</summary>
    public required LogLevel Level { get; init; }

    /// <summary>The logger's category, mostly a type's full name.</summary>
    public required string Category { get; init; }

    /// <summary>The event's number and name.</summary>
    public required EventId EventId { get; init; }

    /// <summary>The message with its values filled in.</summary>
    public required string Message { get; init; }

    /// <summary>The message's values by their names, as texts; <c>{OriginalFormat}</c> is the template. Null values are null.</summary>
    public required IReadOnlyDictionary<string, string?> Values { get; init; }

    /// <summary>The scopes that it was written in, outermost first, as texts.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>The exception that was logged with it, or null.</summary>
    public Exception? Exception { get; init; }

    /// <summary>Whether a text stands anywhere in it: message, values, scopes, category, event, exception. Ordinal.</summary>
    /// <param name="text">What to look for; not empty.</param>
    public bool Contains(string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        return ToString().Contains(text, StringComparison.Ordinal);
    }

    /// <summary>All of it in one text.</summary>
    public override string ToString()
    {
        var values = string.Concat(Values.Select(value => $" [{value.Key}={value.Value}]"));
        var scopes = string.Concat(Scopes.Select(scope => $" | {scope}"));
        return $"{Level} {Category} {EventId.Id} {EventId.Name}: {Message}{values}{scopes}{(Exception is null ? "" : $"\n{Exception}")}";
    }
}
