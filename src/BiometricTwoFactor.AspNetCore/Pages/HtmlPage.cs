using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>Builds one page; every text that goes in is encoded, and tags come only from the methods here.</summary>
internal sealed partial class HtmlPage
{
    private readonly StringBuilder _html = new();
    private readonly List<string> _paragraphs = [];
    private readonly List<KeyValuePair<string, string>> _details = [];
    private readonly List<BiometricPageForm> _forms = [];
    private readonly List<BiometricPageLink> _links = [];
    private BiometricPageHandOver? _handOver;
    private string? _status;
    private string? _noScript;

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Default;

    public HtmlPage Heading(string text) => Element("h1", text);

    public HtmlPage Paragraph(string text, string? cssClass = null)
    {
        _paragraphs.Add(text);
        return Raw(cssClass is null ? "<p>" : $"<p class=\"{cssClass}\">").Text(text).Raw("</p>\n");
    }

    /// <summary>A region that screen readers read out when it changes. A script's word: without one it is hidden.</summary>
    public HtmlPage Live(string text)
    {
        _status = text;
        return Raw("<p class=\"live\" role=\"status\" aria-live=\"polite\" id=\"live\">").Text(text).Raw("</p>\n");
    }

    public HtmlPage Details(IEnumerable<(string Label, string Value)> rows)
    {
        Raw("<dl class=\"details\">\n");
        foreach (var (label, value) in rows)
        {
            _details.Add(new(label, value));
            Raw("<div>").Element("dt", label).Raw("<dd><bdi>").Text(value).Raw("</bdi></dd></div>\n"); // an amount reads the same in every direction of writing
        }

        return Raw("</dl>\n");
    }

    public HtmlPage Form(string action, IEnumerable<KeyValuePair<string, string>> fields, string button, bool primary = true, BiometricPageChoice? choice = null, BiometricPageSecondButton? second = null)
    {
        var form = new BiometricPageForm(action, [.. fields], button, primary, choice) { Second = second };
        _forms.Add(form);
        Raw("<form method=\"post\" action=\"").Text(action).Raw("\">\n");
        foreach (var (name, value) in form.Fields)
        {
            Raw("<input type=\"hidden\" name=\"").Text(name).Raw("\" value=\"").Text(value).Raw("\">\n");
        }

        if (choice is not null)
        {
            Raw($"<p><label class=\"choice\"><input type=\"checkbox\" name=\"{choice.Name}\" value=\"true\"{(choice.IsChecked ? " checked" : "")}> ").Text(choice.Label).Raw("</label></p>\n");
        }

        Raw($"<button type=\"submit\" class=\"{(primary ? "primary" : "secondary")}\">").Text(button).Raw("</button>\n");
        if (second is not null)
        {
            Raw("<button type=\"submit\" class=\"secondary\" formaction=\"").Text(second.Action).Raw("\">").Text(second.Text).Raw("</button>\n");
        }

        return Raw("</form>\n");
    }

    public HtmlPage Link(string url, string text, bool primary = false)
    {
        _links.Add(new(url, text, primary));
        return Raw($"<p><a class=\"{(primary ? "primary" : "back")}\" href=\"").Text(url).Raw("\">").Text(text).Raw("</a></p>\n");
    }

    /// <summary>Where the provider's page is put when it is shown within the page.</summary>
    public HtmlPage CapturePlace() => Raw("<div id=\"capture\"></div>\n");

    public HtmlPage NoScript(string text)
    {
        _noScript = text;
        return Raw("<noscript><p class=\"notice\">").Text(text).Raw("</p></noscript>\n");
    }

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

    /// <summary>Writes the whole document with its headers (protocol 4.3): the application's own page for it, or ours.</summary>
    public async Task WriteAsync(HttpContext context, PageFrame frame)
    {
        var page = Finish(frame);
        if (await OwnPages.TryWriteAsync(context, page, frame).ConfigureAwait(false))
        {
            return;
        }

        PageHeaders.Set(context, frame);
        var document = $"""
            <!doctype html>
            <html lang="{Encoder.Encode(page.Language)}" dir="{page.Direction}">
            <head>
            {page.HeadHtml}</head>
            <body{page.BodyAttributesHtml}>
            <header><span class="mark" aria-hidden="true"></span>{Encoder.Encode(page.ApplicationName)}</header>
            <main>
            {page.ContentHtml}</main>
            </body>
            </html>

            """;
        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.WriteAsync(document, context.RequestAborted).ConfigureAwait(false);
    }

    private BiometricPage Finish(PageFrame frame) => new()
    {
        Kind = frame.Kind,
        State = frame.Data.GetValueOrDefault("state"),
        Title = frame.Title,
        Language = frame.Language,
        Direction = frame.Direction,
        ApplicationName = frame.ApplicationName,
        Paragraphs = _paragraphs,
        Details = _details,
        ShownDigest = frame.ShownDigest,
        HandOver = _handOver,
        Forms = _forms,
        Links = _links,
        Status = _status,
        NoScript = _noScript,
        ContentHtml = _html.ToString(),
        HeadHtml = HeadOf(frame),
        BodyAttributesHtml = string.Concat(frame.Data.Select(item => $" data-{item.Key}=\"{Encoder.Encode(item.Value)}\"")),
    };

    private static string HeadOf(PageFrame frame)
    {
        var own = frame.OwnStylesheet is null ? "" : $"<link rel=\"stylesheet\" href=\"{Encoder.Encode(frame.OwnStylesheet)}\">\n";
        var forFrame = frame.FrameStylesheet is null ? "" : $"<link rel=\"stylesheet\" id=\"didit-sdk-styles\" href=\"{Encoder.Encode(frame.FrameStylesheet)}\">\n";
        var script = frame.Script is null ? "" : $"<script type=\"module\" src=\"{Encoder.Encode(frame.Script)}\"></script>\n";
        return $"""
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="robots" content="noindex">
            <title>{Encoder.Encode(frame.Title)}</title>
            <meta name="color-scheme" content="light dark">
            <link rel="stylesheet" href="{Encoder.Encode(frame.Stylesheet)}">
            {forFrame}{own}<noscript><link rel="stylesheet" href="{Encoder.Encode(frame.NoScriptStylesheet)}"></noscript>
            {script}
            """;
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
