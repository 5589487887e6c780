using System.Diagnostics;
using System.Text;

namespace BiometricTwoFactor.Emulator.Tests.Page;

/// <summary>Reads and writes JPEG by the system's tools (Debian: libjpeg-turbo-progs).</summary>
internal static class JpegTools
{
    public static bool AreThere { get; } = IsThere("cjpeg") && IsThere("djpeg");

    public static byte[] Encode(int width, int height, byte[] rgb) =>
        Run("cjpeg", ["-quality", "92"], [.. Encoding.ASCII.GetBytes($"P6\n{width} {height}\n255\n"), .. rgb]);

    public static (int Width, int Height, byte[] Rgb) Decode(byte[] jpeg)
    {
        var pixmap = Run("djpeg", ["-rgb", "-pnm"], jpeg);
        var header = Encoding.ASCII.GetString(pixmap, 0, Math.Min(64, pixmap.Length)).Split('\n', 4);
        Assert.Equal(("P6", "255"), (header[0], header[2]));
        var size = header[1].Split(' ');
        return (int.Parse(size[0]), int.Parse(size[1]), pixmap[(header[0].Length + header[1].Length + header[2].Length + 3)..]);
    }

    private static bool IsThere(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, name)));

    private static byte[] Run(string name, string[] arguments, byte[] input)
    {
        using var process = Process.Start(new ProcessStartInfo(name, arguments) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true })!;
        using var output = new MemoryStream();
        var reading = process.StandardOutput.BaseStream.CopyToAsync(output);
        using (var stream = process.StandardInput.BaseStream)
        {
            stream.Write(input);
        }

        reading.Wait();
        process.WaitForExit();
        return process.ExitCode == 0 ? output.ToArray() : throw new InvalidOperationException($"{name} failed");
    }
}
