using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.Emulator;

/// <summary>
/// The query of <c>GET /v3/sessions/</c> (contract 6). All parts have to match; a list matches by any of its values;
/// unknown values match nothing, malformed ones are errors.
/// </summary>
internal sealed class SessionFilter
{
    // Filters on what no session of the emulator has: whoever sets one finds nothing.
    private static readonly string[] NeverMatching = ["document_name", "region", "screened_full_name", "organization_name", "euuid"];

    private readonly IQueryCollection _query;
    private readonly DateOnly? _from;
    private readonly DateOnly? _to;
    private readonly string _kind;

    public SessionFilter(IQueryCollection query)
    {
        _query = query;
        _kind = Text("session_kind").ToLowerInvariant();
        if (_kind.Length > 0 && _kind is not ("user" or "business" or "all"))
        {
            Errors["session_kind"] = "Must be \"user\", \"business\", or \"all\".";
            return;
        }

        _from = Date("date_from");
        _to = Date("date_to");
        CheckUuid("didit_internal_id");
        CheckUuid("euuid");
        if (Text("api_service") is { Length: > 0 } service && !SavedCall.Services.Contains(service, StringComparer.Ordinal))
        {
            Errors["api_service"] = new JsonArray($"Select a valid choice. {service} is not one of the available choices.");
        }
    }

    /// <summary>Every part that is malformed, in the provider's shape. Empty when all is well.</summary>
    public JsonObject Errors { get; } = [];

    public bool Matches(SessionRecord session, EmulatorSettings settings) =>
        !session.IsDeleted
        && _kind != "business"
        && NeverMatching.All(name => Text(name).Length == 0)
        && OneOf("status", session.Status.ToWire())
        && OneOf("workflow_id", session.ApiService is null ? session.Workflow.Id : null)
        && (Text("vendor_data") is not { Length: > 0 } user || string.Equals(user, session.VendorData, StringComparison.Ordinal))
        && (Text("didit_internal_id") is not { Length: > 0 } id || string.Equals(id, InternalUserId.Of(session.VendorData, settings), StringComparison.OrdinalIgnoreCase))
        && (Text("api_service") is not { Length: > 0 } service || string.Equals(service, session.ApiService, StringComparison.Ordinal))
        && (Text("session_type") == "ALL" || OneOf("session_type", DecisionEvents.SessionType(session)))
        && OneOf("country", SessionRow.Country(session))
        && OneOf("document_type", session.Result?.Document is null ? null : "ID")
        && HasWarning(session)
        && IsAs("status_initialized_as_in_review", () => FirstVerdict(session) == SessionStatus.InReview.ToWire())
        && (session.Result?.Document is { } document
            ? IsAs("is_kyc_to_be_reviewed", () => document.Status == FeatureStatus.InReview)
            : Truth("is_kyc_to_be_reviewed") is null)
        && Found(session)
        && (_from is null || DateOnly.FromDateTime(session.CreatedAt.UtcDateTime) >= _from)
        && (_to is null || DateOnly.FromDateTime(session.CreatedAt.UtcDateTime) <= _to);

    private string Text(string name) => _query[name].ToString();

    private bool OneOf(string name, string? value) =>
        Text(name) is not { Length: > 0 } list
        || (value is not null && list.Split(',', StringSplitOptions.TrimEntries).Contains(value, StringComparer.Ordinal));

    private bool HasWarning(SessionRecord session)
    {
        if (Text("warning").Length == 0)
        {
            return true;
        }

        CaptureStep?[] steps = [session.Result?.Liveness, session.Result?.FaceMatch, session.Result?.IpAnalysis, session.Result?.Document];
        return steps.Any(step => step?.Warnings.Any(warning => OneOf("warning", warning.Risk)) ?? false);
    }

    private bool IsAs(string name, Func<bool> actual) => Truth(name) is not { } wanted || wanted == actual();

    private bool? Truth(string name) => Text(name) switch
    {
        "true" or "True" or "1" => true,
        "false" or "False" or "0" => false,
        _ => null,
    };

    private static string? FirstVerdict(SessionRecord session) => session.Timeline.Entries
        .FirstOrDefault(entry => entry.What == "status_updated" && SessionStatusText.Parse(entry.Detail ?? "") is SessionStatus.Approved or SessionStatus.Declined or SessionStatus.InReview)?
        .Detail;

    private bool Found(SessionRecord session)
    {
        if (Text("search").Trim() is not { Length: > 0 } search)
        {
            return true;
        }

        if (Guid.TryParseExact(search, "D", out var id))
        {
            return string.Equals(id.ToString("D"), session.Id, StringComparison.Ordinal);
        }

        if (search.Contains('@', StringComparison.Ordinal))
        {
            return (PersonDetails.Text(session.ContactDetails, "email")?.StartsWith(search, StringComparison.OrdinalIgnoreCase) ?? false) || Named(session.VendorData);
        }

        return session.Number.ToString(CultureInfo.InvariantCulture).StartsWith(search, StringComparison.Ordinal)
            || Named(session.VendorData)
            || Named(SessionRow.FullName(session))
            || (PersonDetails.Text(session.ContactDetails, "phone")?.StartsWith(search, StringComparison.Ordinal) ?? false);

        bool Named(string? text) => text?.Contains(search, StringComparison.OrdinalIgnoreCase) ?? false;
    }

    private DateOnly? Date(string name)
    {
        if (Text(name) is not { Length: > 0 } text)
        {
            return null;
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return date;
        }

        Errors[name] = new JsonArray("Enter a valid date.");
        return null;
    }

    private void CheckUuid(string name)
    {
        if (Text(name) is { Length: > 0 } text && !Guid.TryParse(text, out _))
        {
            Errors[name] = new JsonArray("Enter a valid UUID.");
        }
    }
}
