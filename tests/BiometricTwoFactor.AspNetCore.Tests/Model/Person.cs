namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>A sign-in session as the model knows it: an account, and a number that no other session has.</summary>
internal sealed record ModelBinding(string Account, int Session);

/// <summary>A payment.</summary>
internal sealed record Facts(string Amount, string Account)
{
    public static readonly Facts[] All =
    [
        new("250.00", "DE89370400440532013000"), new("40.00", "FR1420041010050500013M02606"), new("9000.00", "GB33BUKB20201555555555"),
    ];
}

/// <summary>A browser with somebody in front of it, and what the model knows about its cookies.</summary>
internal sealed class Person(Browser browser, string? account, string? otherAccount) : IDisposable
{
    public Browser Browser { get; } = browser;

    /// <summary>The account that this person signs in to; null for one who has none.</summary>
    public string? Account { get; } = account;

    public string? OtherAccount { get; } = otherAccount;

    /// <summary>The present sign-in; null when nobody is signed in.</summary>
    public ModelBinding? Binding { get; set; }

    /// <summary>The challenge that the start cookie of this browser names.</summary>
    public KnownChallenge? Started { get; set; }

    public void Dispose() => Browser.Dispose();
}

/// <summary>A challenge as the model knows it: from what was done, not from what the store says.</summary>
internal sealed class KnownChallenge(string id, Facts facts, ModelBinding owner, DateTimeOffset askedAt)
{
    public string Id { get; } = id;

    public Facts Facts { get; } = facts;

    public DateTimeOffset AskedAt { get; } = askedAt;

    /// <summary>Who may claim and use it. Changes by signing in again in its own browser, and by a confirmation after a review.</summary>
    public ModelBinding Owner { get; set; } = owner;

    public SessionId? Session { get; set; }

    public string? Code { get; set; }

    /// <summary>True once its owner brought the code back in time.</summary>
    public bool Claimed { get; set; }

    public bool SeenInReview { get; set; }

    public DateTimeOffset? SeenApprovedAt { get; set; }

    public DateTimeOffset? ConfirmedAt { get; set; }

    public bool Executed { get; set; }

    /// <summary>Why it can never be used again; null while it may.</summary>
    public string? Ended { get; set; }

    public ChallengeState Seen { get; set; }
}

/// <summary>What the endpoint did.</summary>
internal sealed record Execution(string? Challenge, string? Subject, Facts Facts);
