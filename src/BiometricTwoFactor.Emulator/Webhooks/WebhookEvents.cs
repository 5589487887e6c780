namespace BiometricTwoFactor.Emulator;

/// <summary>The names of events, as destinations subscribe to them (contract 4.2).</summary>
internal static class WebhookEvents
{
    public const string StatusUpdated = "status.updated";
    public const string DataUpdated = "data.updated";

    /// <summary>Those about sessions: all that this emulator sends, and all that an application-level webhook gets.</summary>
    public static IReadOnlyList<string> OfSessions { get; } = [StatusUpdated, DataUpdated];

    /// <summary>Every name that may be subscribed to.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        StatusUpdated, DataUpdated, "user.status.updated", "user.data.updated", "business.status.updated",
        "business.data.updated", "activity.created", "transaction.created", "transaction.status.updated",
        "travel_rule.status.updated",
    ];
}
