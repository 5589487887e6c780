using System.Globalization;
using System.Text;

namespace BiometricTwoFactor.Emulator;

/// <summary>The least PDF that every reader opens: one A4 page of text. No library under a free licence is to be had.</summary>
internal static class OnePagePdf
{
    private const int LongestLine = 100;

    public static byte[] Write(string title, IEnumerable<string> lines)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"BT /F1 18 Tf 56 780 Td ({Escape(title)}) Tj ET\n");
        text.Append("BT /F2 9 Tf 13 TL 56 750 Td\n");
        foreach (var line in lines)
        {
            text.Append(CultureInfo.InvariantCulture, $"({Escape(line)}) Tj T*\n");
        }

        text.Append("ET\n");
        string[] objects =
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 4 0 R /F2 5 0 R >> >> /Contents 6 0 R >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>",
            string.Create(CultureInfo.InvariantCulture, $"<< /Length {text.Length} >>\nstream\n{text}endstream"),
        ];

        // Every character is one byte from here on, so that lengths and offsets agree.
        var file = new StringBuilder("%PDF-1.7\n");
        var offsets = new List<int>();
        for (var i = 0; i < objects.Length; i++)
        {
            offsets.Add(file.Length);
            file.Append(CultureInfo.InvariantCulture, $"{i + 1} 0 obj\n{objects[i]}\nendobj\n");
        }

        var table = file.Length;
        file.Append(CultureInfo.InvariantCulture, $"xref\n0 {objects.Length + 1}\n0000000000 65535 f \n");
        foreach (var offset in offsets)
        {
            file.Append(CultureInfo.InvariantCulture, $"{offset:0000000000} 00000 n \n");
        }

        file.Append(CultureInfo.InvariantCulture, $"trailer\n<< /Size {objects.Length + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n");
        return Encoding.Latin1.GetBytes(file.ToString());
    }

    private static string Escape(string line)
    {
        var text = new StringBuilder();
        foreach (var c in line.Length > LongestLine ? line.AsSpan(0, LongestLine) : line)
        {
            // Printable Latin-1 only: controls would end the string, others have no glyph in these fonts.
            text.Append(c switch
            {
                '(' or ')' or '\\' => $"\\{c}",
                (>= ' ' and <= '~') or (>= '\u00A1' and <= '\u00FF') => c.ToString(),
                _ => "?",
            });
        }

        return text.ToString();
    }
}
