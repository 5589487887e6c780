using System.Globalization;
using System.Text;

namespace BiometricTwoFactor.Emulator;

/// <summary>The hand-off's pages. Everything that is not written here goes through the encoder.</summary>
internal static class HandoffHtml
{
    /// <summary>What the hosted page's forms carry, so that a browser that keeps no cookie is known again.</summary>
    public static string Field(string device) => $"<input type=\"hidden\" name=\"{BrowserDevice.Field}\" value=\"{PageHtml.Encode(device)}\">";

    /// <summary>The way in, for the hosted page.</summary>
    public static string Link(string address, HandoffTexts texts) =>
        $"<p class=\"handoff-offer\"><a href=\"{PageHtml.Encode(address)}\">{PageHtml.Encode(texts.Offer)}</a></p>";

    /// <summary>Before the other device has come: the address and the code that bring it here.</summary>
    public static string Waiting(HandoffTexts texts, HandoffView view, string code, Uri entrance)
    {
        var address = $"{entrance.AbsoluteUri}?code={code}";
        var lead = string.Format(CultureInfo.InvariantCulture, PageHtml.Encode(texts.Lead), $"<span class=\"handoff-address\" dir=\"ltr\">{PageHtml.Encode(entrance.AbsoluteUri)}</span>");
        var body = new StringBuilder();
        body.Append($"<h1>{PageHtml.Encode(texts.Offer)}</h1><p>{lead}</p>");
        body.Append($"<div class=\"handoff-picture\" role=\"img\" aria-label=\"{PageHtml.Encode(texts.Picture)}\">{AddressPicture.Svg(address)}</div>");
        body.Append($"<p><a class=\"handoff-address\" dir=\"ltr\" href=\"{PageHtml.Encode(address)}\">{PageHtml.Encode(address)}</a></p>");
        body.Append($"<p id=\"code-label\">{PageHtml.Encode(texts.Code)}</p><p class=\"handoff-code\" dir=\"ltr\" aria-labelledby=\"code-label\">{PageHtml.Encode(code)}</p>");
        body.Append($"<p>{PageHtml.Encode(texts.CodeLife)}</p>");
        Follow(body, view, texts.Waiting);
        body.Append($"<p><a href=\"{PageHtml.Encode(view.Page + view.Query)}\">{PageHtml.Encode(texts.Here)}</a></p>");
        return Page(texts, texts.Offer, body.ToString(), follows: true);
    }

    /// <summary>After the other device has come.</summary>
    public static string HandedOff(HandoffTexts texts, HandoffView view)
    {
        var body = new StringBuilder();
        body.Append($"<h1>{PageHtml.Encode(texts.HandedOff)}</h1>");
        Follow(body, view, texts.HandedOffText);
        body.Append($"<form method=\"post\"><button type=\"submit\">{PageHtml.Encode(texts.AnotherCode)}</button></form>");
        body.Append($"<p><a href=\"{PageHtml.Encode(view.Page + view.Query)}\">{PageHtml.Encode(texts.Here)}</a></p>");
        return Page(texts, texts.HandedOff, body.ToString(), follows: true);
    }

    /// <summary>When the capture is over and this browser stays.</summary>
    public static string Over(HandoffTexts texts, BrowserEnd end) => Page(
        texts, texts.Over, $"<h1>{PageHtml.Encode(texts.Over)}</h1><p>{PageHtml.Encode(texts.Farewell(end))}</p>");

    /// <summary>Where the other device enters a code.</summary>
    public static string Entrance(HandoffTexts texts, string code, string? problem)
    {
        var body = new StringBuilder($"<h1>{PageHtml.Encode(texts.Enter)}</h1>");
        if (problem is not null)
        {
            body.Append($"<div class=\"problem\" role=\"alert\" id=\"problem\"><p>{PageHtml.Encode(problem)}</p></div>");
        }

        var described = problem is null ? "" : " aria-describedby=\"problem\" aria-invalid=\"true\"";
        body.Append($"""
            <form method="post" class="handoff"><label for="code">{PageHtml.Encode(texts.EnterLabel)}</label>
            <input type="text" id="code" name="code" value="{PageHtml.Encode(code)}" maxlength="20" autocomplete="off" autocapitalize="characters" spellcheck="false" dir="ltr" required{described}>
            <button type="submit">{PageHtml.Encode(texts.EnterButton)}</button></form>
            """);
        return Page(texts, texts.Enter, body.ToString());
    }

    private static void Follow(StringBuilder body, HandoffView view, string text) => body.Append(
        $"<p role=\"status\" data-state=\"{PageHtml.Encode(view.State)}\" data-address=\"{PageHtml.Encode(view.Page)}/state\">{PageHtml.Encode(text)}</p>");

    private static string Page(HandoffTexts texts, string title, string main, bool follows = false)
    {
        // Without script the page asks again by itself, less often than a script hears of it.
        var follow = follows ? "<script src=\"/emulator/handoff.js\" defer></script><noscript><meta http-equiv=\"refresh\" content=\"5\"></noscript>" : "";
        return PageHtml.Frame(title, $"<main>{main}</main>", PageTexts.For(texts.Language), "<link rel=\"stylesheet\" href=\"/emulator/handoff.css\">" + follow);
    }
}

/// <summary>A session as the page that waits for it sees it.</summary>
/// <param name="Page">The path of the hosted page.</param>
/// <param name="Query">What its address must carry for this browser; empty when nothing.</param>
/// <param name="State">What was seen of it, for <c>{page}/state?seen=</c>.</param>
internal sealed record HandoffView(string Page, string Query, string State);
