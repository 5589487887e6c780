using System.Text;

namespace BiometricTwoFactor;

/// <summary>
/// Reads what the provider says about a session, in either edition, from a decision answer or from a webhook's
/// envelope together with its <c>decision</c> member. Names are exact, paths are exact, unknown members are ignored.
/// </summary>
internal static class SessionDecisionReader
{
    /// <summary>
    /// Reads a decision answer (fields at the root). False when the bytes are not strict JSON (contract 4.5) or the
    /// document contradicts itself.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> utf8Json, int maxBytes, out SessionDecision? decision)
    {
        decision = null;
        if (JsonTape.Parse(utf8Json, maxBytes, JsonTape.DefaultMaxDepth, out var tape) != JsonReadError.None)
        {
            return false;
        }

        using (tape)
        {
            return TryRead(tape.Root, default, out decision);
        }
    }

    /// <summary>Reads an envelope and its decision, which is nowhere when there is none. Whether the two agree is the caller's to check.</summary>
    public static bool TryRead(JsonCursor envelope, JsonCursor inner, out SessionDecision? decision)
    {
        decision = null;
        if (!MetadataReader.TryRead(envelope, inner, out var metadata))
        {
            return false;
        }

        // The envelope's own status or none: a status found only further inside is not the session's.
        string? statusText = null;
        var status = envelope["status"u8].IsString ? SessionStatusText.Parse(envelope["status"u8].Utf8, out statusText) : SessionStatus.Unknown;
        var environment = Either(envelope, inner, "environment"u8);
        decision = new SessionDecision
        {
            SessionId = SessionId.TryParse(Either(envelope, inner, "session_id"u8).AsString(), out var id) ? id : null,
            Status = status,
            StatusText = statusText,
            VendorData = Either(envelope, inner, "vendor_data"u8).AsString(),
            WorkflowId = Either(envelope, inner, "workflow_id"u8).AsString(),
            Environment = Environment(environment.Utf8),
            HasEnvironment = environment.HasValue,
            Metadata = metadata,
            IsGuideShape = !inner.Exists && !HasReferenceMember(envelope),
            Features = FeatureReader.Collect([envelope["features"u8], inner["features"u8]], Feature),
            LivenessChecks = FeatureReader.Collect(
                [inner["liveness_checks"u8], inner["liveness"u8], envelope["liveness_checks"u8], envelope["liveness"u8]], FeatureReader.Liveness),
            FaceMatches = FeatureReader.Collect(
                [
                    inner["face_matches"u8], inner["face_match"u8], inner["face"u8],
                    envelope["face_matches"u8], envelope["face_match"u8], envelope["face"u8],
                ],
                FeatureReader.FaceMatch),
            IpAnalyses = FeatureReader.Collect(
                [inner["ip_analyses"u8], inner["ip_analysis"u8], envelope["ip_analyses"u8], envelope["ip_analysis"u8]], FeatureReader.Ip),
            IdVerifications = FeatureReader.Collect(
                [inner["id_verifications"u8], inner["id_verification"u8], envelope["id_verifications"u8], envelope["id_verification"u8]],
                FeatureReader.Document),
            CreatedAt = WireTime.Read(Either(envelope, inner, "created_at"u8)),
            ExpiresAt = WireTime.Read(Either(envelope, inner, "expires_at"u8)),
        };
        return true;
    }

    /// <summary>The envelope's member where it has a value, else the decision's.</summary>
    public static JsonCursor Either(JsonCursor envelope, JsonCursor inner, ReadOnlySpan<byte> name) =>
        envelope[name] is { HasValue: true } value ? value : inner[name];

    private static ProviderEnvironment Environment(ReadOnlySpan<byte> text) => text.Length switch
    {
        4 when text.StartsWith("live"u8) => ProviderEnvironment.Live,
        7 when text.StartsWith("sandbox"u8) => ProviderEnvironment.Sandbox,
        _ => ProviderEnvironment.Unknown,
    };

    /// <summary>A member that only the reference writes, be it null: then the document is not judged by the guide's shorter rules.</summary>
    private static bool HasReferenceMember(JsonCursor root)
    {
        foreach (var member in root.Items)
        {
            if (ReferenceMembers.Contains(member.Name))
            {
                return true;
            }
        }

        return false;
    }

    private static string Feature(JsonCursor feature)
    {
        var name = feature.IsObject ? feature["feature"u8] : feature;
        return ReferenceMembers.FeatureName(name.Utf8) ?? Encoding.UTF8.GetString(name.Utf8);
    }
}
