using System.Text.Json.Nodes;

namespace BiometricTwoFactor.Emulator;

/// <summary>A session as it was when it was looked at: a copy that no longer changes.</summary>
public sealed class EmulatedSession
{
    /// <summary>The session's id.</summary>
    public required SessionId Id { get; init; }

    /// <summary>The session's running number, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>The bearer token of the hosted page and of <c>sandbox/arm</c>.</summary>
    public required Secret Token { get; init; }

    /// <summary>The hosted page. Carries the token: not for logs.</summary>
    public required Uri HostedPage { get; init; }

    /// <summary>The session's status.</summary>
    public required SessionStatus Status { get; init; }

    /// <summary><c>vendor_data</c>, or null.</summary>
    public string? VendorData { get; init; }

    /// <summary>The workflow; empty for a stand-alone call that was saved as a session.</summary>
    public required string WorkflowId { get; init; }

    /// <summary><c>callback</c> as sent, or the workflow's default, or null.</summary>
    public string? Callback { get; init; }

    /// <summary><c>callback_method</c>: <c>initiator</c> unless the creator said otherwise.</summary>
    public required string CallbackMethod { get; init; }

    /// <summary><c>metadata</c> as it is now: a later create for the same user and workflow may have overwritten it.</summary>
    public JsonNode? Metadata { get; init; }

    /// <summary>The armed scenario, or null.</summary>
    public string? Scenario { get; init; }

    /// <summary>Whether a portrait came with the request. A workflow that compares with it keeps it in memory until the session, the user or the emulator is gone; it is never shown.</summary>
    public bool HasPortrait { get; init; }

    /// <summary>When it was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it ends if unfinished.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Deleted through the API: no endpoint finds it any more.</summary>
    public bool IsDeleted { get; init; }
}
