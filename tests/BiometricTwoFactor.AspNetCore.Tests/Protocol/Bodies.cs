using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Endpoints that take any body, and requests with one.</summary>
internal static class Bodies
{
    public const string Note = """{"text":"pay  attention","n":79.999999999999994}""";

    /// <summary>Endpoints of pages, which redirect, beside those of the relying party.</summary>
    public static void Map(RelyingPartySetup setup) => setup.Map += app =>
    {
        app.MapMethods("/notes", ["POST", "PUT", "PATCH", "DELETE"], async (HttpContext context) =>
        {
            using var reader = new StreamReader(context.Request.Body);
            setup.Executed.Enqueue($"{context.Request.Method} {context.Request.ContentType} {await reader.ReadToEndAsync()}".TrimEnd());
            return "noted";
        }).RequireBiometric(StepUpReason.SettingsChange, "Change a note");
        app.MapPost("/documents", async (HttpContext context) =>
        {
            var form = await context.Request.ReadFormAsync();
            foreach (var file in form.Files)
            {
                using var reader = new StreamReader(file.OpenReadStream());
                setup.Executed.Enqueue($"{form["title"]} {file.Name} {file.FileName} {file.ContentType} {await reader.ReadToEndAsync()}");
            }

            return "kept";
        }).RequireBiometric(StepUpReason.SettingsChange, "Keep a document");
        app.MapPost("/pay", (TransferRequest transfer, HttpContext context) => setup.Execute(transfer, context))
            .AllowCookieRedirect()
            .RequireBiometric(StepUpReason.HighValueTransaction, (TransferRequest transfer) => transfer.ToTransaction());
    };

    public static HttpRequestMessage Json(string url, string body, string method = "POST", string? challenge = null, string? token = null, string type = "application/json; charset=utf-8")
    {
        var request = new HttpRequestMessage(new HttpMethod(method), url) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        if (challenge is not null)
        {
            request.Headers.Add("Biometric-Challenge", challenge);
        }

        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return request;
    }

    public static async Task<HttpResponseMessage> SendAsync(Browser browser, HttpRequestMessage request, string? referrer = null)
    {
        using (request)
        {
            request.Headers.Referrer = referrer is null ? null : new Uri(browser.Address, referrer);
            return await browser.SendAsync(request);
        }
    }

    /// <summary>Sends a document with a title; the id of the challenge that it makes.</summary>
    public static async Task<HttpResponseMessage> UploadAsync(Browser browser, string content = "the content", string name = "a \u00e9.txt", string title = "one")
    {
        using var form = new MultipartFormDataContent();
        var (field, token) = await browser.TokenAsync();
        form.Add(new StringContent(token), field);
        form.Add(new StringContent(title), "title");
        var file = new ByteArrayContent(Encoding.UTF8.GetBytes(content));
        file.Headers.ContentType = new MediaTypeHeaderValue("text/plain");
        form.Add(file, "document", name);
        return await browser.PostContentAsync("/documents", form);
    }

    public static async Task<string> AskedAsync(Task<HttpResponseMessage> sending)
    {
        using var answer = await sending;
        await Browser.ExpectAsync(HttpStatusCode.SeeOther, answer);
        var id = Browser.IdOf(answer);
        Assert.True(ChallengeIds.HasShape(id));
        return id;
    }
}
