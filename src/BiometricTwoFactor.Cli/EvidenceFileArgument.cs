using System.CommandLine;

namespace BiometricTwoFactor.Cli;

/// <summary>An export, read as a stream: it may be larger than the memory.</summary>
internal static class EvidenceFileArgument
{
    /// <summary>How the table begins that the application exports beside the evidence itself.</summary>
    private static ReadOnlySpan<byte> TableBeginning => "challenge,asked_at,"u8;

    public static Argument<string> Create() => new("file") { Description = "The exported file (JSON lines); '-' reads standard input." };

    public static Stream Open(string path, ToolContext context)
    {
        if (path == InputSource.StandardInput)
        {
            return context.Input;
        }

        if (Directory.Exists(path))
        {
            throw new ToolException("What was given as the file of evidence is a folder.");
        }

        try
        {
            var file = new FileStream(path, new FileStreamOptions { Options = FileOptions.SequentialScan | FileOptions.Asynchronous, BufferSize = 0 });
            if (IsTable(file))
            {
                file.Dispose();
                throw new ToolException("The file is the table (CSV), which proves nothing. What is verified and reported on are the JSON lines of ExportAsync.");
            }

            return file;
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ToolException("There is no such file of evidence.");
        }
        catch (UnauthorizedAccessException)
        {
            throw new ToolException("The file of evidence may not be read by this user.");
        }
        catch (Exception failure) when (failure is IOException or ArgumentException or NotSupportedException)
        {
            throw new ToolException("The file of evidence cannot be read.");
        }
    }

    private static bool IsTable(FileStream file)
    {
        if (!file.CanSeek)
        {
            return false; // a pipe
        }

        Span<byte> begin = stackalloc byte[32];
        var text = begin[..file.ReadAtLeast(begin, begin.Length, throwOnEndOfStream: false)];
        file.Position = 0;
        return (text.StartsWith("\uFEFF"u8) ? text[3..] : text).StartsWith(TableBeginning);
    }
}
