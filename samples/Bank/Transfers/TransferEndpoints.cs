using BiometricTwoFactor.AspNetCore;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Bank;

/// <summary>The two ways to transfer money: a form for browsers, JSON for programs. Both ask for the same face.</summary>
internal static class TransferEndpoints
{
    public static void MapTransfers(this IEndpointRouteBuilder app)
    {
        app.MapPost("/transfers", Send)
            .AddEndpointFilter(BackToTheForm)
            .RequireBiometric(StepUpReason.HighValueTransaction, (TransferRequest transfer) => transfer.ToTransaction());

        app.MapPost("/api/transfers", SendByApi)
            .AddEndpointFilter(ProblemDetails)
            .RequireBiometric(StepUpReason.HighValueTransaction, (TransferRequest transfer) => transfer.ToTransaction());

        app.MapGet("/api/accounts", (HttpContext context, Ledger ledger) =>
                TypedResults.Ok(ledger.AccountsOf(context.Customer()).Select(account => new AccountAnswer(account.Name, account.Iban, account.Balance))))
            .RequireAuthorization();
    }

    private static RedirectHttpResult Send([FromForm] TransferRequest request, HttpContext context, Ledger ledger)
    {
        var (transfer, problem) = Execute(request, context, ledger);
        if (transfer is null)
        {
            TransferDraft.Keep(context, request, new Dictionary<string, string>(StringComparer.Ordinal) { [nameof(request.Amount)] = problem! });
            return TypedResults.LocalRedirect("~/transfer");
        }

        return TypedResults.LocalRedirect($"~/transfer/done/{transfer.Id}");
    }

    private static Results<Ok<TransferAnswer>, ProblemHttpResult> SendByApi(TransferRequest request, HttpContext context, Ledger ledger)
    {
        var (transfer, problem) = Execute(request, context, ledger);
        return transfer is null
            ? TypedResults.Problem(problem, statusCode: StatusCodes.Status422UnprocessableEntity)
            : TypedResults.Ok(new TransferAnswer(transfer.Id, transfer.Transaction.AmountText, transfer.Transaction.PayeeAccount, transfer.ChallengeId));
    }

    private static (ExecutedTransfer? Transfer, string? Problem) Execute(TransferRequest request, HttpContext context, Ledger ledger)
    {
        // Null for a small transfer, which needed no face.
        var approval = context.Features.Get<IBiometricApprovalFeature>();
        return ledger.Execute(context.Customer(), request.ToTransaction(), approval?.Challenge.Id);
    }

    // RequireBiometric comes last, so that nothing changes the transfer after the face approved it. These run before.
    private static async ValueTask<object?> BackToTheForm(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        if (ProblemsOf(invocation) is not { Count: > 0 } problems)
        {
            return await next(invocation);
        }

        TransferDraft.Keep(invocation.HttpContext, invocation.GetArgument<TransferRequest>(0), problems);
        return TypedResults.LocalRedirect("~/transfer");
    }

    private static async ValueTask<object?> ProblemDetails(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next) =>
        ProblemsOf(invocation) is { Count: > 0 } problems
            ? TypedResults.ValidationProblem(problems.ToDictionary(problem => problem.Key, problem => new[] { problem.Value }, StringComparer.Ordinal))
            : await next(invocation);

    private static IReadOnlyDictionary<string, string>? ProblemsOf(EndpointFilterInvocationContext invocation)
    {
        var context = invocation.HttpContext;
        // Filters run even when binding or antiforgery failed, with the status set and what came half read: the step-up answers that.
        return context.Response.StatusCode < StatusCodes.Status400BadRequest && invocation.Arguments[0] is TransferRequest request
            ? TransferValidation.Check(request, context.Customer(), context.RequestServices.GetRequiredService<Ledger>())
            : null;
    }

    private sealed record AccountAnswer(string Name, string Iban, decimal Balance);

    private sealed record TransferAnswer(string Id, string Amount, string Iban, string? ChallengeId);
}
