using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace BiometricTwoFactor;

/// <summary>
/// Runs a request through the client's pipeline and turns every way of not getting an answer into the one exception.
/// The body is read here, within the attempt's time: a provider that sends its headers at once and its body never is
/// as down as one that is silent.
/// </summary>
internal sealed class ResilienceHandler(ProviderPipelines pipelines, Func<BiometricClientOptions> options, ILogger logger) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var current = options();
        var pipeline = pipelines.For(current, request.Method);
        try
        {
            return await pipeline.ExecuteAsync(
                static async (state, token) => await state.Handler.SendOnceAsync(state.Request, state.Limit, token),
                (Handler: this, Request: request, Limit: current.AnswerMaxBytes),
                cancellationToken);
        }
        catch (TimeoutRejectedException)
        {
            ClientLog.NoAnswer(logger, request.Method.Method, ProviderRequest.RouteOf(request), BiometricErrorCode.Timeout);
            throw new BiometricException(BiometricErrorCode.Timeout, "The provider did not answer in time.");
        }
        catch (BrokenCircuitException broken)
        {
            ClientLog.NoAnswer(logger, request.Method.Method, ProviderRequest.RouteOf(request), BiometricErrorCode.CircuitOpen);
            throw new BiometricException(BiometricErrorCode.CircuitOpen, "The provider failed too often; calls are held back for a while.")
            {
                RetryAfter = broken.RetryAfter,
            };
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            ClientLog.NoAnswer(logger, request.Method.Method, ProviderRequest.RouteOf(request), BiometricErrorCode.Unreachable);
            throw new BiometricException(BiometricErrorCode.Unreachable, "The provider cannot be reached.", failure);
        }
    }

    private async ValueTask<HttpResponseMessage> SendOnceAsync(HttpRequestMessage request, int limit, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (response.IsSuccessStatusCode && ProviderRequest.IsStreamed(request))
        {
            return response;
        }

        try
        {
            var body = await CappedReader.TryReadAsync(response.Content, limit, cancellationToken);
            if (body is null)
            {
                throw new BiometricException(BiometricErrorCode.AnswerTooLarge, $"The provider's answer is over the limit of {limit} bytes ({nameof(BiometricClientOptions.AnswerMaxBytes)}).")
                {
                    Status = (int)response.StatusCode,
                    RequestId = ProviderErrors.RequestIdOf(response),
                };
            }

            response.Content.Dispose();
            response.Content = new ByteArrayContent(body);
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }
}
