using System.Text.RegularExpressions;

namespace BiometricTwoFactor.Emulator.Tests.Page;

public sealed class PageTextsTests
{
    public static TheoryData<string> Others => [.. PageTexts.Languages.Select(language => language.Code).Where(code => code != "en")];

    [Theory]
    [MemberData(nameof(Others))]
    public void Every_language_says_everything_that_English_says(string language)
    {
        var (english, other) = (PageTexts.For("en"), PageTexts.For(language));
        Assert.Equal(language, other.Language);
        Assert.Equal(english.Keys.Order(StringComparer.Ordinal), other.Keys.Order(StringComparer.Ordinal));
        foreach (var key in english.Keys)
        {
            Assert.False(string.IsNullOrWhiteSpace(other[key]), key);
            Assert.Equal(Placeholders(english[key]), Placeholders(other[key]));
            Assert.False(key is not ("status" or "banner") && other[key] == english[key], $"{key} is not translated");
        }
    }

    [Fact]
    public void Every_problem_scenario_and_status_has_its_words()
    {
        var keys = PageTexts.For("en").Keys.ToHashSet(StringComparer.Ordinal);
        Assert.All(SandboxScenario.All, scenario => Assert.Superset(new HashSet<string>(StringComparer.Ordinal) { $"outcome_{scenario}", $"outcome_{scenario}_hint" }, keys));
        // What the script says by its own keys.
        var script = string.Concat(PageAssets.Scripts.Select(name => PageAssets.Text("Page.Script." + name)));
        foreach (Match used in Regex.Matches(script, "\"((?:camera|guide|end|connection|try)_[a-z_]+)\""))
        {
            Assert.Contains(used.Groups[1].Value, keys);
        }
    }

    [Theory]
    [InlineData("fr", "en")]
    [InlineData("pt-BR", "en")]
    [InlineData("ko", "ko")]
    [InlineData(null, "en")]
    public void A_language_that_the_page_does_not_speak_is_English(string? asked, string spoken) => Assert.Equal(spoken, PageTexts.For(asked).Language);

    [Theory]
    [InlineData("/session/", "fr, es;q=0.8, de;q=0.9", "de")]
    [InlineData("/session/", "ko-KR", "ko")]
    [InlineData("/session/", "de;q=0, ar;q=0.1", "ar")]
    [InlineData("/session/", ";;;,", "en")]
    [InlineData("/session/", "xx", "en")]
    [InlineData("/es/session/", "de", "es")]
    [InlineData("/fr/session/", "de", "en")]
    public async Task The_address_decides_before_the_browser_does(string path, string accept, string spoken)
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await party.CreatedKycAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, path + session.Token);
        request.Headers.TryAddWithoutValidation("Accept-Language", accept);
        using var response = await party.Http.SendAsync(request);
        Assert.Contains($"<html lang=\"{spoken}\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static string[] Placeholders(string text) => [.. Regex.Matches(text, @"\{\d\}").Select(match => match.Value).Order(StringComparer.Ordinal)];
}
