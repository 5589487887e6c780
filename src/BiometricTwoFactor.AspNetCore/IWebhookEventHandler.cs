namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Receives the provider's verified deliveries that concern no step-up: users, transactions, data updates. Answered with
/// 2xx when it returns, and with 503, so that the provider sends again, when it throws.
/// </summary>
public interface IWebhookEventHandler
{
    /// <summary>Called once per delivery; the same event may come more than once.</summary>
    ValueTask HandleAsync(WebhookEvent webhookEvent, CancellationToken cancellationToken = default);

    /// <summary>The same for a delivery that one of several tenants' secrets signed; by itself it hands on without the tenant.</summary>
    ValueTask HandleAsync(string tenant, WebhookEvent webhookEvent, CancellationToken cancellationToken = default) => HandleAsync(webhookEvent, cancellationToken);
}
