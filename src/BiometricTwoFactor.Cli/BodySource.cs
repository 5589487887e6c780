using System.CommandLine;

namespace BiometricTwoFactor.Cli;

/// <summary>The body of a delivery: the exact bytes of a file or of standard input.</summary>
internal static class BodySource
{
    private const int Limit = 16 * 1024 * 1024;

    public static Argument<string> Argument() => new("body")
    {
        Description = "The file with the body, byte for byte as received; '-' or nothing reads standard input.",
        DefaultValueFactory = _ => "-",
    };

    public static async Task<byte[]> ReadAsync(string path, ToolContext context, CancellationToken cancellationToken)
    {
        try
        {
            if (path == "-")
            {
                return await ReadAsync(context.Input, cancellationToken);
            }

            await using var file = File.OpenRead(path);
            return await ReadAsync(file, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ToolException("The body cannot be read.");
        }
    }

    private static async Task<byte[]> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        using var copy = new MemoryStream();
        var buffer = new byte[81920];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (copy.Length + read > Limit)
            {
                throw new ToolException("The body is larger than 16 MiB.");
            }

            copy.Write(buffer, 0, read);
        }

        return copy.ToArray();
    }
}
