using BiometricTwoFactor;
using BiometricTwoFactor.AspNetCore;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Asks for a face on endpoints.</summary>
public static class BiometricEndpointConventionBuilderExtensions
{
    /// <summary>
    /// Asks for a face before the endpoint runs: one face for this one action, as <see cref="RequireBiometricAttribute"/> does.
    /// </summary>
    /// <param name="builder">The endpoint.</param>
    /// <param name="reason">A constant of <see cref="StepUpReason"/>, or one of the application's own reasons.</param>
    /// <param name="title">What the confirm page calls the action.</param>
    /// <param name="configure">What this endpoint does otherwise than its reason; thresholds need a transaction.</param>
    public static TBuilder RequireBiometric<TBuilder>(this TBuilder builder, string reason, string? title = null, Action<StepUpEndpointOptions>? configure = null)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentException.ThrowIfNullOrEmpty(reason);
        var attribute = new RequireBiometricAttribute(reason) { Title = title };
        configure?.Invoke(attribute.Endpoint);
        return builder.RequireAuthorization(attribute);
    }

    /// <summary>
    /// Asks for a face bound to exactly the amount and payee of the object that the endpoint receives, used once (RTS
    /// article 5). The transaction is taken from the bound argument, after every other filter; the same object then runs.
    /// </summary>
    /// <param name="builder">The endpoint.</param>
    /// <param name="reason">Usually <see cref="StepUpReason.HighValueTransaction"/>.</param>
    /// <param name="transaction">
    /// Makes the transaction. An <see cref="ArgumentException"/> from it (as <see cref="Transaction.Create(decimal, string, string, string, string?)"/>
    /// throws) is answered with 400, and no challenge is made.
    /// </param>
    /// <param name="configure">What this endpoint does otherwise than its reason: thresholds, workflows, floors.</param>
    /// <typeparam name="TRequest">The type of the endpoint's parameter that carries the payment; there must be exactly one.</typeparam>
    public static RouteHandlerBuilder RequireBiometric<TRequest>(
        this RouteHandlerBuilder builder, string reason, Func<TRequest, Transaction> transaction, Action<StepUpEndpointOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        return builder.RequireBiometric<TRequest>(reason, (request, _) => ValueTask.FromResult(transaction(request)), configure);
    }

    /// <summary>
    /// As the other overload, with the transaction made from the application's own records, such as a draft whose id is the
    /// endpoint's parameter.
    /// </summary>
    /// <inheritdoc cref="RequireBiometric{TRequest}(RouteHandlerBuilder, string, Func{TRequest, Transaction}, Action{StepUpEndpointOptions})"/>
    public static RouteHandlerBuilder RequireBiometric<TRequest>(
        this RouteHandlerBuilder builder,
        string reason,
        Func<TRequest, HttpContext, ValueTask<Transaction>> transaction,
        Action<StepUpEndpointOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(reason);
        ArgumentNullException.ThrowIfNull(transaction);

        builder.RequireAuthorization();
        StepUpEndpointOptions? own = null;
        configure?.Invoke(own = new StepUpEndpointOptions());
        builder.WithMetadata(new TransactionStepUpMetadata(reason, own));
        if (own is not null)
        {
            // For a store's package, which looks at the start whether it can do what is asked of it.
            builder.WithMetadata(own);
        }

        Func<EndpointFilterFactoryContext, EndpointFilterDelegate, EndpointFilterDelegate> factory = (context, next) =>
        {
            var filter = new TransactionFilter<TRequest>(ArgumentOf<TRequest>(context), reason, transaction, own);
            return invocation => filter.InvokeAsync(invocation, next);
        };
        builder.AddEndpointFilterFactory(factory);
        builder.Finally(endpoint =>
        {
            // A filter that runs after ours could change what was approved.
            if (endpoint.FilterFactories.Count == 0 || !ReferenceEquals(endpoint.FilterFactories[^1], factory))
            {
                throw new InvalidOperationException($"{endpoint.DisplayName}: a filter was added after RequireBiometric and could change the payment that a face approved. Call RequireBiometric last.");
            }
        });
        return builder;
    }

    private static int ArgumentOf<TRequest>(EndpointFilterFactoryContext context)
    {
        var parameters = context.MethodInfo.GetParameters();
        var fitting = Enumerable.Range(0, parameters.Length).Where(index => parameters[index].ParameterType == typeof(TRequest)).ToArray();
        return fitting.Length == 1
            ? fitting[0]
            : throw new InvalidOperationException($"RequireBiometric: the endpoint must have exactly one parameter of type {typeof(TRequest).Name}; it has {fitting.Length}.");
    }
}
