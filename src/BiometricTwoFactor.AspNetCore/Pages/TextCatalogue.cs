using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Localization;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Chooses the words of a request: in the application's own language for it, else in the first of the browser's languages
/// that there are words for, else in English.
/// </summary>
internal sealed class TextCatalogue(IEnumerable<TextRegistration> registered, Tenants tenants)
{
    private const int MostLanguages = 20;
    private readonly Dictionary<string, StepUpTexts> _all = Collect(registered);

    public StepUpTexts For(HttpContext? context)
    {
        if ((context is null ? tenants.Shared : tenants.Of(context)).Pages.Language is { } only)
        {
            return Find(only) ?? _all["en"];
        }

        if (context?.Features.Get<IRequestCultureFeature>() is { } localised)
        {
            return Find(localised.RequestCulture.UICulture.Name) ?? _all["en"];
        }

        return (context is null ? [] : Asked(context)).Select(Find).FirstOrDefault(texts => texts is not null) ?? _all["en"];
    }

    /// <summary>The words for a tag or, from its end on, for less of it: <c>de-AT</c>, then <c>de</c>.</summary>
    public StepUpTexts? Find(string tag)
    {
        for (var part = tag; ;)
        {
            if (_all.TryGetValue(part, out var texts))
            {
                return texts;
            }

            var end = part.LastIndexOf('-');
            if (end < 0)
            {
                return null;
            }

            part = part[..end];
        }
    }

    private static IEnumerable<string> Asked(HttpContext context) =>
        context.Request.GetTypedHeaders().AcceptLanguage
            .Where(language => language.Quality is not 0)
            .OrderByDescending(language => language.Quality ?? 1)
            .Take(MostLanguages)
            .Select(language => language.Value.ToString());

    private static Dictionary<string, StepUpTexts> Collect(IEnumerable<TextRegistration> registered)
    {
        var all = StepUpTexts.ShippedLanguages.ToDictionary(language => language, StepUpTexts.For, StringComparer.OrdinalIgnoreCase);
        foreach (var registration in registered)
        {
            all[registration.Texts.Language] = registration.Texts; // the application's word counts
        }

        return all;
    }
}

/// <summary>Words that the application registered.</summary>
internal sealed record TextRegistration(StepUpTexts Texts);
