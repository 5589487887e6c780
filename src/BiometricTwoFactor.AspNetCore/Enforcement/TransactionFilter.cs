using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Asks for a face bound to the transaction of the object that the endpoint really received (protocol 7.2, attack 20): it
/// runs after binding and last of all filters, so that nothing is parsed a second time and nothing is changed after it.
/// </summary>
internal sealed class TransactionFilter<TRequest>(
    int argument, string reason, Func<TRequest, HttpContext, ValueTask<Transaction>> transactionOf, StepUpEndpointOptions? endpoint = null)
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var problems = http.RequestServices.GetRequiredService<Problems>();
        var api = StepUpResponder.IsApi(http);

        // After a failed binding the framework still runs the filters, with what it could not bind as null.
        if (http.Response.StatusCode >= StatusCodes.Status400BadRequest || context.Arguments[argument] is not TRequest request)
        {
            return new ProblemResult(problems, Problem.BadRequest, api);
        }

        Transaction transaction;
        try
        {
            transaction = await transactionOf(request, http).ConfigureAwait(false);
        }
        catch (Exception unfit) when (unfit is ArgumentException or FormatException or OverflowException)
        {
            // Not an amount, not a currency, no payee: the caller's mistake, and no challenge is made for it. Which part it was, the
            // log says by name; the values stay out of it.
            Log.TransactionRefused(http.RequestServices.GetRequiredService<ILogger<StepUpGate>>(), reason, (unfit as ArgumentException)?.ParamName ?? unfit.GetType().Name);
            return new ProblemResult(problems, Problem.InvalidTransaction, api);
        }

        if (transaction is null)
        {
            return new ProblemResult(problems, Problem.InvalidTransaction, api);
        }

        var question = new StepUpQuestion(reason, ActionName.Of(http, title: null), transaction) { Endpoint = endpoint };
        var gate = http.RequestServices.GetRequiredService<StepUpGate>();
        bool passes;
        try
        {
            passes = await gate.TryPassAsync(http, question).ConfigureAwait(false);
        }
        catch (StepUpStoreException failure)
        {
            Log.StoreFailed(http.RequestServices.GetRequiredService<ILogger<TransactionFilter<TRequest>>>(), failure);
            return new ProblemResult(problems, Problem.Unavailable, api);
        }

        if (passes)
        {
            return await next(context).ConfigureAwait(false);
        }

        return new StepUpResult(http.RequestServices.GetRequiredService<StepUpResponder>(), StepUpGate.Pending(http)!);
    }

    private sealed class StepUpResult(StepUpResponder responder, PendingStepUp pending) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => responder.RespondAsync(httpContext, pending);
    }

    private sealed class ProblemResult(Problems problems, Problem problem, bool api) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => problems.WriteAsync(httpContext, problem, api);
    }
}
