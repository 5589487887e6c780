using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>What the script of the resume page does with it (<c>resume.js</c>), on the wire.</summary>
internal sealed partial class ResumePage
{
    private readonly Dictionary<string, string> _data;
    private readonly string _html;

    private ResumePage(string html)
    {
        _html = html;
        _data = DataAttribute().Matches(BodyTag().Match(html).Value)
            .ToDictionary(match => match.Groups[1].Value, match => WebUtility.HtmlDecode(match.Groups[2].Value), StringComparer.Ordinal);
    }

    public string? this[string name] => _data.GetValueOrDefault(name);

    public static async Task<ResumePage> OpenAsync(Browser browser, string id)
    {
        using var page = await browser.GetAsync($"/biometric/resume/{id}");
        await Browser.ExpectAsync(HttpStatusCode.OK, page);
        return new ResumePage(await page.Content.ReadAsStringAsync());
    }

    /// <summary>Fetches what was sealed and sends it on.</summary>
    public async Task<HttpResponseMessage> SendAsync(Browser browser, Func<byte[], byte[]>? change = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(this["method"]!), this["url"]);
        request.Headers.Add(this["challenge-header"]!, this["challenge"]);
        request.Headers.Add(this["token-header"]!, this["token"]);
        if (this["body-url"] is { } url)
        {
            using var body = await browser.GetAsync(url);
            await Browser.ExpectAsync(HttpStatusCode.OK, body);
            Assert.Equal("application/octet-stream", body.Content.Headers.ContentType!.MediaType);
            var bytes = await body.Content.ReadAsByteArrayAsync();
            request.Content = new ByteArrayContent(change?.Invoke(bytes) ?? bytes);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", this["type"]);
        }

        return await browser.SendAsync(request);
    }

    /// <summary>Puts the files back into the form and submits it.</summary>
    public async Task<HttpResponseMessage> SubmitAsync(Browser browser)
    {
        Assert.Contains("enctype=\"multipart/form-data\"", _html, StringComparison.Ordinal);
        var (action, fields) = Browser.FormOf(_html);
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields)
        {
            form.Add(new StringContent(value), $"\"{name}\"");
        }

        foreach (Match input in FileInput().Matches(_html))
        {
            using var answer = await browser.GetAsync(WebUtility.HtmlDecode(input.Groups[4].Value));
            await Browser.ExpectAsync(HttpStatusCode.OK, answer);
            var file = new ByteArrayContent(await answer.Content.ReadAsByteArrayAsync());
            file.Headers.ContentType = MediaTypeHeaderValue.Parse(WebUtility.HtmlDecode(input.Groups[3].Value));
            form.Add(file, $"\"{WebUtility.HtmlDecode(input.Groups[1].Value)}\"", $"\"{WebUtility.HtmlDecode(input.Groups[2].Value)}\"");
        }

        return await browser.PostContentAsync(action, form);
    }

    [GeneratedRegex("<body[^>]*>")]
    private static partial Regex BodyTag();

    [GeneratedRegex("data-([a-z-]+)=\"([^\"]*)\"")]
    private static partial Regex DataAttribute();

    [GeneratedRegex("<input type=\"file\" hidden name=\"([^\"]*)\" data-name=\"([^\"]*)\" data-type=\"([^\"]*)\" data-url=\"([^\"]*)\">")]
    private static partial Regex FileInput();
}
