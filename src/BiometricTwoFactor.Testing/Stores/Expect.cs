using System.Collections;
using System.Runtime.CompilerServices;

namespace BiometricTwoFactor.Testing;

/// <summary>What the suite compares with: it depends on no test framework, so that any can run it.</summary>
internal static class Expect
{
    public static void True(bool condition, [CallerArgumentExpression(nameof(condition))] string text = "") => That(condition, $"Expected to be true: {text}");

    public static void False(bool condition, [CallerArgumentExpression(nameof(condition))] string text = "") => That(!condition, $"Expected to be false: {text}");

    public static void Null(object? value, [CallerArgumentExpression(nameof(value))] string text = "") => That(value is null, $"Expected nothing, and there was {value}: {text}");

    public static void NotNull(object? value, [CallerArgumentExpression(nameof(value))] string text = "") => That(value is not null, $"Expected something, and there was nothing: {text}");

    public static void Equal<T>(T expected, T actual, [CallerArgumentExpression(nameof(actual))] string text = "") =>
        That(Same(expected, actual), $"Expected {Show(expected)}, and it was {Show(actual)}: {text}");

    public static void Empty<T>(IEnumerable<T> values, [CallerArgumentExpression(nameof(values))] string text = "") =>
        That(!values.Any(), $"Expected to be empty: {text}");

    public static void All<T>(IEnumerable<T> values, Action<T> check)
    {
        foreach (var value in values)
        {
            check(value);
        }
    }

    public static T Single<T>(IEnumerable<T> values, [CallerArgumentExpression(nameof(values))] string text = "") => Single(values, _ => true, text);

    public static void Single<T>(IEnumerable<T> values, T expected, [CallerArgumentExpression(nameof(values))] string text = "") =>
        Single(values, value => Same(value, expected), text);

    public static T Single<T>(IEnumerable<T> values, Func<T, bool> condition, [CallerArgumentExpression(nameof(values))] string text = "")
    {
        var found = values.Where(condition).ToArray();
        That(found.Length == 1, $"Expected exactly one, and there were {found.Length}: {text}");
        return found[0];
    }

    public static async Task ThrowsAnyAsync<TException>(Func<Task> work, [CallerArgumentExpression(nameof(work))] string text = "")
        where TException : Exception
    {
        try
        {
            await work();
        }
        catch (TException)
        {
            return;
        }

        throw new ConformanceException($"Expected {typeof(TException).Name}: {text}");
    }

    private static bool Same(object? one, object? other) => (one, other) switch
    {
        (string, string) => Equals(one, other),
        (IEnumerable first, IEnumerable second) => first.Cast<object?>().SequenceEqual(second.Cast<object?>()),
        _ => Equals(one, other),
    };

    private static string Show(object? value) => value switch
    {
        null => "nothing",
        string text => $"\"{text}\"",
        IEnumerable values => $"[{string.Join(", ", values.Cast<object?>().Select(Show))}]",
        _ => value.ToString() ?? "",
    };

    private static void That(bool condition, string message)
    {
        if (!condition)
        {
            throw new ConformanceException(message);
        }
    }
}
