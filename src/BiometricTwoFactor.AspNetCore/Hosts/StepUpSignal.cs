namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// What a caller is told that lacks a face where no redirect can reach it: a hub's client, a Blazor circuit, a gRPC call. The
/// same that an API caller finds in its problem details.
/// </summary>
/// <remarks>The URLs are paths of the application. They name a challenge, which only the caller's own sign-in can open.</remarks>
public sealed record StepUpSignal
{
    /// <summary>What stands in the way: <c>urn:biometric-step-up:face-required</c>, or why no face is asked, such as <c>…:not-enrolled</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The same in a few words, in English.</summary>
    public required string Title { get; init; }

    /// <summary>What to do about it.</summary>
    public string? Detail { get; init; }

    /// <summary>The challenge; null where none was made.</summary>
    public string? ChallengeId { get; init; }

    /// <summary>Why a face is asked for, in the words of <see cref="StepUpReason"/>.</summary>
    public string? Reason { get; init; }

    /// <summary>The page that shows what is asked and leads to the capture: open it in a browser with the caller's cookies.</summary>
    public string? ConfirmUrl { get; init; }

    /// <summary>Where callers with a bearer token begin: they POST here.</summary>
    public string? StartUrl { get; init; }

    /// <summary>The challenge's state as JSON; <c>?wait=25</c> answers when it changes.</summary>
    public string? StatusUrl { get; init; }

    /// <summary>Where to set a face up; null unless that is what is missing.</summary>
    public string? EnrolUrl { get; init; }

    /// <summary>When the challenge ends.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>How many seconds to wait, where waiting helps.</summary>
    public long? RetryAfterSeconds { get; init; }

    /// <summary>True when a face is asked; false when none can be asked now.</summary>
    public bool IsFaceRequired => ChallengeId is not null;

    /// <summary>The type alone: the rest names a challenge.</summary>
    public override string ToString() => Type;
}
