namespace BiometricTwoFactor.Emulator;

/// <summary>Where webhooks go (contract 4.1), as it is at one moment: replaced, never changed, so that it is read without a lock.</summary>
internal sealed record Destination
{
    public required string Id { get; init; }

    public required string Label { get; init; }

    public required Uri Url { get; init; }

    public bool Enabled { get; init; } = true;

    public string Version { get; init; } = WebhookVersion.Current;

    /// <summary>Exact names; none means that nothing is sent.</summary>
    public IReadOnlyList<string> Events { get; init; } = [];

    /// <summary>The text of <see cref="Key"/>.</summary>
    public required string Secret { get; init; }

    public required WebhookSecret Key { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Shared by all of its states.</summary>
    public DestinationHealth Health { get; } = new();

    /// <summary>43 URL-safe characters, as the provider's.</summary>
    public static string NewSecret() => EmulatorSettings.RandomText(43);

    public Destination WithSecret(string secret) => this with { Secret = secret, Key = new WebhookSecret(secret, label: "destination") };

    /// <summary>The id: a record would print its secret.</summary>
    public override string ToString() => Id;
}
