namespace BiometricTwoFactor.Emulator;

/// <summary>Turns a webhook destination into what is saved of it, and back.</summary>
internal static class SavedDestinations
{
    public static SavedDestination Save(Destination destination, bool isDefault) => new()
    {
        Id = destination.Id,
        Label = destination.Label,
        Url = destination.Url,
        Enabled = destination.Enabled,
        Version = destination.Version,
        Events = destination.Events,
        Secret = destination.Secret,
        CreatedAt = destination.CreatedAt,
        UpdatedAt = destination.UpdatedAt,
        IsDefault = isDefault,
    };

    /// <exception cref="InvalidDataException">The address is no address, the version none, or the secret too short.</exception>
    public static Destination Load(SavedDestination saved)
    {
        if (!saved.Url.IsAbsoluteUri || !WebhookVersion.All.Contains(saved.Version, StringComparer.Ordinal))
        {
            throw new InvalidDataException("The state file has a webhook destination that makes no sense.");
        }

        try
        {
            return new Destination
            {
                Id = saved.Id,
                Label = saved.Label,
                Url = saved.Url,
                Enabled = saved.Enabled,
                Version = saved.Version,
                Events = saved.Events,
                Secret = saved.Secret,
                Key = new WebhookSecret(saved.Secret, label: "destination"),
                CreatedAt = saved.CreatedAt,
                UpdatedAt = saved.UpdatedAt,
            };
        }
        catch (ArgumentException e)
        {
            throw new InvalidDataException("The state file has a webhook destination without a usable secret.", e);
        }
    }
}
