using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Receives the provider's deliveries (protocol 6.4): the bytes are read once and their MAC is checked before any of them
/// is believed. Answers carry no body and no reason.
/// </summary>
internal sealed class WebhookEndpoint(
    WebhookReceiver receiver,
    Tenants tenants,
    TimeProvider timeProvider,
    ILogger<WebhookEndpoint> logger)
{
    /// <summary>A sender that drips its body is cut off; the provider itself gives up after 5 seconds (contract 4.8).</summary>
    private static readonly TimeSpan ReadDeadline = TimeSpan.FromSeconds(10);

    public async Task HandleAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        var tenant = context.Request.RouteValues["tenant"] as string ?? Tenants.Only;
        if (!tenants.Knows(tenant))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound; // a tenant's deliveries come by its own route
            return;
        }

        using var scope = TenantScope.Begin(logger, tenant);

        if (!IsDelivery(context.Request))
        {
            Log.WebhookMalformed(logger, "content type or encoding");
            context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return;
        }

        var limit = tenants.Of(tenant).MaxWebhookBytes;
        using var body = new PooledBody((int)Math.Min(context.Request.ContentLength ?? 4096, limit));
        context.Response.StatusCode = await ReadAsync(context, body, limit).ConfigureAwait(false) switch
        {
            false => StatusCodes.Status400BadRequest,
            _ when body.Length > limit => StatusCodes.Status413PayloadTooLarge,
            _ when body.Length < context.Request.ContentLength => ReadBefore(),
            _ => await ReceiveAsync(context, tenant, body.Written).ConfigureAwait(false),
        };
    }

    private async Task<int> ReceiveAsync(HttpContext context, string tenant, ReadOnlyMemory<byte> body)
    {
        try
        {
            return await receiver.ReceiveAsync(tenant, body, HeadersOf(context.Request), context.RequestAborted).ConfigureAwait(false);
        }
        catch (Exception failure) when (!context.RequestAborted.IsCancellationRequested)
        {
            // Nothing is acknowledged that was not stored.
            Log.WebhookFailed(logger, failure);
            return StatusCodes.Status503ServiceUnavailable;
        }
    }

    /// <summary>The server itself hands out every byte that was announced: a middleware of the application took them (attack 59).</summary>
    private int ReadBefore()
    {
        Log.WebhookReadBefore(logger);
        return StatusCodes.Status503ServiceUnavailable;
    }

    private static bool IsDelivery(HttpRequest request) =>
        request.Headers.ContentEncoding.Count == 0
        && MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
        && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    /// <summary>Reads at most one byte more than the limit; false when the body did not come in time or whole.</summary>
    private async Task<bool> ReadAsync(HttpContext context, PooledBody body, int limit)
    {
        if (context.Request.ContentLength > limit)
        {
            body.Length = limit + 1;
            return true;
        }

        if (context.Request.Body.CanSeek)
        {
            context.Request.Body.Position = 0; // buffered and read by a middleware, which may have left it at its end
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
        {
            feature.MaxRequestBodySize = null; // counted here
        }

        using var deadline = new CancellationTokenSource(ReadDeadline, timeProvider);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, context.RequestAborted);
        try
        {
            while (body.Length <= limit)
            {
                var read = await context.Request.Body.ReadAsync(body.Free(limit + 1), both.Token).ConfigureAwait(false);
                if (read == 0)
                {
                    break;
                }

                body.Length += read;
            }

            return true;
        }
        catch (Exception failure) when (failure is OperationCanceledException or IOException)
        {
            Log.WebhookMalformed(logger, "the body did not come in time or whole");
            return false;
        }
    }

    private static WebhookHeaders HeadersOf(HttpRequest request) => new()
    {
        SignatureV2 = Single(request, WebhookHeaders.SignatureV2Name),
        Signature = Single(request, WebhookHeaders.SignatureName),
        SignatureSimple = Single(request, WebhookHeaders.SignatureSimpleName),
        Timestamp = Single(request, WebhookHeaders.TimestampName),
        TestWebhook = Single(request, WebhookHeaders.TestWebhookName),
    };

    private static string? Single(HttpRequest request, string name) => request.Headers[name] switch
    {
        [] => null,
        [var one] => one,
        _ => WebhookHeaders.Several,
    };
}
