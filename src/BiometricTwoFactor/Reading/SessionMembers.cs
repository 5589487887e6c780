using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BiometricTwoFactor;

/// <summary>
/// The members of one object, found in a single pass over it. Only the object's own members count, by exact name:
/// neither <c>STATUS</c> nor a <c>status</c> further inside is its status.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct SessionMembers
{
    private readonly JsonCursor _object;
    private readonly Places _places;

    /// <summary>Finds the members of an object; none when there is no object.</summary>
    public SessionMembers(JsonCursor source)
    {
        _object = source.IsObject ? source : default;
        foreach (var member in _object.Items)
        {
            _places[(int)Identify(member.Name)] = member.Index;
        }
    }

    /// <summary>There is an object.</summary>
    public bool Exists => _object.Exists;

    /// <summary>A member, or nowhere.</summary>
    public JsonCursor this[SessionMember member] => _places[(int)member] is > 0 and var index ? _object.At(index) : default;

    /// <summary>
    /// A member that only the reference writes, be it null: then the document is not judged by the guide's shorter
    /// rules (protocol 6.2).
    /// </summary>
    public bool HasReferenceOnly =>
        Has(SessionMember.WebhookType)
        || Has(SessionMember.Decision)
        || Has(SessionMember.LivenessChecks)
        || Has(SessionMember.FaceMatches)
        || Has(SessionMember.FaceMatch)
        || Has(SessionMember.IpAnalyses)
        || Has(SessionMember.IdVerifications)
        || Has(SessionMember.OtherFeature);

    private bool Has(SessionMember member) => _places[(int)member] > 0;

    private static SessionMember Identify(ReadOnlySpan<byte> name) => name.Length switch
    {
        4 when name.StartsWith("face"u8) => SessionMember.Face,
        6 when name.StartsWith("status"u8) => SessionMember.Status,
        8 when name.StartsWith("decision"u8) => SessionMember.Decision,
        8 when name.StartsWith("event_id"u8) => SessionMember.EventId,
        8 when name.StartsWith("features"u8) => SessionMember.Features,
        8 when name.StartsWith("liveness"u8) => SessionMember.Liveness,
        8 when name.StartsWith("metadata"u8) => SessionMember.Metadata,
        9 when name.StartsWith("timestamp"u8) => SessionMember.Timestamp,
        10 when name.StartsWith("created_at"u8) => SessionMember.CreatedAt,
        10 when name.StartsWith("expires_at"u8) => SessionMember.ExpiresAt,
        10 when name.StartsWith("face_match"u8) => SessionMember.FaceMatch,
        10 when name.StartsWith("session_id"u8) => SessionMember.SessionId,
        11 when name.StartsWith("environment"u8) => SessionMember.Environment,
        11 when name.StartsWith("ip_analysis"u8) => SessionMember.IpAnalysis,
        11 when name.StartsWith("ip_analyses"u8) => SessionMember.IpAnalyses,
        11 when name.StartsWith("vendor_data"u8) => SessionMember.VendorData,
        11 when name.StartsWith("workflow_id"u8) => SessionMember.WorkflowId,
        12 when name.StartsWith("face_matches"u8) => SessionMember.FaceMatches,
        12 when name.StartsWith("webhook_type"u8) => SessionMember.WebhookType,
        13 when name.StartsWith("metadata_echo"u8) => SessionMember.MetadataEcho,
        14 when name.StartsWith("application_id"u8) => SessionMember.ApplicationId,
        14 when name.StartsWith("aml_screenings"u8) => SessionMember.OtherFeature,
        15 when name.StartsWith("liveness_checks"u8) => SessionMember.LivenessChecks,
        15 when name.StartsWith("id_verification"u8) => SessionMember.IdVerification,
        16 when name.StartsWith("id_verifications"u8) => SessionMember.IdVerifications,
        16 when name.StartsWith("workflow_version"u8) => SessionMember.WorkflowVersion,
        17 when name.StartsWith("nfc_verifications"u8) || name.StartsWith("poa_verifications"u8) => SessionMember.OtherFeature,
        19 when name.StartsWith("phone_verifications"u8) || name.StartsWith("email_verifications"u8) => SessionMember.OtherFeature,
        20 when name.StartsWith("database_validations"u8) => SessionMember.OtherFeature,
        21 when name.StartsWith("document_ai_documents"u8) => SessionMember.OtherFeature,
        23 when name.StartsWith("questionnaire_responses"u8) => SessionMember.OtherFeature,
        _ => SessionMember.Other,
    };

    /// <summary>For each member the node it was found at; 0, the root, for none.</summary>
    [InlineArray((int)SessionMember.OtherFeature + 1)]
    private struct Places
    {
        private int _first;
    }
}
