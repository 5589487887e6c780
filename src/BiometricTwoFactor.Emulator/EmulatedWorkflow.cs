namespace BiometricTwoFactor.Emulator;

/// <summary>A workflow as one would publish it in the provider's console.</summary>
public sealed class EmulatedWorkflow
{
    /// <summary>The default workflow of kind <see cref="EmulatedWorkflowKind.BiometricAuthentication"/>.</summary>
    public const string BiometricAuthenticationId = "b1000000-0000-4000-8000-000000000001";

    /// <summary>The default workflow of kind <see cref="EmulatedWorkflowKind.ScaWithIpAnalysis"/>.</summary>
    public const string ScaWithIpAnalysisId = "b1000000-0000-4000-8000-000000000002";

    /// <summary>The default workflow of kind <see cref="EmulatedWorkflowKind.KycEnrolment"/>.</summary>
    public const string KycEnrolmentId = "b1000000-0000-4000-8000-000000000003";

    /// <summary>The default workflow of kind <see cref="EmulatedWorkflowKind.FaceEnrolment"/>.</summary>
    public const string FaceEnrolmentId = "b1000000-0000-4000-8000-000000000004";

    /// <summary>The default workflow of kind <see cref="EmulatedWorkflowKind.LivenessOnly"/>.</summary>
    public const string LivenessOnlyId = "b1000000-0000-4000-8000-000000000005";

    /// <summary>The default workflow of kind <see cref="EmulatedWorkflowKind.BiometricAuthentication"/> that asks for a turn of the head.</summary>
    public const string ActiveBiometricAuthenticationId = "b1000000-0000-4000-8000-000000000006";

    /// <summary>The <c>workflow_id</c>: a UUID at the provider, any text without white space here.</summary>
    public required string Id { get; init; }

    /// <summary>Which steps it runs.</summary>
    public required EmulatedWorkflowKind Kind { get; init; }

    /// <summary>
    /// How liveness is checked. Default <see cref="LivenessMethod.Passive"/>: one picture. With
    /// <see cref="LivenessMethod.Active3D"/> the hosted page asks for a turn of the head and measures it; a single picture
    /// given instead is simulated, as is <see cref="LivenessMethod.Flashing"/>.
    /// </summary>
    public LivenessMethod LivenessMethod { get; init; } = LivenessMethod.Passive;

    /// <summary>The published version, reported as <c>workflow_version</c>. Default 1.</summary>
    public int Version { get; init; } = 1;

    /// <summary>A name for the hosted page. Null takes the kind's.</summary>
    public string? Name { get; init; }

    /// <summary>Where the browser goes when a session was created without <c>callback</c>. Null by default.</summary>
    public Uri? DefaultCallback { get; init; }

    /// <summary>A judged picture whose similarity, 0 to 100, is strictly above this is approved. Default 80.</summary>
    public decimal FaceMatchApproveAbove { get; init; } = 80m;

    /// <summary>
    /// A judged picture whose similarity, 0 to 100, is at or below this is declined; between the two it is In Review.
    /// Default 50. Equal to <see cref="FaceMatchApproveAbove"/>, nothing is reviewed.
    /// </summary>
    public decimal FaceMatchDeclineAtOrBelow { get; init; } = 50m;

    /// <summary>A judged picture whose liveness, 0 to 100, is at or below this is declined. Default 50.</summary>
    public decimal LivenessDeclineAtOrBelow { get; init; } = 50m;

    internal bool HasFaceMatch => Kind != EmulatedWorkflowKind.LivenessOnly;

    internal bool HasIpAnalysis => Kind == EmulatedWorkflowKind.ScaWithIpAnalysis;

    internal bool HasDocument => Kind == EmulatedWorkflowKind.KycEnrolment;

    /// <summary>A document brings its own reference face; every other comparison needs one beforehand (contract 1.3).</summary>
    internal bool NeedsReferenceFace => HasFaceMatch && !HasDocument;

    internal string DisplayName => Name ?? Kind switch
    {
        EmulatedWorkflowKind.BiometricAuthentication => "Biometric authentication",
        EmulatedWorkflowKind.ScaWithIpAnalysis => "Strong customer authentication",
        EmulatedWorkflowKind.KycEnrolment => "Identity verification",
        EmulatedWorkflowKind.FaceEnrolment => "Face enrolment",
        _ => "Liveness check",
    };

    /// <summary>In the provider's words (contract 2).</summary>
    internal IEnumerable<string> Features()
    {
        if (HasDocument)
        {
            yield return "ID_VERIFICATION";
        }

        yield return "LIVENESS";
        if (HasFaceMatch)
        {
            yield return "FACE_MATCH";
        }

        if (HasIpAnalysis)
        {
            yield return "IP_ANALYSIS";
        }
    }

    internal static IEnumerable<EmulatedWorkflow> Defaults() =>
    [
        new() { Id = BiometricAuthenticationId, Kind = EmulatedWorkflowKind.BiometricAuthentication },
        new() { Id = ScaWithIpAnalysisId, Kind = EmulatedWorkflowKind.ScaWithIpAnalysis },
        new() { Id = KycEnrolmentId, Kind = EmulatedWorkflowKind.KycEnrolment },
        new() { Id = FaceEnrolmentId, Kind = EmulatedWorkflowKind.FaceEnrolment },
        new() { Id = LivenessOnlyId, Kind = EmulatedWorkflowKind.LivenessOnly },
        new() { Id = ActiveBiometricAuthenticationId, Kind = EmulatedWorkflowKind.BiometricAuthentication, LivenessMethod = LivenessMethod.Active3D },
    ];
}
