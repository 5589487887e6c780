namespace BiometricTwoFactor.AspNetCore;

/// <summary>The parts that only the pages of a hand-over have.</summary>
internal sealed partial class HtmlPage
{
    /// <summary>The picture and the digits, beside each other where there is room: the person looks from one to the other.</summary>
    public HtmlPage PictureAndDigits(BiometricPageHandOver shown, string description, string label)
    {
        _handOver = shown;
        Raw("<div class=\"hand-over\">\n<p class=\"qr\"><img width=\"240\" height=\"240\" src=\"").Text(shown.PictureUrl).Raw("\" alt=\"").Text(description)
            .Raw("\"></p>\n<div>").Paragraph(label, "step");
        return Raw("<p class=\"digits\">").Text(shown.Digits).Raw("</p>\n</div>\n</div>\n");
    }

    /// <summary>A text to be copied: in a field, so that one key press selects all of it, and in lines, so that all of it is seen.</summary>
    public HtmlPage Copyable(string id, string label, string text) =>
        Raw($"<p class=\"field\"><label for=\"{id}\">").Text(label).Raw($"</label><textarea id=\"{id}\" rows=\"3\" readonly autocomplete=\"off\" spellcheck=\"false\">").Text(text).Raw("</textarea></p>\n");

    /// <summary>Something that was typed wrongly; screen readers say it at once.</summary>
    public HtmlPage Alert(string id, string text)
    {
        _paragraphs.Add(text);
        return Raw($"<p class=\"notice alert\" role=\"alert\" id=\"{id}\">").Text(text).Raw("</p>\n");
    }

    /// <summary>The form that asks for the digits; a keyboard of digits where there is one, and nothing is remembered.</summary>
    public HtmlPage DigitsForm(string action, IEnumerable<KeyValuePair<string, string>> fields, string button, BiometricPageInput input, string? describedBy)
    {
        var form = new BiometricPageForm(action, [.. fields], button, IsPrimary: true, Choice: null) { Input = input };
        _forms.Add(form);
        Raw("<form method=\"post\" action=\"").Text(action).Raw("\">\n");
        foreach (var (field, value) in form.Fields)
        {
            Raw("<input type=\"hidden\" name=\"").Text(field).Raw("\" value=\"").Text(value).Raw("\">\n");
        }

        var described = describedBy is null ? "" : $" aria-describedby=\"{describedBy}\" aria-invalid=\"true\"";
        return Raw($"<p class=\"field\"><label for=\"{input.Name}\">").Text(input.Label)
            .Raw($"</label><input id=\"{input.Name}\" name=\"{input.Name}\" class=\"digits\" type=\"text\" inputmode=\"numeric\" autocomplete=\"off\" pattern=\"[0-9]{{2}}\" maxlength=\"2\" required{described}></p>\n")
            .Raw("<button type=\"submit\" class=\"primary\">").Text(button).Raw("</button>\n</form>\n");
    }
}
