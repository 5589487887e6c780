using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Bank;

/// <summary>
/// As much of a browser as the bank needs: cookies, redirects one by one, forms, and what the SDK's scripts do on the
/// callback page and on the resume page.
/// </summary>
internal sealed class Browser : IDisposable
{
    private const int MostRedirects = 10;
    private const int MostClaims = 5;
    private const int MostPolls = 5;
    private readonly HttpClient _http;
    private readonly CancellationToken _cancellation;

    public Browser(CancellationToken cancellation)
    {
        _cancellation = cancellation;
        // No proxy: everything is on this machine.
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer(), UseProxy = false });
        _http.DefaultRequestHeaders.UserAgent.ParseAdd("Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0 Walkthrough/1.0");
    }

    public Task<WebPage> OpenAsync(Uri address) => GoAsync(() => new HttpRequestMessage(HttpMethod.Get, address), follow: true);

    public Task<WebPage> SubmitAsync(HtmlForm form, params (string Name, string Value)[] entries) => SubmitAsync(form, follow: true, entries);

    /// <summary>Submits and stops at the first answer.</summary>
    public Task<WebPage> SubmitOnlyAsync(HtmlForm form, params (string Name, string Value)[] entries) => SubmitAsync(form, follow: false, entries);

    /// <summary>A call of a program that has this browser's cookies.</summary>
    public async Task<ApiAnswer> CallAsync(HttpMethod method, Uri address, object? body = null, string? challengeId = null)
    {
        using var request = new HttpRequestMessage(method, address);
        request.Content = body is null ? null : JsonContent.Create(body);
        if (challengeId is not null)
        {
            request.Headers.Add("Biometric-Challenge", challengeId);
        }

        using var answer = await _http.SendAsync(request, _cancellation);
        var text = await answer.Content.ReadAsStringAsync(_cancellation);
        return new ApiAnswer(answer.StatusCode, answer.Headers.WwwAuthenticate.ToString(), text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text));
    }

    /// <summary>The callback page's script: a token of this browser's own, then the code of the path.</summary>
    public async Task<ApiAnswer> ClaimAsync(WebPage callback)
    {
        var code = callback.Path[(callback.Path.LastIndexOf('/') + 1)..];
        for (var i = 0; ; i++)
        {
            var token = (await CallAsync(HttpMethod.Get, new Uri(callback.Address, "/biometric/antiforgery"))).Json;
            using var content = new FormUrlEncodedContent(
            [
                KeyValuePair.Create("code", code),
                KeyValuePair.Create(token.GetProperty("field").GetString()!, token.GetProperty("token").GetString()!),
            ]);
            using var answer = await _http.PostAsync(new Uri(callback.Address, "/biometric/claim"), content, _cancellation);
            if (answer.StatusCode != HttpStatusCode.Accepted || i == MostClaims)
            {
                return new ApiAnswer(answer.StatusCode, "", await answer.Content.ReadFromJsonAsync<JsonElement>(_cancellation));
            }
        }
    }

    /// <summary>Claims and goes where the answer leads, through the resume page to what was asked for.</summary>
    public async Task<WebPage> ReturnAsync(WebPage callback)
    {
        var page = await FollowClaimAsync(callback);
        return page.Forms.FirstOrDefault(form => form.Id == "resume") is { } resume ? await SubmitAsync(resume) : page;
    }

    /// <summary>Claims and stops where the answer leads.</summary>
    public async Task<WebPage> FollowClaimAsync(WebPage callback)
    {
        var claim = await ClaimAsync(callback);
        return claim.Text("next") is { } next ? await OpenAsync(new Uri(callback.Address, next)) : callback;
    }

    /// <summary>The waiting page's script: long polls, a bounded number of them, until the challenge leaves a state.</summary>
    public async Task<ApiAnswer> WaitAsync(Uri stateAddress, string state)
    {
        var answer = await CallAsync(HttpMethod.Get, stateAddress);
        for (var i = 0; i < MostPolls && answer.Text("state") == state; i++)
        {
            answer = await CallAsync(HttpMethod.Get, new Uri(stateAddress, $"?wait=2&version={answer.Number("version")}"));
        }

        return answer;
    }

    public void Dispose() => _http.Dispose();

    private Task<WebPage> SubmitAsync(HtmlForm form, bool follow, (string Name, string Value)[] entries)
    {
        var fields = new Dictionary<string, string>(form.Fields, StringComparer.Ordinal);
        foreach (var (name, value) in entries)
        {
            fields[name] = value;
        }

        return GoAsync(() => new HttpRequestMessage(HttpMethod.Post, form.Action) { Content = new FormUrlEncodedContent(fields) }, follow);
    }

    private async Task<WebPage> GoAsync(Func<HttpRequestMessage> first, bool follow)
    {
        using var request = first();
        var answer = await _http.SendAsync(request, _cancellation);
        var address = request.RequestUri!;
        try
        {
            for (var i = 0; follow && i < MostRedirects && answer.Headers.Location is { } location; i++)
            {
                address = new Uri(address, location);
                answer.Dispose();
                answer = await _http.GetAsync(address, _cancellation);
            }

            return new WebPage(answer.StatusCode, address, await answer.Content.ReadAsStringAsync(_cancellation));
        }
        finally
        {
            answer.Dispose();
        }
    }
}
