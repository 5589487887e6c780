namespace BiometricTwoFactor.Emulator;

/// <summary>The webhooks as the console numbers them. The only place of the console that knows where they are kept.</summary>
internal sealed class ConsoleDeliveries(EmulatorCore core)
{
    /// <summary>A delivery and its number, from 1 in the order of the log.</summary>
    internal sealed record Numbered(int Id, WebhookDelivery Delivery);

    /// <summary>Newest first.</summary>
    public List<Numbered> NewestFirst()
    {
        List<Numbered> all = [.. core.Webhooks.Log.Select((delivery, index) => new Numbered(index + 1, delivery))];
        all.Reverse();
        return all;
    }

    public Numbered? Find(int id)
    {
        var log = core.Webhooks.Log;
        return id >= 1 && id <= log.Count ? new Numbered(id, log[id - 1]) : null;
    }

    /// <summary>The secret that its receiver knows: the one to check it with.</summary>
    public WebhookSecret SecretOf(WebhookDelivery delivery) => core.Settings.WebhookKey;

    /// <summary>Where webhooks go.</summary>
    public IReadOnlyList<string> Destinations() => core.Webhooks.Url is { } url ? [url.AbsoluteUri] : [];

    public bool CanReplay => core.Webhooks.Url is not null;

    /// <summary>The same bytes once more.</summary>
    public async Task<Numbered> ReplayAsync(Numbered delivery, CancellationToken cancellationToken)
    {
        var sent = await core.RedeliverAsync(delivery.Delivery, cancellationToken);
        var log = core.Webhooks.Log;
        // Nothing is taken out of the log, so that what was just sent is in it.
        var id = log.Count;
        while (id > 1 && !ReferenceEquals(log[id - 1], sent))
        {
            id--;
        }

        return new Numbered(id, sent);
    }
}
