namespace BiometricTwoFactor.Cli;

/// <summary>The bytes of a file or, by the name '-', of standard input, up to a limit.</summary>
internal static class InputSource
{
    public const string StandardInput = "-";

    /// <summary>Reads it whole. A message calls it by <paramref name="what"/>, such as "The body": a path is never repeated.</summary>
    public static async Task<byte[]> ReadAsync(string path, string what, int mebibytes, ToolContext context, CancellationToken cancellationToken)
    {
        try
        {
            var limit = new Limit(what, mebibytes);
            if (path == StandardInput)
            {
                return await ReadAsync(context.Input, limit, cancellationToken);
            }

            await using var file = File.OpenRead(path);
            return await ReadAsync(file, limit, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            // The last two are names that no file can have, such as an empty one.
            throw new ToolException($"{what} cannot be read.");
        }
    }

    private static async Task<byte[]> ReadAsync(Stream stream, Limit limit, CancellationToken cancellationToken)
    {
        using var copy = new MemoryStream();
        var buffer = new byte[81920];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (copy.Length + read > limit.Bytes)
            {
                throw new ToolException($"{limit.What} is larger than {limit.Mebibytes} MiB.");
            }

            copy.Write(buffer, 0, read);
        }

        return copy.ToArray();
    }

    private readonly record struct Limit(string What, int Mebibytes)
    {
        public int Bytes => Mebibytes * 1024 * 1024;
    }
}
