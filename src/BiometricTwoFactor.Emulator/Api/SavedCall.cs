using System.Text.Json.Nodes;

namespace BiometricTwoFactor.Emulator;

/// <summary>
/// A stand-alone call that the live world keeps as a session (contract 3.1). No picture is kept, and no face of it is
/// used by later sessions: the reference promises that only of hosted ones.
/// </summary>
internal static class SavedCall
{
    public const string FaceMatch = "FACE_MATCH";

    public const string PassiveLiveness = "PASSIVE_LIVENESS";

    /// <summary>Every service that the list's filter knows; the emulator has the two above.</summary>
    public static readonly string[] Services =
    [
        "ID_VERIFICATION", FaceMatch, "AGE_ESTIMATION", "FACE_SEARCH", "POA", "AML", "KYB_REGISTRY", PassiveLiveness,
        "DATABASE_VALIDATION", "PHONE_VERIFICATION", "EMAIL_VERIFICATION",
    ];

    /// <summary>Stands where a hosted session has its workflow.</summary>
    public static readonly EmulatedWorkflow NoWorkflow = new() { Id = "", Kind = EmulatedWorkflowKind.LivenessOnly, Name = "Stand-alone call" };

    /// <summary>Makes the session and announces it.</summary>
    /// <returns>The session's id: the call's <c>request_id</c>.</returns>
    public static string Save(EmulatorCore core, string service, CaptureResult result, string? vendorData, JsonNode? metadata)
    {
        lock (core.Store.Gate)
        {
            var now = core.Settings.Clock.GetUtcNow();
            var session = new SessionRecord
            {
                Id = EmulatorSettings.NewUuid(),
                Number = core.Store.NextNumber,
                Token = EmulatorSettings.RandomText(12),
                Workflow = NoWorkflow,
                ApiService = service,
                VendorData = vendorData,
                CreatedAt = now,
                ExpiresAt = now + core.Settings.Options.SessionLifetime,
                Metadata = SessionStore.Clone(metadata),
            };
            _ = core.Flow.Save(session, result);
            return session.Id;
        }
    }

    /// <summary>A step that this call does not have.</summary>
    public static CaptureStep NotRun() => new(FeatureStatus.NotFinished, null);
}
