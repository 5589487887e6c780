namespace BiometricTwoFactor.Emulator;

public sealed partial class BiometricEmulator
{
    /// <summary>The secret that webhooks are signed with.</summary>
    public string WebhookSecret => _core.Settings.WebhookSecret;

    /// <summary>Where webhooks go from now on; null sends none.</summary>
    public Uri? WebhookUrl
    {
        get => _core.Webhooks.Url;
        set => _core.Webhooks.Url = value is null or { IsAbsoluteUri: true }
            ? value
            : throw new ArgumentException("WebhookUrl is an absolute address.", nameof(value));
    }

    /// <summary>Every webhook so far, oldest first: one entry for each attempt.</summary>
    public IReadOnlyList<WebhookDelivery> Deliveries => _core.Webhooks.Log;

    /// <summary>Sends the same bytes under the same headers once more, to <see cref="WebhookUrl"/>: a replay. The signature stays that of then.</summary>
    /// <returns>The new entry of the log.</returns>
    /// <exception cref="InvalidOperationException">There is no <see cref="WebhookUrl"/>.</exception>
    public Task<WebhookDelivery> RedeliverAsync(WebhookDelivery delivery, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        return _core.Webhooks.RedeliverAsync(delivery, cancellationToken);
    }

    /// <summary>Waits until every webhook made so far has been tried once. Retries that wait for their time are not waited for.</summary>
    public Task WebhooksIdleAsync(CancellationToken cancellationToken = default) => _core.Webhooks.IdleAsync(cancellationToken);
}
