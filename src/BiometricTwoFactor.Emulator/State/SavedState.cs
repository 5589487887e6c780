using System.Text.Json.Nodes;

namespace BiometricTwoFactor.Emulator;

/// <summary>What a restart must not forget, as it stands in the file.</summary>
internal sealed record SavedState
{
    /// <summary>Raised when an older reader could misread the file.</summary>
    public const int CurrentVersion = 1;

    public required int Version { get; init; }

    public required string ApiKey { get; init; }

    public required string WebhookSecret { get; init; }

    public required string ApplicationId { get; init; }

    public required IReadOnlyList<SavedSession> Sessions { get; init; }

    public required IReadOnlyList<SavedUser> Users { get; init; }

    public required IReadOnlyList<SavedDestination> Destinations { get; init; }
}

/// <summary>A webhook destination; its counters begin anew.</summary>
internal sealed record SavedDestination
{
    public required string Id { get; init; }

    public required string Label { get; init; }

    public required Uri Url { get; init; }

    public required bool Enabled { get; init; }

    public required string Version { get; init; }

    public required IReadOnlyList<string> Events { get; init; }

    public required string Secret { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>It is the application's default.</summary>
    public required bool IsDefault { get; init; }

    /// <summary>A record would print its secret.</summary>
    public override string ToString() => Id;
}

/// <summary>A user as far as they are more than their sessions.</summary>
/// <param name="VendorData">Who.</param>
/// <param name="IsBlocked">No session may be created for them.</param>
/// <param name="HasEnrolledFace">A face was enrolled by hand.</param>
/// <param name="Face">Its picture; null without one, or when pictures are not saved.</param>
internal sealed record SavedUser(string VendorData, bool IsBlocked, bool HasEnrolledFace, byte[]? Face = null);

/// <summary>A session, as <see cref="SessionRecord"/> has it.</summary>
internal sealed record SavedSession
{
    public required string Id { get; init; }

    public required string Token { get; init; }

    public required string WorkflowId { get; init; }

    public required string Status { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public string? VendorData { get; init; }

    public string? ApiService { get; init; }

    public string? Language { get; init; }

    public required string CallbackMethod { get; init; }

    public string? Callback { get; init; }

    public JsonNode? Metadata { get; init; }

    public JsonObject? ExpectedDetails { get; init; }

    public JsonObject? ContactDetails { get; init; }

    public bool HasPortrait { get; init; }

    public string? Scenario { get; init; }

    public int UnusablePictures { get; init; }

    public bool IsDeleted { get; init; }

    public bool KeepsFace { get; init; }

    public SavedResult? Result { get; init; }

    public SavedDevice? Device { get; init; }

    public required IReadOnlyList<SavedReview> Reviews { get; init; }

    public required IReadOnlyList<SavedEvent> Timeline { get; init; }

    /// <summary>Null unless pictures are saved.</summary>
    public byte[]? Portrait { get; init; }

    /// <summary>Null unless pictures are saved.</summary>
    public byte[]? Capture { get; init; }

    /// <summary>A record would print its token.</summary>
    public override string ToString() => Id;
}

/// <summary>What a capture yielded.</summary>
internal sealed record SavedResult
{
    public required SavedStep Liveness { get; init; }

    public SavedStep? FaceMatch { get; init; }

    public SavedStep? IpAnalysis { get; init; }

    public SavedStep? Document { get; init; }

    public bool IsOfPicture { get; init; }

    public decimal? FaceQuality { get; init; }

    public decimal? FaceLuminance { get; init; }
}

/// <summary>One step of it.</summary>
internal sealed record SavedStep(string Status, IReadOnlyList<StepWarning> Warnings, decimal? Score = null);

/// <summary>The browser of the capture.</summary>
internal sealed record SavedDevice(string? OsFamily = null, string? BrowserFamily = null, string? Address = null)
{
    public bool IsVpnOrTor { get; set; }

    public bool IsDataCenter { get; set; }

    public string? CountryCode { get; set; }
}

/// <summary>A reviewer's decision. Files of earlier builds have neither its id nor what the session was before.</summary>
internal sealed record SavedReview(string Status, DateTimeOffset At, string? Comment = null, string? Id = null, string? Previous = null);

/// <summary>An entry of the timeline.</summary>
internal sealed record SavedEvent(DateTimeOffset At, string What, string? Detail = null);
