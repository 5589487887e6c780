using System.Text;
using BiometricTwoFactor.ReferenceMatcher.Tests.Imaging.Jpeg;

namespace BiometricTwoFactor.ReferenceMatcher.Tests.Imaging.Png;

/// <summary>Netpbm's decoder (libpng), as the judge.</summary>
public static class Pngtopnm
{
    private const string Tool = "pngtopnm";

    public static bool IsThere => TestTool.Exists(Tool);

    /// <summary>What it makes of a file, brought to eight bits a sample: width, height, red, green and blue.</summary>
    public static (int Width, int Height, byte[] Rgb) Decode(byte[] file) => Parse(TestTool.Run(Tool, [], file));

    private static (int Width, int Height, byte[] Rgb) Parse(byte[] pnm)
    {
        var at = 0;
        var kind = Word();
        int width = int.Parse(Word()), height = int.Parse(Word()), most = kind == "P4" ? 1 : int.Parse(Word());
        var data = pnm.AsSpan(at);

        var rgb = new byte[width * height * 3];
        for (var i = 0; i < rgb.Length; i++)
        {
            var pixel = i / 3;
            var sample = kind == "P6" ? i : pixel;
            var value = kind switch
            {
                "P4" => 1 - ((data[(pixel / width * ((width + 7) / 8)) + (pixel % width / 8)] >> (7 - (pixel % width % 8))) & 1),
                _ when most > 255 => (data[sample * 2] << 8) | data[(sample * 2) + 1],
                _ => data[sample],
            };
            rgb[i] = (byte)Math.Round(value * 255.0 / most);
        }

        return (width, height, rgb);

        string Word()
        {
            var word = new StringBuilder();
            while (!char.IsWhiteSpace((char)pnm[at]))
            {
                word.Append((char)pnm[at++]);
            }

            at++;
            return word.ToString();
        }
    }
}

/// <summary>A theory that asks the judge; left out, and counted as such, where it is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PngtopnmTheoryAttribute : TheoryAttribute
{
    public PngtopnmTheoryAttribute() => Skip = Pngtopnm.IsThere ? null : "pngtopnm (package netpbm) is not installed.";
}
