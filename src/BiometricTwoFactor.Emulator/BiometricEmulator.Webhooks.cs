namespace BiometricTwoFactor.Emulator;

public sealed partial class BiometricEmulator
{
    /// <summary>The secret that webhooks to <see cref="WebhookUrl"/> are signed with. Changes only by <see cref="EmulatorFaultKind.WebhookRotatedSecret"/>.</summary>
    public string WebhookSecret => _core.Webhooks.Destinations.DefaultSecret;

    /// <summary>
    /// Where webhooks go from now on; null sends none there. It is one of <see cref="WebhookDestinations"/>, named
    /// <c>Application default</c>, and null while it is disabled or deleted.
    /// </summary>
    /// <exception cref="ArgumentException">The address is not absolute, or another destination has it.</exception>
    public Uri? WebhookUrl
    {
        get => _core.Webhooks.Destinations.DefaultUrl;
        set => _core.Webhooks.Destinations.SetDefaultUrl(value is null or { IsAbsoluteUri: true }
            ? value
            : throw new ArgumentException("WebhookUrl is an absolute address.", nameof(value)));
    }

    /// <summary>Everywhere that webhooks go, oldest first, disabled ones included; those made over the API, too.</summary>
    public IReadOnlyList<EmulatedWebhookDestination> WebhookDestinations =>
        [.. _core.Webhooks.Destinations.All.Select(EmulatedWebhookDestination.Of)];

    /// <summary>
    /// The newest webhooks, oldest first: one entry for each attempt at each destination. At most 10,000, and fewer when
    /// their bodies and answers together exceed 16 million characters.
    /// </summary>
    public IReadOnlyList<WebhookDelivery> Deliveries => _core.Webhooks.Log;

    /// <summary>Lets webhooks go to another place, too, subscribed to <c>status.updated</c> and <c>data.updated</c>.</summary>
    /// <param name="url">The address, HTTP or HTTPS. Unlike over the API, HTTP need not be this machine.</param>
    /// <param name="secret">Its HMAC key, at least 24 bytes; null makes one at random.</param>
    /// <param name="label">A name for people.</param>
    /// <param name="version">The payload version: <c>v3</c>, or <c>v1</c> or <c>v2</c>.</param>
    /// <exception cref="ArgumentException">Another destination has that address, or an argument makes no sense.</exception>
    public EmulatedWebhookDestination AddWebhookDestination(Uri url, string? secret = null, string label = "Added", string version = "v3")
    {
        ArgumentNullException.ThrowIfNull(url);
        ArgumentException.ThrowIfNullOrWhiteSpace(label);
        if (url is not { IsAbsoluteUri: true, Scheme: "http" or "https" })
        {
            throw new ArgumentException("A webhook destination is an absolute HTTP or HTTPS address.", nameof(url));
        }

        if (!WebhookVersion.All.Contains(version, StringComparer.Ordinal))
        {
            throw new ArgumentException("A webhook version is v1, v2 or v3.", nameof(version));
        }

        var destination = _core.Webhooks.Destinations.New(label, url, WebhookEvents.OfSessions, secret) with { Version = version };
        return _core.Webhooks.Destinations.TryAdd(destination)
            ? EmulatedWebhookDestination.Of(destination)
            : throw new ArgumentException("Another webhook destination has that URL.", nameof(url));
    }

    /// <summary>Deletes a destination: nothing more is sent there, pending retries included. False when it is not there.</summary>
    public bool RemoveWebhookDestination(string destinationId)
    {
        ArgumentNullException.ThrowIfNull(destinationId);
        return _core.Webhooks.Destinations.Remove(destinationId);
    }

    /// <summary>Pauses a destination, whose pending retries are then lost, or lets it go on. False when it is not there.</summary>
    public bool SetWebhookDestinationEnabled(string destinationId, bool enabled)
    {
        ArgumentNullException.ThrowIfNull(destinationId);
        return _core.Webhooks.Destinations.Change(destinationId, known => known with { Enabled = enabled }, out _) is not null;
    }

    /// <summary>
    /// Sends what the provider's console sends to try a receiver: an approval of <c>test-vendor-data-123</c>, marked by the
    /// header <c>X-Didit-Test-Webhook</c> and <c>metadata.test_webhook</c>. Once, without retries; subscriptions and pauses
    /// do not matter.
    /// </summary>
    /// <param name="destinationId">Where to; null for the oldest destination.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The new entry of the log.</returns>
    /// <exception cref="InvalidOperationException">There is no such destination.</exception>
    public Task<WebhookDelivery> SendTestWebhookAsync(string? destinationId = null, CancellationToken cancellationToken = default)
    {
        var destinations = _core.Webhooks.Destinations;
        var to = destinationId is null ? destinations.All.FirstOrDefault() : destinations.Find(destinationId);
        return to is null
            ? throw new InvalidOperationException("There is no such webhook destination.")
            : _core.Webhooks.TestAsync(_core.Composer.ComposeTest(), to, cancellationToken);
    }

    /// <summary>
    /// Sends the same bytes under the same headers once more, to where the delivery's destination is now: a replay. The
    /// signature stays that of then. A delivery of no destination goes to <see cref="WebhookUrl"/>.
    /// </summary>
    /// <returns>The new entry of the log.</returns>
    /// <exception cref="InvalidOperationException">The destination is disabled or gone, or there is no <see cref="WebhookUrl"/>.</exception>
    public Task<WebhookDelivery> RedeliverAsync(WebhookDelivery delivery, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        return _core.RedeliverAsync(delivery, cancellationToken);
    }

    /// <summary>Waits until every webhook made so far has been tried once. What waits for its time is not waited for: retries, delayed and reordered webhooks.</summary>
    public Task WebhooksIdleAsync(CancellationToken cancellationToken = default) => _core.Webhooks.IdleAsync(cancellationToken);
}
