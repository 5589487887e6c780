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
            decision = Read(new SessionMembers(tape.Root), default);
            return decision is not null;
        }
    }

    /// <summary>
    /// Reads an envelope and its decision, which is nowhere when there is none; null when their metadata contradict each
    /// other. Whether the two agree on the rest is the caller's to check.
    /// </summary>
    public static SessionDecision? Read(in SessionMembers envelope, in SessionMembers inner)
    {
        if (!MetadataReader.TryRead(in envelope, in inner, out var metadata))
        {
            return null;
        }

        // The envelope's own status or none: a status found only further inside is not the session's.
        string? statusText = null;
        var status = envelope[SessionMember.Status];
        var environment = Either(in envelope, in inner, SessionMember.Environment);
        return new SessionDecision
        {
            SessionId = Id(Either(in envelope, in inner, SessionMember.SessionId)),
            Status = status.IsString ? SessionStatusText.Parse(status.Utf8, out statusText) : SessionStatus.Unknown,
            StatusText = statusText,
            VendorData = Either(in envelope, in inner, SessionMember.VendorData).AsString(),
            WorkflowId = Either(in envelope, in inner, SessionMember.WorkflowId).AsString(),
            Environment = Environment(environment.Utf8),
            HasEnvironment = environment.HasValue,
            Metadata = metadata,
            IsGuideShape = !inner.Exists && !envelope.HasReferenceOnly,
            Features = FeatureReader.Collect([envelope[SessionMember.Features], inner[SessionMember.Features]], FeatureNames.Read),
            LivenessChecks = FeatureReader.Collect(
                [
                    inner[SessionMember.LivenessChecks], inner[SessionMember.Liveness],
                    envelope[SessionMember.LivenessChecks], envelope[SessionMember.Liveness],
                ],
                FeatureReader.Liveness),
            FaceMatches = FeatureReader.Collect(
                [
                    inner[SessionMember.FaceMatches], inner[SessionMember.FaceMatch], inner[SessionMember.Face],
                    envelope[SessionMember.FaceMatches], envelope[SessionMember.FaceMatch], envelope[SessionMember.Face],
                ],
                FeatureReader.FaceMatch),
            IpAnalyses = FeatureReader.Collect(
                [
                    inner[SessionMember.IpAnalyses], inner[SessionMember.IpAnalysis],
                    envelope[SessionMember.IpAnalyses], envelope[SessionMember.IpAnalysis],
                ],
                FeatureReader.Ip),
            IdVerifications = FeatureReader.Collect(
                [
                    inner[SessionMember.IdVerifications], inner[SessionMember.IdVerification],
                    envelope[SessionMember.IdVerifications], envelope[SessionMember.IdVerification],
                ],
                FeatureReader.Document),
            CreatedAt = WireTime.Read(Either(in envelope, in inner, SessionMember.CreatedAt)),
            ExpiresAt = WireTime.Read(Either(in envelope, in inner, SessionMember.ExpiresAt)),
        };
    }

    /// <summary>A session id; null when the value is not one.</summary>
    public static SessionId? Id(JsonCursor value) => SessionId.TryParse(value.AsString(), out var id) ? id : null;

    /// <summary>The envelope's member where it has a value, else the decision's.</summary>
    private static JsonCursor Either(in SessionMembers envelope, in SessionMembers inner, SessionMember member) =>
        envelope[member] is { HasValue: true } value ? value : inner[member];

    private static ProviderEnvironment Environment(ReadOnlySpan<byte> text) => text.Length switch
    {
        4 when text.StartsWith("live"u8) => ProviderEnvironment.Live,
        7 when text.StartsWith("sandbox"u8) => ProviderEnvironment.Sandbox,
        _ => ProviderEnvironment.Unknown,
    };
}
