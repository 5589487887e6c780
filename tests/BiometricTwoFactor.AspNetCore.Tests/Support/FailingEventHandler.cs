namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>An application whose own part of a delivery cannot be stored.</summary>
internal sealed class FailingEventHandler : IWebhookEventHandler
{
    public ValueTask HandleAsync(WebhookEvent webhookEvent, CancellationToken cancellationToken = default) => throw new IOException("the disk is full");
}
