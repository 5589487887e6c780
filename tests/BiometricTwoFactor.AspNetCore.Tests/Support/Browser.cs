using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>
/// One browser with its own cookies, which follows no redirect by itself and does what the SDK's scripts do. Real
/// browsers are driven elsewhere; here the wire is in the foreground.
/// </summary>
internal sealed partial class Browser : IDisposable
{
    private readonly HttpClient _http;
    private readonly SecretScan? _secrets;

    public Browser(Uri address, SecretScan? secrets = null)
    {
        _secrets = secrets;
        Address = address;
        Cookies = new CookieContainer();
        _http = new HttpClient(new Answers(secrets) { InnerHandler = new SocketsHttpHandler { CookieContainer = Cookies, AllowAutoRedirect = false } }) { BaseAddress = address };
    }

    public Uri Address { get; }

    public CookieContainer Cookies { get; }

    /// <summary>The address that this browser comes from, where the relying party has <see cref="Networks"/>.</summary>
    public string ComesFrom
    {
        set
        {
            _http.DefaultRequestHeaders.Remove("X-Forwarded-For");
            _http.DefaultRequestHeaders.Add("X-Forwarded-For", value);
        }
    }

    /// <summary>The host that this browser asks for, whatever the address underneath.</summary>
    public string? Host
    {
        set => _http.DefaultRequestHeaders.Host = value;
    }

    public void Dispose() => _http.Dispose();

    public async Task SignInAsync(string user)
    {
        _secrets?.Person(user);
        using var answer = await PostAsync("/login", ("user", user));
        answer.EnsureSuccessStatusCode();
    }

    public async Task SignOutAsync()
    {
        using var answer = await PostAsync("/logout");
        answer.EnsureSuccessStatusCode();
    }

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => _http.SendAsync(request);

    public Task<HttpResponseMessage> GetAsync(string url) => _http.GetAsync(url);

    public Task<HttpResponseMessage> PostAsync(string url, params (string Name, string Value)[] fields) =>
        _http.PostAsync(url, new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))));

    public Task<HttpResponseMessage> PostContentAsync(string url, HttpContent content) => _http.PostAsync(url, content);

    public async Task<(string Name, string Value)> TokenAsync()
    {
        var json = await _http.GetFromJsonAsync<JsonElement>("/form");
        return (json.GetProperty("field").GetString()!, json.GetProperty("token").GetString()!);
    }

    /// <summary>Sends the transfer form.</summary>
    public async Task<HttpResponseMessage> TransferAsync(string amount = "250.00", string account = "DE89370400440532013000", string currency = "EUR") =>
        await PostAsync("/transfers", ("Amount", amount), ("Currency", currency), ("Account", account), ("Name", "Ada Lovelace"), await TokenAsync());

    /// <summary>Asks for a transfer, and gives the id of the challenge that it makes.</summary>
    public async Task<string> AskAsync(string amount = "250.00", string account = "DE89370400440532013000")
    {
        using var answer = await TransferAsync(amount, account);
        await ExpectAsync(HttpStatusCode.SeeOther, answer);
        return IdOf(answer);
    }

    public static string IdOf(HttpResponseMessage redirect) => ConfirmPath().Match(redirect.Headers.Location!.ToString()).Groups[1].Value;

    /// <summary>Presses the button of the confirm page.</summary>
    public async Task<HttpResponseMessage> StartAsync(string id) => await PostAsync($"/biometric/start/{id}", await TokenAsync());

    /// <summary>Presses the button and gives the hosted page's address.</summary>
    public async Task<Uri> StartedAsync(string id)
    {
        using var answer = await StartAsync(id);
        await ExpectAsync(HttpStatusCode.SeeOther, answer);
        return answer.Headers.Location!;
    }

    /// <summary>What the callback page's script does once.</summary>
    public async Task<HttpResponseMessage> ClaimOnceAsync(Uri callback)
    {
        _secrets?.Code(callback.Segments[^1]);
        using var page = await GetAsync(callback.PathAndQuery);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        var token = await _http.GetFromJsonAsync<JsonElement>("/biometric/antiforgery");
        var code = callback.AbsolutePath[(callback.AbsolutePath.LastIndexOf('/') + 1)..];
        return await PostAsync("/biometric/claim", ("code", code), (token.GetProperty("field").GetString()!, token.GetProperty("token").GetString()!));
    }

    /// <summary>What the callback page's script does until it has an answer; gives where it goes next.</summary>
    public async Task<(HttpStatusCode Status, string? State, string? Next)> ClaimAsync(Uri callback)
    {
        for (var attempt = 0; attempt < 20; attempt++)
        {
            using var answer = await ClaimOnceAsync(callback);
            if (answer.StatusCode == HttpStatusCode.Accepted)
            {
                continue;
            }

            var json = await answer.Content.ReadFromJsonAsync<JsonElement>();
            return (answer.StatusCode, json.GetProperty("state").GetString(), json.TryGetProperty("next", out var next) ? next.GetString() : null);
        }

        throw new InvalidOperationException("No verdict came.");
    }

    /// <summary>Opens the resume page and sends its form on.</summary>
    public async Task<HttpResponseMessage> ResumeAsync(string id)
    {
        using var page = await GetAsync($"/biometric/resume/{id}");
        if (page.StatusCode != HttpStatusCode.OK)
        {
            return page;
        }

        var (action, fields) = FormOf(await page.Content.ReadAsStringAsync());
        return await PostAsync(action, fields);
    }

    /// <summary>Says what came instead: in Development an error page tells why.</summary>
    public static async Task ExpectAsync(HttpStatusCode status, HttpResponseMessage answer)
    {
        if (answer.StatusCode != status)
        {
            Assert.Fail($"{(int)answer.StatusCode} instead of {(int)status}: {await answer.Content.ReadAsStringAsync()}");
        }
    }

    /// <summary>The first form of a page.</summary>
    public static (string Action, (string Name, string Value)[] Fields) FormOf(string html)
    {
        var form = FormTag().Match(html).Value;
        var fields = InputTag().Matches(form).Select(input => (WebUtility.HtmlDecode(input.Groups[1].Value), WebUtility.HtmlDecode(input.Groups[2].Value))).ToArray();
        return (WebUtility.HtmlDecode(ActionAttribute().Match(form).Groups[1].Value), fields);
    }

    /// <summary>A page without its hidden fields and addresses of forms: a token is random, and in time any short word is in one.</summary>
    public static async Task<string> WordsOfAsync(HttpResponseMessage page) =>
        ActionAttribute().Replace(InputTag().Replace(await page.Content.ReadAsStringAsync(), ""), "");

    [GeneratedRegex("/biometric/confirm/([A-Za-z0-9_-]{27})$")]
    private static partial Regex ConfirmPath();

    [GeneratedRegex("<form.*?</form>", RegexOptions.Singleline)]
    private static partial Regex FormTag();

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\">")]
    private static partial Regex InputTag();

    [GeneratedRegex("action=\"([^\"]*)\"")]
    private static partial Regex ActionAttribute();

    /// <summary>Hands every answer on to be looked through.</summary>
    private sealed class Answers(SecretScan? secrets) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = await base.SendAsync(request, cancellationToken);
            if (secrets is not null && answer.Content.Headers.ContentLength is not null)
            {
                await answer.Content.LoadIntoBufferAsync(cancellationToken);
                secrets.Answer($"{answer.Headers} {await answer.Content.ReadAsStringAsync(cancellationToken)}");
            }

            return answer;
        }
    }
}
