using BiometricTwoFactor.AspNetCore;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Bank;

/// <summary>The two ways to transfer money: a form for browsers, JSON for programs. Both ask for the same face.</summary>
internal static class TransferEndpoints
{
    private const string UsedMeanwhile = "This confirmation was used already. Begin again if you want another transfer.";

    public static void MapTransfers(this IEndpointRouteBuilder app)
    {
        // With a database the approval is used in the transfer's own transaction: money moves exactly when it is.
        var joins = app.ServiceProvider.GetRequiredService<IOptions<BankDatabaseOptions>>().Value.JoinsApproval;
        void Joined(StepUpEndpointOptions endpoint) => endpoint.UseInTransaction = joins;

        app.MapPost("/transfers", SendAsync)
            .AddEndpointFilter(BackToTheForm)
            .RequireBiometric(StepUpReason.HighValueTransaction, (TransferRequest transfer) => transfer.ToTransaction(), Joined);

        app.MapPost("/api/transfers", SendByApiAsync)
            .AddEndpointFilter(ProblemDetails)
            .RequireBiometric(StepUpReason.HighValueTransaction, (TransferRequest transfer) => transfer.ToTransaction(), Joined);

        app.MapGet("/api/accounts", async (HttpContext context, ILedger ledger) =>
                TypedResults.Ok((await ledger.AccountsOfAsync(context.Customer())).Select(account => new AccountAnswer(account.Name, account.Iban, account.Balance))))
            .RequireAuthorization();
    }

    private static async Task<RedirectHttpResult> SendAsync([FromForm] TransferRequest request, HttpContext context, ILedger ledger)
    {
        var (transfer, problem) = await ledger.ExecuteAsync(context, context.Customer(), request.ToTransaction());
        if (transfer is null)
        {
            TransferDraft.Keep(context, request, new Dictionary<string, string>(StringComparer.Ordinal) { [nameof(request.Amount)] = problem ?? UsedMeanwhile });
            return TypedResults.LocalRedirect("~/transfer");
        }

        return TypedResults.LocalRedirect($"~/transfer/done/{transfer.Id}");
    }

    private static async Task<Results<Ok<TransferAnswer>, ProblemHttpResult>> SendByApiAsync(TransferRequest request, HttpContext context, ILedger ledger)
    {
        var (transfer, problem) = await ledger.ExecuteAsync(context, context.Customer(), request.ToTransaction());
        return transfer is null
            ? TypedResults.Problem(problem ?? UsedMeanwhile, statusCode: problem is null ? StatusCodes.Status409Conflict : StatusCodes.Status422UnprocessableEntity)
            : TypedResults.Ok(new TransferAnswer(transfer.Id, transfer.Transaction.AmountText, transfer.Transaction.PayeeAccount, transfer.ChallengeId));
    }

    // RequireBiometric comes last, so that nothing changes the transfer after the face approved it. These run before.
    private static async ValueTask<object?> BackToTheForm(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        if (await ProblemsOfAsync(invocation) is not { Count: > 0 } problems)
        {
            return await next(invocation);
        }

        TransferDraft.Keep(invocation.HttpContext, invocation.GetArgument<TransferRequest>(0), problems);
        return TypedResults.LocalRedirect("~/transfer");
    }

    private static async ValueTask<object?> ProblemDetails(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next) =>
        await ProblemsOfAsync(invocation) is { Count: > 0 } problems
            ? TypedResults.ValidationProblem(problems.ToDictionary(problem => problem.Key, problem => new[] { problem.Value }, StringComparer.Ordinal))
            : await next(invocation);

    private static async Task<IReadOnlyDictionary<string, string>?> ProblemsOfAsync(EndpointFilterInvocationContext invocation)
    {
        var context = invocation.HttpContext;
        // Filters run even when binding or antiforgery failed, with the status set and what came half read: the step-up answers that.
        return context.Response.StatusCode < StatusCodes.Status400BadRequest && invocation.Arguments[0] is TransferRequest request
            ? await TransferValidation.CheckAsync(request, context.Customer(), context.RequestServices.GetRequiredService<ILedger>())
            : null;
    }

    private sealed record AccountAnswer(string Name, string Iban, decimal Balance);

    private sealed record TransferAnswer(string Id, string Amount, string Iban, string? ChallengeId);
}
