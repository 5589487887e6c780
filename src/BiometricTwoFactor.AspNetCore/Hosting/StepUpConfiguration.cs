using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>Reads the configuration section into the options. Secrets are read by hand: a plain text, or an object with an end.</summary>
internal static class StepUpConfiguration
{
    public static void Bind(IConfigurationSection section, BiometricClientOptions options) => section.Bind(options);

    public static void Bind(IConfigurationSection section, BiometricStepUpOptions options)
    {
        if (ConfigurationCheck.Problems(section).ToArray() is { Length: > 0 } problems)
        {
            throw new InvalidOperationException(string.Join(Environment.NewLine, problems));
        }

        section.Bind(options);
        options.WebhookSecrets.Clear();
        foreach (var entry in section.GetSection(nameof(BiometricStepUpOptions.WebhookSecrets)).GetChildren())
        {
            options.WebhookSecrets.Add(SecretOf(entry));
        }
    }

    private static WebhookSecret SecretOf(IConfigurationSection entry)
    {
        var value = entry.Value ?? entry["Value"];
        if (string.IsNullOrEmpty(value))
        {
            throw new InvalidOperationException($"{entry.Path}: give the secret, or its Value and, where it ends, ExpiresAt.");
        }

        DateTimeOffset? end = null;
        if (entry["ExpiresAt"] is { Length: > 0 } text)
        {
            end = DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var parsed)
                ? parsed
                : throw new InvalidOperationException($"{entry.Path}:ExpiresAt: not a time, such as 2026-12-31T00:00:00Z.");
        }

        try
        {
            return new WebhookSecret(value, end, entry["Label"] ?? entry.Key);
        }
        catch (ArgumentException unfit)
        {
            // The exception of the type names a parameter; what helps is the setting.
            throw new InvalidOperationException($"{entry.Path}: a webhook secret is more than white space and has at least {WebhookSecret.MinimumBytes} bytes.", unfit);
        }
    }
}
