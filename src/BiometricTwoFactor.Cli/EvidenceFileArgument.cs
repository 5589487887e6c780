using System.CommandLine;

namespace BiometricTwoFactor.Cli;

/// <summary>An export, read as a stream: it may be larger than the memory.</summary>
internal static class EvidenceFileArgument
{
    public static Argument<string> Create() => new("file") { Description = "The exported file (JSON lines); '-' reads standard input." };

    public static Stream Open(string path, ToolContext context)
    {
        if (path == InputSource.StandardInput)
        {
            return context.Input;
        }

        try
        {
            return new FileStream(path, new FileStreamOptions { Options = FileOptions.SequentialScan | FileOptions.Asynchronous, BufferSize = 0 });
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new ToolException("The file of evidence cannot be read.");
        }
    }
}
