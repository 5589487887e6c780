namespace BiometricTwoFactor.Emulator;

/// <summary>The newest deliveries, oldest first. Bounded in number and in text, so that a server that runs for weeks does not grow.</summary>
internal sealed class DeliveryLog(int most = 10_000, long mostText = 16 * 1024 * 1024)
{
    private readonly Lock _gate = new();
    private readonly Queue<WebhookDelivery> _entries = new();
    private long _text;

    public IReadOnlyList<WebhookDelivery> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _entries];
            }
        }
    }

    public void Add(WebhookDelivery delivery)
    {
        lock (_gate)
        {
            _entries.Enqueue(delivery);
            _text += Size(delivery);
            // The newest stays, whatever its size.
            while (_entries.Count > most || (_text > mostText && _entries.Count > 1))
            {
                _text -= Size(_entries.Dequeue());
            }
        }
    }

    /// <summary>A destination's, newest first.</summary>
    public IReadOnlyList<WebhookDelivery> Of(string destinationId)
    {
        lock (_gate)
        {
            return [.. _entries.Where(delivery => delivery.DestinationId == destinationId).Reverse()];
        }
    }

    public WebhookDelivery? Find(string destinationId, string id)
    {
        lock (_gate)
        {
            return _entries.FirstOrDefault(delivery => delivery.DestinationId == destinationId && delivery.Id == id);
        }
    }

    private static int Size(WebhookDelivery delivery) => delivery.Body.Length + (delivery.ResponseBody?.Length ?? 0);
}
