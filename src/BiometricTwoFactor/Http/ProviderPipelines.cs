using System.Net;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace BiometricTwoFactor;

/// <summary>
/// The resilience of one named client. Lives as long as the client and not as long as a handler, so that a circuit stays
/// open when the handler is renewed. Rebuilt when the options are reloaded.
/// </summary>
internal sealed class ProviderPipelines(TimeProvider time, ILogger logger)
{
    private readonly Lock _lock = new();
    private CircuitBreakerStateProvider _circuit = new();
    private BiometricClientOptions? _builtFrom;
    private ResiliencePipeline<HttpResponseMessage> _reads = ResiliencePipeline<HttpResponseMessage>.Empty;
    private ResiliencePipeline<HttpResponseMessage> _writes = ResiliencePipeline<HttpResponseMessage>.Empty;

    /// <summary>True while calls are held back since the provider failed too often.</summary>
    internal bool IsOpen => _circuit.CircuitState is CircuitState.Open or CircuitState.Isolated;

    /// <summary>Reads are retried; a write is never repeated blindly: it may have been done.</summary>
    internal ResiliencePipeline<HttpResponseMessage> For(BiometricClientOptions options, HttpMethod method)
    {
        lock (_lock)
        {
            if (!ReferenceEquals(_builtFrom, options))
            {
                Build(options.Resilience);
                _builtFrom = options;
            }

            return method == HttpMethod.Get ? _reads : _writes;
        }
    }

    private void Build(BiometricResilienceOptions options)
    {
        _circuit = new CircuitBreakerStateProvider(); // one serves one breaker
        var attempt = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<HttpResponseMessage>
            {
                FailureRatio = options.CircuitBreaker.FailureRatio,
                MinimumThroughput = options.CircuitBreaker.MinimumThroughput,
                SamplingDuration = options.CircuitBreaker.SamplingDuration,
                BreakDuration = options.CircuitBreaker.BreakDuration,
                StateProvider = _circuit,
                ShouldHandle = static args => ValueTask.FromResult(IsProviderFailure(args.Outcome)),
                OnOpened = args =>
                {
                    ClientLog.CircuitOpened(logger, args.BreakDuration);
                    return default;
                },
                OnClosed = _ =>
                {
                    ClientLog.CircuitClosed(logger);
                    return default;
                },
            })
            .AddTimeout(new TimeoutStrategyOptions { Timeout = options.AttemptTimeout.Timeout })
            .Build();

        _writes = Outer(options).AddPipeline(attempt).Build();
        _reads = options.Retry.MaxRetryAttempts == 0
            ? _writes
            : Outer(options).AddRetry(Retry(options.Retry)).AddPipeline(attempt).Build();
    }

    private ResiliencePipelineBuilder<HttpResponseMessage> Outer(BiometricResilienceOptions options) =>
        new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time }
            .AddTimeout(new TimeoutStrategyOptions { Timeout = options.TotalRequestTimeout.Timeout });

    private RetryStrategyOptions<HttpResponseMessage> Retry(BiometricRetryOptions options) => new()
    {
        MaxRetryAttempts = options.MaxRetryAttempts,
        BackoffType = DelayBackoffType.Exponential,
        Delay = options.Delay,
        MaxDelay = options.MaxRetryAfter,
        UseJitter = options.UseJitter,
        ShouldHandle = args => ValueTask.FromResult(IsWorthRetrying(args.Outcome, options.MaxRetryAfter)),
        DelayGenerator = args => ValueTask.FromResult(args.Outcome.Result is { } response ? RetryAfterHeader.Read(response, time) : null),
        OnRetry = args =>
        {
            ClientLog.Retrying(logger, args.AttemptNumber + 1, args.RetryDelay);

            // The refused answer is not handed on, so nobody else closes it.
            args.Outcome.Result?.Dispose();
            return default;
        },
    };

    /// <summary>What counts against the provider: that nothing came, or that it says it failed. A refusal is an answer.</summary>
    private static bool IsProviderFailure(Outcome<HttpResponseMessage> outcome) =>
        outcome.Exception is HttpRequestException or IOException or TimeoutRejectedException
        || outcome.Result is { StatusCode: >= HttpStatusCode.InternalServerError };

    /// <summary>
    /// A wait that the provider asks for is kept or not begun: past the cap the caller is told at once, since coming
    /// back earlier than asked would only be refused again (attack 63).
    /// </summary>
    private bool IsWorthRetrying(Outcome<HttpResponseMessage> outcome, TimeSpan cap)
    {
        if (outcome.Result is not { } response)
        {
            return IsProviderFailure(outcome);
        }

        var mayPass = response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout
            or HttpStatusCode.InternalServerError or HttpStatusCode.BadGateway
            or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;
        return mayPass && (RetryAfterHeader.Read(response, time) is not { } wait || wait <= cap);
    }
}
