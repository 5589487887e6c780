using System.CommandLine;

namespace BiometricTwoFactor.Cli;

/// <summary>The body of a delivery: the exact bytes of a file or of standard input.</summary>
internal static class BodySource
{
    private const int Mebibytes = 16;

    public static Argument<string> Argument() => new("body")
    {
        Description = "The file with the body, byte for byte as received; '-' or nothing reads standard input.",
        DefaultValueFactory = _ => InputSource.StandardInput,
    };

    public static Task<byte[]> ReadAsync(string path, ToolContext context, CancellationToken cancellationToken) =>
        InputSource.ReadAsync(path, "The body", Mebibytes, context, cancellationToken);
}
