namespace BiometricTwoFactor.Emulator;

/// <summary>One of the places that webhooks go to, as it was when it was asked for.</summary>
public sealed class EmulatedWebhookDestination
{
    /// <summary>Its UUID.</summary>
    public required string Id { get; init; }

    /// <summary>A name for people.</summary>
    public required string Label { get; init; }

    /// <summary>Where webhooks are posted to.</summary>
    public required Uri Url { get; init; }

    /// <summary>False: nothing is sent there.</summary>
    public required bool IsEnabled { get; init; }

    /// <summary>The payload version: <c>v1</c>, <c>v2</c> or <c>v3</c>. Of no effect in the guide's edition, which knows no versions.</summary>
    public required string Version { get; init; }

    /// <summary>The exact names of the events that are sent there; none means nothing.</summary>
    public required IReadOnlyList<string> SubscribedEvents { get; init; }

    /// <summary>The HMAC key, used as its literal UTF-8 text. Not for logs.</summary>
    public required string Secret { get; init; }

    /// <summary>How many attempts were made.</summary>
    public required long DeliveryCount { get; init; }

    /// <summary>How many of them had no answer, or one of 400 and above.</summary>
    public required long FailedDeliveryCount { get; init; }

    internal static EmulatedWebhookDestination Of(Destination destination)
    {
        var health = destination.Health.Now;
        return new EmulatedWebhookDestination
        {
            Id = destination.Id,
            Label = destination.Label,
            Url = destination.Url,
            IsEnabled = destination.Enabled,
            Version = destination.Version,
            SubscribedEvents = [.. destination.Events],
            Secret = destination.Secret,
            DeliveryCount = health.Deliveries,
            FailedDeliveryCount = health.Failed,
        };
    }
}
