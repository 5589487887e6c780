using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Protocol 2.2 where the application asks from its own code.</summary>
public sealed partial class Section2QuestionTests
{
    [Theory]
    [InlineData("no_such_reason", "/drafts/7", true)]
    [InlineData(StepUpReason.LoginNewDevice, "/drafts/7", true)]
    [InlineData(StepUpReason.HighValueTransaction, "https://evil.example/", true)]
    [InlineData(StepUpReason.HighValueTransaction, "//evil.example", true)]
    [InlineData(StepUpReason.HighValueTransaction, "/drafts/7", false)]
    public async Task Rule_2_2_What_the_developer_got_wrong_throws_and_makes_no_challenge(string reason, string returnUrl, bool hasTransaction)
    {
        Exception? thrown = null;
        await using var bank = await RelyingParty.StartAsync(setup => setup.Map = app => app.MapPost("/ask", async (HttpContext context, StepUpService service) =>
        {
            var transaction = hasTransaction ? Transaction.Create(1m, "EUR", "account", "name") : null;
            thrown = await Record.ExceptionAsync(() => service.ChallengeAsync(context, reason, transaction!, returnUrl));
        }));
        using var browser = await bank.SignedInAsync("alice");
        using var answer = await browser.PostAsync("/ask", await browser.TokenAsync());
        Assert.IsAssignableFrom<ArgumentException>(thrown);
        Assert.Empty(await bank.Store.ListOpenAsync("", "alice"));
    }

    [Fact]
    public async Task Rule_2_2_A_forged_post_cannot_have_the_application_ask()
    {
        await using var bank = await RelyingParty.StartAsync(Section7UseTests.MapDrafts);
        using var browser = await bank.SignedInAsync("alice");
        using var forged = await browser.PostAsync("/drafts");
        Assert.Equal("CrossSite", await forged.Content.ReadAsStringAsync());
        Assert.Empty(await bank.Store.ListOpenAsync("", "alice"));
    }
}
