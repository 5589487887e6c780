using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace BiometricTwoFactor.Emulator;

/// <summary>What the hosted page says in one language: the tables of <c>Page/Texts</c>, all with the same keys.</summary>
internal sealed class PageTexts
{
    /// <summary>In the order of the switcher, each with its own name.</summary>
    public static IReadOnlyList<(string Code, string Name)> Languages { get; } =
        [("en", "English"), ("de", "Deutsch"), ("es", "Español"), ("ko", "한국어"), ("ar", "العربية")];

    private static readonly FrozenDictionary<string, Lazy<PageTexts>> All = Languages
        .Select(language => language.Code)
        .ToFrozenDictionary(code => code, code => new Lazy<PageTexts>(() => new PageTexts(code)), StringComparer.Ordinal);

    private readonly FrozenDictionary<string, string> _table;

    private PageTexts(string language)
    {
        Language = language;
        var table = JsonNode.Parse(PageAssets.Text($"Page.Texts.{language}.json"))!.AsObject();
        _table = table.ToFrozenDictionary(entry => entry.Key, entry => entry.Value!.GetValue<string>(), StringComparer.Ordinal);
    }

    public string Language { get; }

    public string Direction => Language == "ar" ? "rtl" : "ltr";

    public IEnumerable<string> Keys => _table.Keys;

    public string this[string key] => _table[key];

    public string Format(string key, object value) => string.Format(CultureInfo.InvariantCulture, this[key], value);

    /// <summary>The texts of a language; English for those that the page does not speak.</summary>
    public static PageTexts For(string? language) => (language is not null && All.TryGetValue(language, out var texts) ? texts : All["en"]).Value;

    /// <summary>The address names the language; else the browser does, by its wishes; else it is English.</summary>
    public static PageTexts For(HttpContext context)
    {
        if (context.Request.RouteValues["language"] is string named)
        {
            return For(named);
        }

        if (!StringWithQualityHeaderValue.TryParseList(context.Request.Headers.AcceptLanguage, out var wishes))
        {
            return For("en");
        }

        var wanted = wishes
            .Where(wish => wish.Quality is not 0)
            .OrderByDescending(wish => wish.Quality ?? 1)
            .Select(wish => wish.Value.ToString().Split('-')[0].ToLowerInvariant())
            .FirstOrDefault(All.ContainsKey);
        return For(wanted);
    }
}
