using System.Text.Json.Nodes;
using BiometricTwoFactor.ReferenceMatcher;

namespace BiometricTwoFactor.Emulator;

/// <summary>A session's state. Only touched under the <see cref="SessionStore"/>'s lock.</summary>
internal sealed class SessionRecord
{
    public required string Id { get; init; }

    /// <summary>From 1, given when it is stored.</summary>
    public int Number { get; set; }

    public required string Token { get; init; }

    public required EmulatedWorkflow Workflow { get; init; }

    public required string? VendorData { get; set; }

    /// <summary>Which stand-alone call was saved as this session (<see cref="SavedCall"/>); null for a hosted one.</summary>
    public string? ApiService { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; set; }

    public string? Language { get; init; }

    public string CallbackMethod { get; init; } = "initiator";

    public JsonObject? ExpectedDetails { get; set; }

    public JsonObject? ContactDetails { get; set; }

    public bool HasPortrait { get; init; }

    /// <summary>The portrait that came with the request: what this session compares with, before any stored face.</summary>
    public HeldPicture? Portrait { get; set; }

    /// <summary>The judged picture of this session: the face that later sessions compare with.</summary>
    public HeldPicture? Capture { get; set; }

    /// <summary>What the latest capture showed, whatever came of it: for the console, never compared with anything.</summary>
    public List<HeldPicture> Frames { get; } = [];

    /// <summary>Which way the head is to turn at the next try; null until somebody asks, and where no turn is asked for.</summary>
    public HeadTurn? AskedTurn { get; set; }

    /// <summary>The timeline has it that the page was opened.</summary>
    public bool IsPageOpened { get; set; }

    /// <summary>The timeline has it that the capture began.</summary>
    public bool IsCaptureStarted { get; set; }

    /// <summary>How many pictures could not be used.</summary>
    public int UnusablePictures { get; set; }

    public string? Callback { get; set; }

    public JsonNode? Metadata { get; set; }

    public string? Scenario { get; set; }

    public SessionStatus Status { get; set; } = SessionStatus.NotStarted;

    public CaptureResult? Result { get; set; }

    public CaptureDevice Device { get; set; } = CaptureDevice.Unknown;

    public SessionDevices Devices { get; } = new();

    public List<Review> Reviews { get; } = [];

    public SessionTimeline Timeline { get; } = new();

    public bool IsDeleted { get; set; }

    /// <summary>Cleared when the user's faces are forgotten.</summary>
    public bool KeepsFace { get; set; }

    /// <summary>The provider hands such a session out again instead of making another (contract 1.2).</summary>
    public bool IsUnfinished => Status is SessionStatus.NotStarted or SessionStatus.InProgress
        or SessionStatus.Resubmitted or SessionStatus.AwaitingUser;

    /// <summary>Only faces of approved sessions are used again (contract 1.1).</summary>
    public bool OffersFace => KeepsFace && !IsDeleted && Status == SessionStatus.Approved;

    public void WipeCapture()
    {
        Capture?.Dispose();
        Capture = null;
    }

    public void WipeFrames()
    {
        foreach (var frame in Frames)
        {
            frame.Dispose();
        }

        Frames.Clear();
    }

    public void WipePictures()
    {
        WipeCapture();
        WipeFrames();
        Portrait?.Dispose();
        Portrait = null;
    }

    internal sealed record Review(SessionStatus NewStatus, string? Comment, DateTimeOffset At)
    {
        public string Id { get; init; } = EmulatorSettings.NewUuid();

        /// <summary>What the session was before.</summary>
        public SessionStatus Previous { get; init; }
    }
}
