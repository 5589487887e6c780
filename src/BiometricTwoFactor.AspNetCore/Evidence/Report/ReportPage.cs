using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>A page without script, in one file: its only style is named by its hash in the page's own policy.</summary>
internal sealed class ReportPage
{
    private const string Style = """
        :root{color-scheme:light;--ink:#1a1f2b;--soft:#5b6474;--line:#d8dde6;--good:#1a6b3c;--bad:#a3231f}
        *{box-sizing:border-box}
        body{margin:0 auto;max-width:60rem;padding:2rem 1.5rem;font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:#fff}
        h1{font-size:1.5rem;margin:0 0 .25rem}
        h2{font-size:1.1rem;margin:2rem 0 .5rem;border-bottom:2px solid var(--ink);padding-bottom:.2rem}
        h3{font-size:1rem;margin:1.25rem 0 .4rem}
        p{margin:.4rem 0}
        .outcome{font-size:1.2rem;font-weight:600}
        .soft{color:var(--soft)}
        table{border-collapse:collapse;width:100%;margin:.4rem 0;table-layout:auto}
        th,td{text-align:left;vertical-align:top;padding:.35rem .6rem .35rem 0;border-bottom:1px solid var(--line);overflow-wrap:anywhere}
        thead th{font-weight:600;color:var(--soft);font-size:.85rem}
        tbody th{font-weight:500;width:14rem}
        code{font:.8rem/1.4 ui-monospace,monospace;overflow-wrap:anywhere}
        .passed{color:var(--good);font-weight:600;white-space:nowrap}
        .failed{color:var(--bad);font-weight:600;white-space:nowrap}
        .skipped{color:var(--soft);white-space:nowrap}
        @page{size:A4;margin:18mm 15mm}
        @media print{body{max-width:none;padding:0;font-size:10pt}h2,h3{break-after:avoid}tr{break-inside:avoid}thead{display:table-header-group}}
        """;

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly StringBuilder _html = new();

    /// <summary>What the page needs of a policy, and no more.</summary>
    public static string Policy { get; } =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; base-uri 'none'; form-action 'none'";

    public ReportPage Heading(string text) => Element("h2", text);

    public ReportPage Title(string text) => Element("h1", text);

    public ReportPage SubHeading(string text) => Element("h3", text);

    public ReportPage Paragraph(string text, string? style = null) => Raw(style is null ? "<p>" : $"<p class=\"{style}\">").Text(text).Raw("</p>\n");

    /// <summary>Rows of a name and a value; what has no value is left out.</summary>
    public ReportPage Facts(params ReadOnlySpan<(string Name, string? Value)> facts)
    {
        Raw("<table><tbody>\n");
        foreach (var (name, value) in facts)
        {
            if (!string.IsNullOrEmpty(value))
            {
                Raw("<tr><th scope=\"row\">").Text(name).Raw("</th><td>").Text(value).Raw("</td></tr>\n");
            }
        }

        return Raw("</tbody></table>\n");
    }

    public ReportPage Table(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<(string Text, string? Style)>> rows)
    {
        Raw("<table><thead><tr>");
        foreach (var column in columns)
        {
            Raw("<th scope=\"col\">").Text(column).Raw("</th>");
        }

        Raw("</tr></thead><tbody>\n");
        foreach (var row in rows)
        {
            Raw("<tr>");
            foreach (var (text, style) in row)
            {
                Raw(style switch { null => "<td>", "code" => "<td><code>", _ => $"<td class=\"{style}\">" }).Text(text).Raw(style == "code" ? "</code></td>" : "</td>");
            }

            Raw("</tr>\n");
        }

        return Raw("</tbody></table>\n");
    }

    public string Write(string title) => $"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="{Encoder.Encode(Policy)}">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="robots" content="noindex">
        <title>{Encoder.Encode(title)}</title>
        <style>{Style}</style>
        </head>
        <body>
        <main>
        {_html}</main>
        </body>
        </html>

        """;

    private ReportPage Element(string tag, string text) => Raw($"<{tag}>").Text(text).Raw($"</{tag}>\n");

    private ReportPage Text(string text)
    {
        _html.Append(Encoder.Encode(text));
        return this;
    }

    private ReportPage Raw(string html)
    {
        _html.Append(html);
        return this;
    }
}
