using System.Text.RegularExpressions;

namespace BiometricTwoFactor.Emulator.Tests;

/// <summary>A browser with a cookie jar of its own, or with none, that shows where it is sent instead of going there.</summary>
internal sealed partial class Browser : IDisposable
{
    private readonly HttpClient _http;

    public Browser(BiometricEmulator emulator, bool keepsCookies = true, string language = "en")
    {
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = keepsCookies }) { BaseAddress = emulator.BaseAddress };
        _http.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
    }

    public async Task<Seen> GetAsync(string address)
    {
        using var answer = await _http.GetAsync(address);
        return await SeeAsync(answer);
    }

    public async Task<Seen> PostAsync(string address, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        using var answer = await _http.PostAsync(address, form);
        return await SeeAsync(answer);
    }

    /// <summary>Chooses that the check ends well, with whatever the shown form carries along.</summary>
    public Task<Seen> FinishAsync(string address, Seen page) =>
        PostAsync(address, [("scenario", SandboxScenario.Approve), .. page.Hidden]);

    public void Dispose() => _http.Dispose();

    private static async Task<Seen> SeeAsync(HttpResponseMessage answer) => new(
        (int)answer.StatusCode,
        answer.Headers.NonValidated.TryGetValues("Location", out var location) ? location.ToString() : null,
        await answer.Content.ReadAsStringAsync(),
        answer);

    internal sealed partial record Seen(int Status, string? Location, string Html, HttpResponseMessage Answer)
    {
        public (string Name, string Value)[] Hidden =>
            [.. HiddenField().Matches(Html).Select(found => (found.Groups[1].Value, found.Groups[2].Value)).Distinct()];

        /// <summary>The code that is shown to be typed.</summary>
        public string Code => ShownCode().Match(Html) is { Success: true } code ? code.Groups[1].Value : throw new InvalidOperationException("No code is shown.");

        public string State => StateMark().Match(Html).Groups[1].Value;

        [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]+)\">")]
        private static partial Regex HiddenField();

        [GeneratedRegex("class=\"handoff-code\"[^>]*>([0-9A-Z]{4}-[0-9A-Z]{4})<")]
        private static partial Regex ShownCode();

        [GeneratedRegex("data-state=\"([^\"]+)\"")]
        private static partial Regex StateMark();
    }
}
