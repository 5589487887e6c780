using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace BiometricTwoFactor.Emulator;

/// <summary>The hosted page's frame: what every page of it has. Everything that is not written here goes through the encoder.</summary>
internal static class PageHtml
{
    // What the script says by itself; everything else it shows comes from the server.
    private static readonly string[] ScriptTexts = ["camera_", "guide_", "connection_failed", "try_again", "end_continue", "end_close", "end_leaving"];

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>A capture that is open.</summary>
    public static string Capture(EmulatedSession session, EmulatedWorkflow workflow, PageOffer offer, HandoffOffer handoff, PageProblem? problem, PageTexts texts, string pathBase)
    {
        var state = new StringBuilder(State(session, "open", texts));
        if (offer.TakesPicture)
        {
            state.Append(CultureInfo.InvariantCulture, $" data-camera=\"{(offer.Turn is null ? "picture" : "turn")}\"");
        }

        if (PageAnswer.Word(offer.Turn) is { } turn)
        {
            state.Append(CultureInfo.InvariantCulture, $" data-turn=\"{turn}\"");
        }

        return Page(texts["title"], CaptureHtml.Build(session, workflow, offer, handoff, problem, texts), texts, state.ToString(), LanguageLinks(session, texts, pathBase));
    }

    /// <summary>One that is over.</summary>
    public static string Ended(EmulatedSession session, CaptureResult? measured, PageTexts texts, string pathBase, string? farewell) =>
        Page(EndHtml.Title(session.Status, texts), EndHtml.Build(session.Status, measured, texts, farewell), texts, State(session, "over", texts), LanguageLinks(session, texts, pathBase));

    public static string Unknown(PageTexts texts) => Page(
        texts["unknown"], $"<h1>{Encode(texts["unknown"])}</h1><p class=\"lead\">{Encode(texts["unknown_text"])}</p>", texts, "", "");

    public static string Encode(string text) => Encoder.Encode(text);

    /// <summary>What the script has to know. Never the token: whatever it tells others has none.</summary>
    private static string State(EmulatedSession session, string state, PageTexts texts)
    {
        var own = new JsonObject();
        foreach (var key in texts.Keys.Where(key => ScriptTexts.Any(start => key.StartsWith(start, StringComparison.Ordinal))))
        {
            own[key] = texts[key];
        }

        return $" data-state=\"{state}\" data-session=\"{Encode(session.Id.ToString())}\" data-status=\"{Encode(session.Status.ToWire())}\" data-texts=\"{Encode(own.ToJsonString(ProviderJson.Options))}\"";
    }

    private static string LanguageLinks(EmulatedSession session, PageTexts texts, string pathBase)
    {
        var links = new StringBuilder();
        foreach (var (code, name) in PageTexts.Languages)
        {
            var current = code == texts.Language ? " aria-current=\"true\"" : "";
            links.Append(CultureInfo.InvariantCulture, $"<li><a href=\"{Encode($"{pathBase}/{code}/session/{session.Token.Reveal()}")}\" lang=\"{code}\" hreflang=\"{code}\"{current}>{Encode(name)}</a></li>");
        }

        return $"<footer><nav aria-label=\"{Encode(texts["language"])}\"><ul>{links}</ul></nav></footer>";
    }

    private static string Page(string title, string main, PageTexts texts, string state, string footer) => Frame(
        title,
        $"<main id=\"page\"{state}>{main}</main>{footer}",
        texts,
        """<link rel="stylesheet" href="/emulator/capture.css"><script type="module" src="/emulator/capture.js"></script>""");

    /// <summary>Around every page that a customer sees: it says that it is an emulator.</summary>
    /// <param name="title">Encoded here.</param>
    /// <param name="body">HTML.</param>
    /// <param name="texts">The language.</param>
    /// <param name="head">HTML: the page's own styles and scripts.</param>
    public static string Frame(string title, string body, PageTexts texts, string head) =>
        $"""
        <!doctype html>
        <html lang="{texts.Language}" dir="{texts.Direction}">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="robots" content="noindex">
        <title>{Encode(title)} – {Encode(texts["banner"].TrimEnd('.'))}</title>
        <link rel="stylesheet" href="/emulator/page.css">
        <link rel="stylesheet" href="/emulator/forms.css">
        {head}
        </head>
        <body>
        <header><p><strong>{Encode(texts["banner"])}</strong> {Encode(texts["banner_text"])}</p></header>
        {body}
        </body>
        </html>
        """;
}
