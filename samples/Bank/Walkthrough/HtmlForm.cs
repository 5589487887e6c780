using System.Net;
using System.Text.RegularExpressions;

namespace Bank;

/// <summary>A form as a page offers it: where it goes, and the fields that are filled already.</summary>
internal sealed partial record HtmlForm(string? Id, Uri Action, IReadOnlyDictionary<string, string> Fields)
{
    /// <summary>The forms of a page. Enough for pages of our own; not a parser for the web.</summary>
    public static IReadOnlyList<HtmlForm> In(string html, Uri page) =>
    [
        .. Forms().Matches(html).Select(form =>
        {
            var tag = form.Groups["tag"].Value;
            var action = Attribute(tag, "action") is { Length: > 0 } target ? new Uri(page, target) : page;
            var fields = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (Match input in Inputs().Matches(form.Groups["content"].Value))
            {
                var isChoice = Attribute(input.Value, "type") is "radio" or "checkbox";
                if (Attribute(input.Value, "name") is { } name && (!isChoice || input.Value.Contains(" checked", StringComparison.Ordinal)))
                {
                    fields[name] = Attribute(input.Value, "value") ?? "";
                }
            }

            return new HtmlForm(Attribute(tag, "id"), action, fields);
        }),
    ];

    private static string? Attribute(string tag, string name) =>
        Regex.Match(tag, $" {name}=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)) is { Success: true } match
            ? WebUtility.HtmlDecode(match.Groups["value"].Value)
            : null;

    [GeneratedRegex("<form(?<tag>[^>]*)>(?<content>.*?)</form>", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Forms();

    [GeneratedRegex("<input[^>]*>", RegexOptions.None, 1000)]
    private static partial Regex Inputs();
}
