using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>An application renders the SDK's pages itself: what they do and their headers stay the SDK's.</summary>
public sealed class OwnPageTests
{
    private const string Looser = "default-src *; script-src 'unsafe-inline'";

    [Fact]
    public async Task Its_layout_around_our_content_carries_a_payment_all_the_way()
    {
        await using var bank = await StartAsync((page, context) =>
        {
            context.Response.Headers.ContentSecurityPolicy = Looser;
            context.Response.Headers["X-Frame-Options"] = "ALLOWALL";
            return Html($"<html lang=\"{page.Language}\"><head>{page.HeadHtml}</head><body{page.BodyAttributesHtml}><nav>The bank</nav><main>{page.ContentHtml}</main></body></html>", 200);
        });
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        using var page = await browser.GetAsync($"/biometric/confirm/{id}");
        var html = await page.Content.ReadAsStringAsync();
        Assert.Contains("<nav>The bank</nav>", html, StringComparison.Ordinal);
        AssertStrict(page);

        var (action, fields) = Browser.FormOf(html);
        using var started = await browser.PostAsync(action, fields);
        await Browser.ExpectAsync(HttpStatusCode.SeeOther, started);
        await browser.ClaimAsync((await bank.Provider.CompleteAsync(bank.LastSession().Id))!);
        using var done = await browser.ResumeAsync(id);
        Assert.Equal($"executed {id}", await done.Content.ReadAsStringAsync());

        using var none = await browser.GetAsync("/biometric/confirm/none");
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        Assert.Contains("<nav>The bank</nav>", await none.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        AssertStrict(none);
    }

    [Fact]
    public async Task Its_own_markup_from_the_parts_has_forms_that_work()
    {
        BiometricPage? seen = null;
        await using var bank = await StartAsync((page, _) =>
        {
            seen = page;
            return page.Kind == BiometricPageKind.Confirm ? Html(OwnMarkup(page)) : null;
        });
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        using var page = await browser.GetAsync($"/biometric/confirm/{id}");
        AssertStrict(page);
        var (action, fields) = Browser.FormOf(await page.Content.ReadAsStringAsync());
        using var started = await browser.PostAsync(action, fields);
        await Browser.ExpectAsync(HttpStatusCode.SeeOther, started);

        Assert.Equal(("pending", "Confirm your payment"), (seen!.State, seen.Title));
        Assert.Equal(ShownPage.Of(await bank.ChallengeAsync(id)).Digest, seen.ShownDigest);
        Assert.Equal([("Amount", "250.00 EUR"), ("To", "Ada Lovelace"), ("Account", "DE89370400440532013000")], seen.Details.Select(detail => (detail.Key, detail.Value)));
        Assert.Equal(["Continue to the camera", "Cancel"], seen.Forms.Select(form => form.Button));
        Assert.DoesNotContain(fields[0].Value, seen.Forms[0].ToString(), StringComparison.Ordinal);

        // Null is the built-in page.
        using var enrol = await browser.GetAsync("/biometric/enrol");
        Assert.Contains("<header>", await enrol.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_own_markup_hands_over_to_another_device()
    {
        var seen = new System.Collections.Concurrent.ConcurrentQueue<BiometricPage>();
        await using var bank = await StartAsync((page, _) =>
        {
            seen.Enqueue(page);
            return page.Kind is BiometricPageKind.Confirm or BiometricPageKind.Device ? Html(OwnMarkup(page)) : null;
        });
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        using var offered = await browser.GetAsync($"/biometric/confirm/{id}");
        Assert.Equal($"/biometric/handover/{id}", seen.Last().Forms[0].Second?.Action);

        var (link, digits) = await bank.HandOverAsync(browser, id);
        using var waiting = await browser.GetAsync($"/biometric/confirm/{id}");
        var shown = seen.Last().HandOver!;
        Assert.Equal((link, digits, $"/biometric/handover/{id}/qr"), (new Uri(shown.Link).AbsolutePath, shown.Digits, shown.PictureUrl));
        Assert.DoesNotContain(digits, shown.ToString(), StringComparison.Ordinal);

        using var phone = bank.NewBrowser();
        using var asked = await phone.GetAsync(link);
        var form = Assert.Single(seen.Last().Forms);
        Assert.Equal((BiometricPageKind.Device, "digits"), (seen.Last().Kind, form.Input?.Name));
        Assert.Null(seen.Last().HandOver); // the digits are told by the asking screen alone
        using var wrong = await phone.TypeAsync(link, Handing.Other(digits));
        Assert.Contains(seen.Last().Paragraphs, paragraph => paragraph.StartsWith("These are not the digits", StringComparison.Ordinal));
        await phone.TakeAsync(link, digits);
        using var started = await phone.StartHandedAsync();
        await Browser.ExpectAsync(HttpStatusCode.SeeOther, started);
        Assert.Contains(seen.Last().Details, detail => detail.Value == "Ada Lovelace");
    }

    [Theory]
    [InlineData("throws")]
    [InlineData("no payee")]
    [InlineData("another amount")]
    [InlineData("no html")]
    [InlineData("half")]
    public async Task A_page_that_fails_or_leaves_out_what_is_approved_is_not_sent_and_nothing_is_started(string fault)
    {
        await using var bank = await StartAsync((page, _) => fault switch
        {
            "throws" => throw new FormatException("A page of the application."),
            "no payee" => Html(OwnMarkup(page).Replace("Ada Lovelace", "somebody", StringComparison.Ordinal)),
            "another amount" => Html(OwnMarkup(page).Replace("250.00", "25.00", StringComparison.Ordinal)),
            "no html" => Results.Json(new { page.Title }),
            _ => new Half(OwnMarkup(page)),
        });
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        using var page = await browser.GetAsync($"/biometric/confirm/{id}");
        Assert.Equal(HttpStatusCode.InternalServerError, page.StatusCode);
        Assert.DoesNotContain("<form", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(bank.Provider.Sessions);
        Assert.Equal(ChallengeState.Pending, (await bank.ChallengeAsync(id)).State);
    }

    private static string OwnMarkup(BiometricPage page)
    {
        var html = new StringBuilder($"<!doctype html><html lang=\"{page.Language}\"><head>{page.HeadHtml}</head><body{page.BodyAttributesHtml}><h1>{Encode(page.Title)}</h1><ul>");
        foreach (var (label, value) in page.Details)
        {
            html.Append($"<li>{Encode(label)}: <b>{Encode(value)}</b></li>");
        }

        html.Append("</ul>");
        foreach (var form in page.Forms)
        {
            html.Append($"<form method=\"post\" action=\"{Encode(form.Action)}\">");
            foreach (var (name, value) in form.Fields)
            {
                html.Append($"<input type=\"hidden\" name=\"{Encode(name)}\" value=\"{Encode(value)}\">");
            }

            html.Append($"<button>{Encode(form.Button)}</button></form>");
        }

        return html.Append("<p id=\"live\" role=\"status\"></p></body></html>").ToString();
    }

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);

    private static IResult Html(string html, int? status = null) => Results.Content(html, "text/html", Encoding.UTF8, status);

    private static void AssertStrict(HttpResponseMessage page)
    {
        var policy = page.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.False(page.Headers.Contains("X-Frame-Options"));
        Assert.True(page.Headers.CacheControl!.NoStore);
        Assert.Equal("no-referrer", page.Headers.GetValues("Referrer-Policy").Single());
    }

    private static Task<RelyingParty> StartAsync(Func<BiometricPage, HttpContext, IResult?> render) => RelyingParty.StartAsync(setup => setup.ConfigureServicesLast = services =>
    {
        services.AddSingleton(render);
        setup.StepUp!.AddPageRenderer<Renderer>();
    });

    private sealed class Renderer(Func<BiometricPage, HttpContext, IResult?> render) : IBiometricPageRenderer
    {
        public ValueTask<IResult?> RenderAsync(BiometricPage page, HttpContext context, CancellationToken cancellationToken = default) => new(render(page, context));
    }

    /// <summary>Breaks in the middle of its work.</summary>
    private sealed class Half(string html) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.ContentType = "text/html; charset=utf-8";
            await httpContext.Response.WriteAsync(html[..(html.Length / 2)]);
            await httpContext.Response.Body.FlushAsync();
            throw new FormatException("Halfway.");
        }
    }
}
