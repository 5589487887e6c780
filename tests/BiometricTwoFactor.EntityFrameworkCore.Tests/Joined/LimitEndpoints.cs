using BiometricTwoFactor.AspNetCore.Tests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace BiometricTwoFactor.EntityFrameworkCore.Tests;

/// <summary>One and the same change, behind every kind of endpoint, in the transaction of which its approval is used.</summary>
internal static class LimitEndpoints
{
    public const string Form = "/limits";
    public const string OwnTransaction = "/limits/own-transaction";
    public const string Mvc = "/limits/mvc";
    public const string Api = "/api/limits";
    public const string ApiMvc = "/api/limits/mvc";

    public static void Map(WebApplication app)
    {
        app.MapControllers();
        app.MapPost(Form, [RequireBiometric(StepUpReason.SettingsChange, UseInTransaction = true)] (
            [FromForm] string account, BankContext bank, HttpContext request, RelyingPartySetup setup) => AnswerAsync(bank, request, setup, account));
        app.MapPost(Api, [RequireBiometric(StepUpReason.SettingsChange, UseInTransaction = true)] (
            LimitRequest body, BankContext bank, HttpContext request, RelyingPartySetup setup) => AnswerAsync(bank, request, setup, body.Account));
        app.MapPost(OwnTransaction, [RequireBiometric(StepUpReason.SettingsChange, UseInTransaction = true)] async (
            [FromForm] string account, BankContext bank, HttpContext request, RelyingPartySetup setup) =>
        {
            await using var transaction = await bank.Database.BeginTransactionAsync();
            var used = await bank.TryUseApprovalAsync(request);
            if (used.Outcome != ConsumeOutcome.Consumed)
            {
                return Results.Conflict();
            }

            bank.Transfers.Add(new TransferRow { Account = account });
            await bank.SaveChangesAsync();
            setup.InsideEndpoint?.Invoke();
            await transaction.CommitAsync();
            return Results.Ok();
        });
        app.MapPost("/drafts/{id}", async (string id, StepUpService stepUps, BankContext bank, HttpContext request, RelyingPartySetup setup) =>
        {
            var found = await stepUps.PrepareUseAsync(request, StepUpReason.HighValueTransaction, id, operationId: "draft-7");
            return found.Outcome == ConsumeOutcome.Consumed ? await AnswerAsync(bank, request, setup, found.Challenge!.Transaction!.PayeeAccount) : Results.Conflict(found.Outcome.ToString());
        }).RequireAuthorization();
    }

    public static async Task<ConsumeOutcome> ChangeAsync(BankContext bank, HttpContext request, RelyingPartySetup setup, string account) =>
        (await bank.RunApprovedAsync(request, async cancellationToken =>
        {
            bank.Transfers.Add(new TransferRow { Account = account });
            await bank.SaveChangesAsync(cancellationToken);
            setup.InsideEndpoint?.Invoke();
        })).Outcome;

    private static async Task<IResult> AnswerAsync(BankContext bank, HttpContext request, RelyingPartySetup setup, string account) =>
        await ChangeAsync(bank, request, setup, account) is var outcome && outcome == ConsumeOutcome.Consumed ? Results.Ok() : Results.Conflict(outcome.ToString());
}

/// <summary>A change as it is sent.</summary>
public sealed record LimitRequest(string Account);

/// <summary>The same change as MVC actions.</summary>
public sealed class LimitController : Controller
{
    [HttpPost(LimitEndpoints.Mvc)]
    [ValidateAntiForgeryToken]
    [RequireBiometric(StepUpReason.SettingsChange, UseInTransaction = true)]
    public Task<IActionResult> ChangeAsync(string account) => AnswerAsync(account);

    [HttpPost(LimitEndpoints.ApiMvc)]
    [RequireBiometric(StepUpReason.SettingsChange, UseInTransaction = true)]
    public Task<IActionResult> ApiAsync([FromBody] LimitRequest body) => AnswerAsync(body.Account);

    private async Task<IActionResult> AnswerAsync(string account)
    {
        var services = HttpContext.RequestServices;
        var outcome = await LimitEndpoints.ChangeAsync(services.GetRequiredService<BankContext>(), HttpContext, services.GetRequiredService<RelyingPartySetup>(), account);
        return outcome == ConsumeOutcome.Consumed ? Ok() : Conflict(outcome.ToString());
    }
}
