using System.Collections;
using System.Globalization;
using System.Reflection;
using BiometricTwoFactor.AspNetCore;

namespace BiometricTwoFactor.Testing;

/// <summary>Every property of a challenge as text, found by reflection: a property that a store loses is seen, a new one too.</summary>
internal static class ChallengeFacts
{
    public static string Of(StepUpChallenge? challenge) => Text(challenge);

    private static string Text(object? value) => value switch
    {
        null => "-",
        string text => $"\"{text}\"",
        byte[] bytes => Convert.ToHexStringLower(bytes),
        DateTimeOffset time => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
        // The same number, whatever its decimals.
        decimal number => number.ToString("0.############################", CultureInfo.InvariantCulture),
        IFormattable or bool or SessionId or TransactionDigest => value.ToString()!,
        IEnumerable list => $"[{string.Join(", ", list.Cast<object?>().Select(Text))}]",
        _ => $"{{{string.Join(", ", PropertiesOf(value.GetType()).Select(property => $"{property.Name}: {Text(property.GetValue(value))}"))}}}",
    };

    private static IEnumerable<PropertyInfo> PropertiesOf(Type type) =>
        type.GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(property => property.GetIndexParameters().Length == 0).OrderBy(property => property.Name, StringComparer.Ordinal);
}
