namespace BiometricTwoFactor;

/// <summary>Reads the provider's successes. Each answer is parsed once, strictly; null means that it is not one.</summary>
internal static class AnswerReader
{
    internal delegate T? Reading<out T>(JsonCursor root)
        where T : class;

    internal static T? Read<T>(ReadOnlySpan<byte> body, Reading<T> read)
        where T : class
    {
        if (JsonTape.Parse(body, body.Length, JsonTape.DefaultMaxDepth, out var tape) != JsonReadError.None)
        {
            return null;
        }

        using (tape)
        {
            return read(tape.Root);
        }
    }

    /// <summary>The page of a new session, which the caller judges; two different ones in one answer are none.</summary>
    internal static Uri? Page(JsonCursor root)
    {
        var url = root["url"u8].AsString();
        var guideUrl = root["session_url"u8].AsString();
        var differ = url is not null && guideUrl is not null && !string.Equals(url, guideUrl, StringComparison.Ordinal);
        return !differ && Uri.TryCreate(url ?? guideUrl, UriKind.Absolute, out var page) ? page : null;
    }

    internal static BiometricSession? Session(JsonCursor root, HostedPageUrl page)
    {
        if (!SessionId.TryParse(root["session_id"u8].AsString(), out var id)
            || !MetadataReader.TryRead(new SessionMembers(root), default, out var metadata))
        {
            return null;
        }

        var statusText = root["status"u8].AsString();
        return new BiometricSession
        {
            SessionId = id,
            Url = page,
            SessionToken = Token(root["session_token"u8].AsString()),
            Status = SessionStatusText.Parse(statusText),
            StatusText = statusText,
            VendorData = root["vendor_data"u8].AsString(),
            WorkflowId = root["workflow_id"u8].AsString(),
            WorkflowVersion = root["workflow_version"u8].AsInt64() is { } version and >= 0 and <= int.MaxValue ? (int)version : null,
            SessionNumber = root["session_number"u8].AsInt64(),
            Metadata = metadata,
        };
    }

    /// <summary>Guide: flat. Reference: under <c>face_match</c>. An answer that has both must say the same in both.</summary>
    internal static FaceMatchResult? FaceMatch(JsonCursor root)
    {
        var nested = root["face_match"u8];
        if (nested.HasValue && (!nested.IsObject || Contradicts(root, nested)))
        {
            return null;
        }

        var entry = nested.HasValue ? nested : root;
        if (!entry["status"u8].IsString)
        {
            return null;
        }

        var check = FeatureReader.FaceMatch(entry);
        return new FaceMatchResult
        {
            Status = check.Status,
            Similarity = check.Similarity,
            Warnings = check.Warnings,
            RequestId = root["request_id"u8].AsString(),
        };
    }

    internal static PassiveLivenessResult? Liveness(JsonCursor root)
    {
        var nested = root["liveness"u8];
        if (nested.HasValue && (!nested.IsObject || Contradicts(root, nested)))
        {
            return null;
        }

        var entry = nested.HasValue ? nested : root;
        if (!entry["status"u8].IsString)
        {
            return null;
        }

        var check = FeatureReader.Liveness(entry);
        return new PassiveLivenessResult
        {
            Status = check.Status,
            Method = check.Method,
            Score = check.Score,
            Warnings = check.Warnings,
            RequestId = root["request_id"u8].AsString(),
        };
    }

    internal static SessionPage? Sessions(JsonCursor root)
    {
        var results = root["results"u8];
        var next = root["next"u8];
        if (results.Kind != JsonNodeKind.Array || (next.HasValue && !next.IsString))
        {
            return null;
        }

        var sessions = new List<SessionSummary>(results.Count);
        foreach (var item in results.Items)
        {
            if (!SessionId.TryParse(item["session_id"u8].AsString(), out var id))
            {
                return null;
            }

            var statusText = item["status"u8].AsString();
            sessions.Add(new SessionSummary
            {
                SessionId = id,
                Status = SessionStatusText.Parse(statusText),
                StatusText = statusText,
                VendorData = item["vendor_data"u8].AsString(),
                WorkflowId = item["workflow_id"u8].AsString(),
                SessionNumber = item["session_number"u8].AsInt64(),
                CreatedAt = WireTime.Read(item["created_at"u8]),
            });
        }

        return new SessionPage(sessions, next.AsString());
    }

    private static bool Contradicts(JsonCursor root, JsonCursor nested) =>
        root["status"u8].HasValue && !root["status"u8].SameScalar(nested["status"u8]);

    private static Secret? Token(string? token) =>
        string.IsNullOrEmpty(token) || token.Any(c => char.IsControl(c) || char.IsWhiteSpace(c)) ? null : new Secret(token);
}

/// <summary>One page of a list, and where the next one is.</summary>
internal sealed record SessionPage(IReadOnlyList<SessionSummary> Sessions, string? Next);
