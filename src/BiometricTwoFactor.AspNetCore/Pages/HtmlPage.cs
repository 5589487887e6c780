using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>Builds one page; every text that goes in is encoded, and tags come only from the methods here.</summary>
internal sealed class HtmlPage
{
    private readonly StringBuilder _html = new();
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Default;

    public HtmlPage Heading(string text) => Element("h1", text);

    public HtmlPage Paragraph(string text, string? cssClass = null) =>
        Raw(cssClass is null ? "<p>" : $"<p class=\"{cssClass}\">").Text(text).Raw("</p>\n");

    /// <summary>A region that screen readers read out when it changes. A script's word: without one it is hidden.</summary>
    public HtmlPage Live(string text) => Raw("<p class=\"live\" role=\"status\" aria-live=\"polite\" id=\"live\">").Text(text).Raw("</p>\n");

    public HtmlPage Details(IEnumerable<(string Label, string Value)> rows)
    {
        Raw("<dl class=\"details\">\n");
        foreach (var (label, value) in rows)
        {
            Raw("<div>").Element("dt", label).Element("dd", value).Raw("</div>\n");
        }

        return Raw("</dl>\n");
    }

    public HtmlPage Form(string action, IEnumerable<KeyValuePair<string, string>> fields, string button, bool primary = true, CheckBox? choice = null)
    {
        Raw("<form method=\"post\" action=\"").Text(action).Raw("\">\n");
        foreach (var (name, value) in fields)
        {
            Raw("<input type=\"hidden\" name=\"").Text(name).Raw("\" value=\"").Text(value).Raw("\">\n");
        }

        if (choice is not null)
        {
            Raw($"<p><label class=\"choice\"><input type=\"checkbox\" name=\"{choice.Name}\" value=\"true\"{(choice.IsChecked ? " checked" : "")}> ").Text(choice.Label).Raw("</label></p>\n");
        }

        return Raw($"<button type=\"submit\" class=\"{(primary ? "primary" : "secondary")}\">").Text(button).Raw("</button>\n</form>\n");
    }

    public HtmlPage Link(string url, string text, bool primary = false) =>
        Raw($"<p><a class=\"{(primary ? "primary" : "back")}\" href=\"").Text(url).Raw("\">").Text(text).Raw("</a></p>\n");

    public HtmlPage NoScript(string text) => Raw("<noscript><p class=\"notice\">").Text(text).Raw("</p></noscript>\n");

    /// <summary>The form that goes on by itself (<c>resume.js</c>); its files are put back by the script, so that it has no button then.</summary>
    public HtmlPage ResumeForm(string action, IEnumerable<KeyValuePair<string, string>> fields, IReadOnlyList<KeptFileInput> files, bool isMultipart, string? button)
    {
        Raw("<form id=\"resume\" method=\"post\"").Raw(isMultipart ? " enctype=\"multipart/form-data\"" : "").Raw(" action=\"").Text(action).Raw("\">\n");
        foreach (var (name, value) in fields)
        {
            Raw("<input type=\"hidden\" name=\"").Text(name).Raw("\" value=\"").Text(value).Raw("\">\n");
        }

        foreach (var file in files)
        {
            Raw("<input type=\"file\" hidden name=\"").Text(file.Field).Raw("\" data-name=\"").Text(file.Name)
                .Raw("\" data-type=\"").Text(file.Type).Raw("\" data-url=\"").Text(file.Url).Raw("\">\n");
        }

        return (button is null ? this : Raw("<button type=\"submit\" class=\"primary\">").Text(button).Raw("</button>\n")).Raw("</form>\n");
    }

    /// <summary>Writes the whole document with its headers (protocol 4.3).</summary>
    public Task WriteAsync(HttpContext context, PageFrame frame)
    {
        SetHeaders(context, frame);
        var data = string.Concat(frame.Data.Select(item => $" data-{item.Key}=\"{Encoder.Encode(item.Value)}\""));
        var script = frame.Script is null ? "" : $"<script type=\"module\" src=\"{Encoder.Encode(frame.Script)}\"></script>\n";
        var document = $"""
            <!doctype html>
            <html lang="{Encoder.Encode(frame.Language)}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="robots" content="noindex">
            <title>{Encoder.Encode(frame.Title)}</title>
            <meta name="color-scheme" content="light dark">
            <link rel="stylesheet" href="{Encoder.Encode(frame.Stylesheet)}">
            <noscript><link rel="stylesheet" href="{Encoder.Encode(frame.NoScriptStylesheet)}"></noscript>
            {script}</head>
            <body{data}>
            <header><span class="mark" aria-hidden="true"></span>{Encoder.Encode(frame.ApplicationName)}</header>
            <main>
            {_html}</main>
            </body>
            </html>

            """;
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(document, context.RequestAborted);
    }

    private static void SetHeaders(HttpContext context, PageFrame frame)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "no-referrer";
        headers.XContentTypeOptions = "nosniff";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers.Remove("X-Frame-Options"); // antiforgery sets it to SAMEORIGIN; frame-ancestors below is the stricter word
        headers.ContentSecurityPolicy =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; "
            + $"form-action {string.Join(' ', ["'self'", .. frame.FormTargets])}; "
            + $"frame-ancestors {(frame.MayBeFramed ? "'self'" : "'none'")}";
    }

    /// <summary>A file to be put back into a form, and where its content is fetched.</summary>
    internal sealed record KeptFileInput(string Field, string Name, string Type, string Url);

    private HtmlPage Element(string tag, string text) => Raw($"<{tag}>").Text(text).Raw($"</{tag}>\n");

    private HtmlPage Text(string text)
    {
        _html.Append(Encoder.Encode(text));
        return this;
    }

    private HtmlPage Raw(string html)
    {
        _html.Append(html);
        return this;
    }
}

/// <summary>A choice within a form, not made by default.</summary>
/// <param name="Name">The field, one of our own constants.</param>
/// <param name="Label">What is chosen.</param>
/// <param name="IsChecked">What was chosen before.</param>
internal sealed record CheckBox(string Name, string Label, bool IsChecked);

/// <summary>What surrounds a page's content.</summary>
internal sealed record PageFrame(string Title, string Language, string ApplicationName, string Stylesheet, string NoScriptStylesheet)
{
    public string? Script { get; init; }

    public IReadOnlyDictionary<string, string> Data { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Other origins that a form of this page leads to; without the hosted page's the browser blocks the redirect after start.</summary>
    public IReadOnlyList<string> FormTargets { get; init; } = [];

    public bool MayBeFramed { get; init; }
}
