using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Protocol 1.1 and 1.2 for token callers whose scheme is not the application's default one.</summary>
public sealed partial class Section1BindingTests
{
    [Theory]
    [InlineData("Bearer", "alice.one")]
    [InlineData("DPoP", "alice.cnf=key;client_id=bank")]
    public async Task Rule_1_1_A_token_caller_whose_scheme_is_not_the_default_goes_all_the_way(string kind, string token)
    {
        await using var bank = await RelyingParty.StartAsync(setup =>
        {
            setup.ConfigureServicesLast = services => services.Configure<AuthenticationOptions>(options => options.DefaultScheme = CookieAuthenticationDefaults.AuthenticationScheme);
            setup.Map = app => app.MapPost("/token/transfers", (TransferRequest transfer, HttpContext context) => setup.Execute(transfer, context))
                .RequireAuthorization(policy => policy.AddAuthenticationSchemes("Token").RequireAuthenticatedUser())
                .RequireBiometric(StepUpReason.HighValueTransaction, (TransferRequest transfer) => transfer.ToTransaction());
        });
        using var app = bank.NewBrowser();
        using var asked = await SendAsync("/token/transfers", JsonContent.Create(Payments.Payment));
        Assert.Equal(HttpStatusCode.Unauthorized, asked.StatusCode);
        var id = (await asked.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("challengeId").GetString()!;

        using var started = await SendAsync($"/biometric/start/{id}", new FormUrlEncodedContent([]));
        await Browser.ExpectAsync(HttpStatusCode.OK, started);
        var callback = await bank.Provider.CompleteAsync(bank.LastSession().Id);
        using var claimed = await SendAsync("/biometric/claim", new FormUrlEncodedContent([new("code", callback!.Segments[^1])]));
        Assert.Equal(HttpStatusCode.OK, claimed.StatusCode);
        using var done = await SendAsync("/token/transfers", JsonContent.Create(Payments.Payment), id);
        Assert.Equal($"executed {id}", await done.Content.ReadAsStringAsync());

        async Task<HttpResponseMessage> SendAsync(string url, HttpContent content, string? challenge = null)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = content };
            request.Headers.Authorization = new AuthenticationHeaderValue(kind, token);
            if (challenge is not null)
            {
                request.Headers.Add("Biometric-Challenge", challenge);
            }

            return await app.SendAsync(request);
        }
    }

    [Fact]
    public async Task Rule_1_2_A_token_that_is_none_takes_no_antiforgery_check_away()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/biometric/cancel/{id}") { Content = new FormUrlEncodedContent([]) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "nonsense");
        using var answer = await browser.SendAsync(request);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(ChallengeState.Pending, (await bank.ChallengeAsync(id)).State);
    }
}
