using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BiometricTwoFactor.Emulator;

/// <summary>
/// Checks the two objects about a person that come with a new session, <c>contact_details</c> and
/// <c>expected_details</c>, and brings them into the form in which the provider gives them back (contract 1.1).
/// </summary>
internal static class PersonDetails
{
    private static readonly string[] DocumentTypes = ["P", "ID", "DL", "RP", "HIC", "TC", "SSC"];

    private static readonly string[] ContactMembers = ["email", "send_notification_emails", "email_lang", "phone"];

    private static readonly Dictionary<string, int> ExpectedTexts = new(StringComparer.Ordinal)
    {
        ["first_name"] = int.MaxValue,
        ["last_name"] = int.MaxValue,
        ["nationality"] = int.MaxValue,
        ["country"] = int.MaxValue,
        ["id_country"] = int.MaxValue,
        ["poa_country"] = int.MaxValue,
        ["address"] = int.MaxValue,
        ["identification_number"] = int.MaxValue,
        ["company_name"] = 255,
        ["registry_country"] = 10,
        ["registration_number"] = 100,
    };

    /// <summary>What is wrong with the contact; empty when all is well. A phone number that is none is ignored, as the reference says.</summary>
    public static IEnumerable<string> ContactProblems(JsonObject contact)
    {
        if (Problem(contact, "email", int.MaxValue) is { } noText)
        {
            yield return noText;
        }
        else if (Text(contact, "email") is { } email && !IsEmail(email))
        {
            yield return "email: Enter a valid email address.";
        }

        if (contact["send_notification_emails"] is { } send && send.GetValueKind() is not (JsonValueKind.True or JsonValueKind.False))
        {
            yield return "send_notification_emails: Must be a valid boolean.";
        }

        if (Problem(contact, "email_lang", int.MaxValue) is { } noLanguage)
        {
            yield return noLanguage;
        }
        else if (Text(contact, "email_lang") is { } language && !Languages.All.Contains(language, StringComparer.Ordinal))
        {
            yield return $"email_lang: \"{language}\" is not a valid choice.";
        }

        if (Problem(contact, "phone", int.MaxValue) is { } noPhone)
        {
            yield return noPhone;
        }
    }

    /// <summary>What is wrong with what is expected; empty when all is well.</summary>
    public static IEnumerable<string> ExpectedProblems(JsonObject details)
    {
        if (details["address"] is not null && details["country"] is null && details["poa_country"] is null)
        {
            yield return "country or poa_country is required when address is provided.";
        }

        foreach (var (name, length) in ExpectedTexts)
        {
            if (Problem(details, name, length) is { } problem)
            {
                yield return problem;
            }
        }

        if (details["date_of_birth"] is { } birth
            && !(birth.GetValueKind() == JsonValueKind.String
                && DateOnly.TryParseExact(birth.GetValue<string>(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)))
        {
            yield return "date_of_birth has the wrong format. Use YYYY-MM-DD.";
        }

        if (details["gender"] is { } gender && !(gender.GetValueKind() == JsonValueKind.String && gender.GetValue<string>() is "M" or "F"))
        {
            yield return "gender: not a valid choice. Use M, F or null.";
        }

        if (details["ip_address"] is { } address
            && !(address.GetValueKind() == JsonValueKind.String && IsAddress(address.GetValue<string>())))
        {
            yield return "ip_address: Enter a valid IPv4 or IPv6 address.";
        }

        if (details["expected_document_types"] is { } types)
        {
            if (types is not JsonArray list)
            {
                yield return "expected_document_types: Expected a list of items.";
            }
            else if (list.Any(type => DocumentType(type) is null))
            {
                yield return $"expected_document_types: not a valid choice. Valid choices are: {string.Join(", ", DocumentTypes)}.";
            }
        }
    }

    /// <summary>A copy of the members that the provider knows, without what was sent as null.</summary>
    public static JsonObject Contact(JsonObject contact) => Known(contact, name => ContactMembers.Contains(name, StringComparer.Ordinal));

    /// <summary>The same, with the document types in upper case and each once.</summary>
    public static JsonObject Expected(JsonObject details)
    {
        var copy = Known(details, name => ExpectedTexts.ContainsKey(name) || name is "date_of_birth" or "gender" or "ip_address" or "expected_document_types");
        if (copy["expected_document_types"] is JsonArray types)
        {
            copy["expected_document_types"] = new JsonArray(
                [.. types.Select(DocumentType).Distinct(StringComparer.Ordinal).Select(type => JsonValue.Create(type))]);
        }

        return copy;
    }

    /// <summary>What Django calls one: something before and a dotted name after the only @, without white space.</summary>
    public static bool IsEmail(string text)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        return at > 0
            && at == text.LastIndexOf('@')
            && text.IndexOf('.', at) is var dot
            && dot > at + 1
            && text[^1] != '.'
            && !text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c));
    }

    /// <summary>E.164: a plus and up to fifteen digits.</summary>
    public static bool IsPhone(string text) =>
        text.Length is > 7 and <= 16 && text[0] == '+' && text[1] != '0' && text.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0;

    public static string? Text(JsonObject? members, string name) =>
        members?[name] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    private static string? Problem(JsonObject members, string name, int length) => members[name] switch
    {
        null => null,
        JsonValue value when value.GetValueKind() == JsonValueKind.String =>
            value.GetValue<string>().Length > length ? $"{name}: Ensure this field has no more than {Number(length)} characters." : null,
        _ => $"{name}: Not a valid string.",
    };

    private static string? DocumentType(JsonNode? type) =>
        type?.GetValueKind() == JsonValueKind.String && type.GetValue<string>().ToUpperInvariant() is var code && DocumentTypes.Contains(code, StringComparer.Ordinal)
            ? code
            : null;

    // IPAddress alone would take "1" for an address.
    private static bool IsAddress(string text) =>
        IPAddress.TryParse(text, out _) && (text.Contains(':', StringComparison.Ordinal) || text.Count(c => c == '.') == 3);

    private static JsonObject Known(JsonObject members, Func<string, bool> isKnown) =>
        new(members.Where(member => member.Value is not null && isKnown(member.Key)).Select(member => KeyValuePair.Create(member.Key, SessionStore.Clone(member.Value))));

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
