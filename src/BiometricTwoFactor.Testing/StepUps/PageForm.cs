using System.Net;
using System.Text.RegularExpressions;

namespace BiometricTwoFactor.Testing;

/// <summary>A form of one of the SDK's own pages: where it goes, and its hidden fields. No parser for pages of the web.</summary>
internal sealed partial record PageForm(string? Id, string Action, IReadOnlyList<KeyValuePair<string, string>> Fields)
{
    public static IEnumerable<PageForm> In(string html) => Forms().Matches(html).Select(form => new PageForm(
        Attribute(form.Groups["tag"].Value, "id"),
        Attribute(form.Groups["tag"].Value, "action") ?? "",
        [
            .. Inputs().Matches(form.Groups["content"].Value)
                .Select(input => KeyValuePair.Create(Attribute(input.Value, "name") ?? "", Attribute(input.Value, "value") ?? ""))
                .Where(field => field.Key.Length > 0),
        ]));

    private static string? Attribute(string tag, string name)
    {
        foreach (Match attribute in Attributes().Matches(tag))
        {
            if (string.Equals(attribute.Groups["name"].Value, name, StringComparison.Ordinal))
            {
                return WebUtility.HtmlDecode(attribute.Groups["value"].Value);
            }
        }

        return null;
    }

    [GeneratedRegex("<form(?<tag>[^>]*)>(?<content>.*?)</form>", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Forms();

    [GeneratedRegex("<input[^>]*>", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Inputs();

    [GeneratedRegex("(?<name>[a-z-]+)=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Attributes();
}
