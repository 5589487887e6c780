using System.CommandLine;

namespace BiometricTwoFactor.Cli;

/// <summary>Where webhook secrets come from: a file or an environment variable, not the argument list, which others can read.</summary>
internal static class SecretSource
{
    public const string Variable = "BIOMETRIC_WEBHOOK_SECRET";

    public static Option<FileInfo?> FileOption() => new("--secret-file")
    {
        Description = $"A file with the webhook secret. Without it, the environment variable {Variable} counts.",
    };

    /// <summary>The secret, or a <see cref="ToolException"/> that says where to put one.</summary>
    public static async Task<WebhookSecret> ReadAsync(FileInfo? file, ToolContext context, CancellationToken cancellationToken)
    {
        var text = await TryReadAsync(file, context, cancellationToken)
            ?? throw new ToolException($"There is no webhook secret: set {Variable} or give --secret-file.");
        try
        {
            return new WebhookSecret(text);
        }
        catch (ArgumentException)
        {
            throw new ToolException($"The webhook secret is shorter than {WebhookSecret.MinimumBytes} bytes.");
        }
    }

    /// <summary>The secret's text; null when nobody gave one.</summary>
    public static async Task<string?> TryReadAsync(FileInfo? file, ToolContext context, CancellationToken cancellationToken)
    {
        if (file is null)
        {
            return context.Variable(Variable) is { Length: > 0 } value ? value : null;
        }

        try
        {
            // Editors end files with a line break that is no part of the secret.
            return (await File.ReadAllTextAsync(file.FullName, cancellationToken)).TrimEnd('\r', '\n');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ToolException("The file given as --secret-file cannot be read.");
        }
    }
}
