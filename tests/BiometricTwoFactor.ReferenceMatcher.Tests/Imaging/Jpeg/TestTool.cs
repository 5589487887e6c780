using System.Diagnostics;

namespace BiometricTwoFactor.ReferenceMatcher.Tests.Imaging.Jpeg;

/// <summary>Runs one of the system's tools, from memory to memory.</summary>
public static class TestTool
{
    public static bool Exists(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, name)));

    public static byte[] Run(string name, string[] arguments, byte[] input)
    {
        using var process = Process.Start(new ProcessStartInfo(name, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        using var output = new MemoryStream();
        var reading = process.StandardOutput.BaseStream.CopyToAsync(output);
        using (var stream = process.StandardInput.BaseStream)
        {
            stream.Write(input);
        }

        Task.WaitAll(reading, errors);
        process.WaitForExit();
        return process.ExitCode == 0 ? output.ToArray() : throw new InvalidOperationException($"{name} failed: {errors.Result}");
    }

    /// <summary>Reads a binary pixmap or greymap of 8 bits, as red, green and blue.</summary>
    public static (int Width, int Height, byte[] Rgb) ReadPixmap(byte[] file)
    {
        var position = 0;
        string Word()
        {
            var start = position;
            while (file[position] > ' ')
            {
                position++;
            }

            return System.Text.Encoding.ASCII.GetString(file, start, position++ - start);
        }

        var kind = Word();
        var (width, height, most) = (int.Parse(Word()), int.Parse(Word()), Word());
        Assert.Equal("255", most);
        var samples = file[position..];
        return (width, height, kind == "P5" ? [.. samples.SelectMany(sample => new[] { sample, sample, sample })] : samples);
    }
}

/// <summary>A theory that needs cjpeg and djpeg (Debian: libjpeg-turbo-progs).</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class JpegToolsTheoryAttribute : TheoryAttribute
{
    public JpegToolsTheoryAttribute()
    {
        if (!TestTool.Exists("cjpeg") || !TestTool.Exists("djpeg"))
        {
            Skip = "cjpeg and djpeg are not installed";
        }
    }
}
