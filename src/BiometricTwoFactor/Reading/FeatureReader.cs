using System.Globalization;

namespace BiometricTwoFactor;

/// <summary>
/// Reads the steps of a session in every spelling: the reference's plural arrays, its singular members of version 2,
/// and the guide's objects. Every entry is kept; one that is no object becomes an entry without a status, which fails.
/// </summary>
internal static class FeatureReader
{
    public delegate T Reader<out T>(JsonCursor entry);

    /// <summary>Collects the entries of one step from an array and from single members; absent and null ones were not run.</summary>
    public static T[] Collect<T>(ReadOnlySpan<JsonCursor> sources, Reader<T> read)
    {
        var count = 0;
        foreach (var source in sources)
        {
            count += source.Kind == JsonNodeKind.Array ? source.Count : source.HasValue ? 1 : 0;
        }

        if (count == 0)
        {
            return [];
        }

        var entries = new T[count];
        var at = 0;
        foreach (var source in sources)
        {
            if (source.Kind == JsonNodeKind.Array)
            {
                foreach (var item in source.Items)
                {
                    entries[at++] = read(item);
                }
            }
            else if (source.HasValue)
            {
                entries[at++] = read(source);
            }
        }

        return entries;
    }

    public static LivenessCheck Liveness(JsonCursor entry) => new()
    {
        Status = Status(entry),
        HasMethod = entry["method"u8].HasValue,
        Method = Method(entry["method"u8].Utf8),
        Score = Percent(entry["score"u8]),
        Warnings = Warnings(entry),
    };

    public static FaceMatchCheck FaceMatch(JsonCursor entry) => new()
    {
        Status = Status(entry),
        Similarity = Similarity(entry),
        Warnings = Warnings(entry),
    };

    public static IpAnalysis Ip(JsonCursor entry) => new()
    {
        Status = Status(entry),
        IsVpnOrTor = Flag(entry["is_vpn_or_tor"u8], entry["vpn_detected"u8]),
        IsDataCenter = Flag(entry["is_data_center"u8], entry["datacenter_ip"u8]),
        CountryCode = entry["ip_country_code"u8].AsString(),
        Address = entry["ip_address"u8].AsString(),
        OsFamily = entry["os_family"u8].AsString(),
        BrowserFamily = entry["browser_family"u8].AsString(),
        Warnings = Warnings(entry),
    };

    public static IdVerification Document(JsonCursor entry) => new()
    {
        Status = Status(entry),
        FirstName = entry["first_name"u8].AsString(),
        LastName = entry["last_name"u8].AsString(),
        DateOfBirth = DateOnly.TryParseExact(
            entry["date_of_birth"u8].AsString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null,
        Warnings = Warnings(entry),
    };

    private static FeatureStatus Status(JsonCursor entry)
    {
        var text = entry["status"u8].Utf8;
        return text.Length switch
        {
            8 when text.StartsWith("Approved"u8) => FeatureStatus.Approved,
            8 when text.StartsWith("Declined"u8) => FeatureStatus.Declined,
            9 when text.StartsWith("In Review"u8) => FeatureStatus.InReview,
            12 when text.StartsWith("Not Finished"u8) => FeatureStatus.NotFinished,
            15 when text.StartsWith("Resub Requested"u8) => FeatureStatus.ResubRequested,
            7 when text.StartsWith("Expired"u8) => FeatureStatus.Expired,
            _ => FeatureStatus.Unknown,
        };
    }

    private static LivenessMethod Method(ReadOnlySpan<byte> text) => text.Length switch
    {
        7 when text.StartsWith("PASSIVE"u8) => LivenessMethod.Passive,
        8 when text.StartsWith("FLASHING"u8) => LivenessMethod.Flashing,
        9 when text.StartsWith("ACTIVE_3D"u8) => LivenessMethod.Active3D,
        _ => LivenessMethod.Unknown,
    };

    /// <summary>Each name has its own scale; both present must say the same, or there is no score.</summary>
    private static Score? Similarity(JsonCursor entry)
    {
        var percent = entry["score"u8];
        var unit = entry["similarity_score"u8];
        if (!unit.HasValue)
        {
            return Percent(percent);
        }

        Score? similarity = unit.AsDecimal() is { } value && Score.TryFromUnit(value, out var score) ? score : null;
        return !percent.HasValue || Percent(percent) == similarity ? similarity : null;
    }

    private static Score? Percent(JsonCursor value) =>
        value.AsDecimal() is { } number && Score.TryFromPercent(number, out var score) ? score : null;

    /// <summary>Two names of one flag: where they disagree, the worse counts.</summary>
    private static bool? Flag(JsonCursor reference, JsonCursor guide) =>
        (reference.AsBoolean(), guide.AsBoolean()) switch
        {
            (true, _) or (_, true) => true,
            (false, _) or (_, false) => false,
            _ => null,
        };

    private static RiskWarning[] Warnings(JsonCursor entry) => Collect([entry["warnings"u8]], Warning);

    private static RiskWarning Warning(JsonCursor warning)
    {
        var severity = warning["log_type"u8].Utf8;
        return new RiskWarning(
            warning["risk"u8].AsString() ?? "",
            severity.Length switch
            {
                7 when severity.StartsWith("warning"u8) => WarningSeverity.Warning,
                11 when severity.StartsWith("information"u8) => WarningSeverity.Information,
                _ => WarningSeverity.Error,
            });
    }
}
