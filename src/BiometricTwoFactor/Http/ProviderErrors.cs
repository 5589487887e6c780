using System.Net;
using System.Text.Json;

namespace BiometricTwoFactor;

/// <summary>
/// Makes the one exception of every error shape the provider has: object of arrays, object of strings, <c>detail</c>,
/// <c>error</c>, bare array, HTML, nothing, half a document (contract 1.3). Texts are looked at for the few known
/// meanings and then dropped; names of fields are kept.
/// </summary>
internal static class ProviderErrors
{
    private const int MostFields = 16;
    private const int LongestField = 64;
    private const int LongestRequestId = 128;

    internal static BiometricException From(HttpResponseMessage response, ReadOnlySpan<byte> body, TimeProvider time)
    {
        var (fields, hint) = Read(body);
        var status = (int)response.StatusCode;
        var code = CodeOf(response.StatusCode, hint);
        var where = fields.Count == 0 ? "" : $", fields: {string.Join(", ", fields)}";
        return new BiometricException(code, $"{Sentence(code)} (status {status}{where})")
        {
            Status = status,
            RequestId = RequestIdOf(response),
            Fields = fields,
            RetryAfter = RetryAfterHeader.Read(response, time),
        };
    }

    /// <summary>A success that cannot be understood.</summary>
    internal static BiometricException InvalidAnswer(HttpResponseMessage response, string what) =>
        new(BiometricErrorCode.InvalidAnswer, $"The provider's answer is not what its contract says: {what}.")
        {
            Status = (int)response.StatusCode,
            RequestId = RequestIdOf(response),
        };

    /// <summary>The request's id, when it looks like one: a header is as foreign as a body.</summary>
    internal static string? RequestIdOf(HttpResponseMessage response) =>
        response.Headers.TryGetValues("X-Request-Id", out var values)
        && values.FirstOrDefault() is { Length: > 0 and <= LongestRequestId } id
        && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
            ? id
            : null;

    private static BiometricErrorCode CodeOf(HttpStatusCode status, BiometricErrorCode hint) => (int)status switch
    {
        400 or 402 or 403 or 409 or 422 when hint != BiometricErrorCode.Unknown => hint,
        401 or 403 => BiometricErrorCode.NotAuthorised,
        402 => BiometricErrorCode.OutOfCredit,
        404 => BiometricErrorCode.NotFound,
        408 => BiometricErrorCode.Timeout,
        429 => BiometricErrorCode.RateLimited,
        >= 300 and < 400 => BiometricErrorCode.Redirected,
        >= 400 and < 500 => BiometricErrorCode.InvalidRequest,
        >= 500 => BiometricErrorCode.ProviderError,
        _ => BiometricErrorCode.InvalidAnswer,
    };

    private static string Sentence(BiometricErrorCode code) => code switch
    {
        BiometricErrorCode.NotAuthorised => "The provider refused the API key, or what it asks for.",
        BiometricErrorCode.OutOfCredit => "The account at the provider has no credit left.",
        BiometricErrorCode.BlockedUser => "The provider has blocked this user.",
        BiometricErrorCode.NoStoredFace => "The provider has no stored face of this user, and no portrait was sent.",
        BiometricErrorCode.NotFound => "The provider does not know it.",
        BiometricErrorCode.RateLimited => "The provider's rate limit is reached.",
        BiometricErrorCode.Timeout => "The provider did not answer in time.",
        BiometricErrorCode.Redirected => "The provider answered with a redirect, which is not followed.",
        BiometricErrorCode.ProviderError => "The provider failed.",
        BiometricErrorCode.InvalidAnswer => "The provider's answer is not what its contract says.",
        _ => "The provider found the request wrong.",
    };

    private static (IReadOnlyList<string> Fields, BiometricErrorCode Hint) Read(ReadOnlySpan<byte> body)
    {
        var fields = new List<string>();
        var hint = BiometricErrorCode.Unknown;
        try
        {
            // A reader and not a document: of half a document, the first half still says something.
            var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = 16 });
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1)
                {
                    AddField(fields, reader.GetString());
                }
                else if (reader.TokenType == JsonTokenType.String && hint == BiometricErrorCode.Unknown)
                {
                    hint = HintOf(reader.GetString());
                }
            }
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            // HTML, nothing, or cut off: the status alone decides.
        }

        return (fields, hint);
    }

    private static void AddField(List<string> fields, string? name)
    {
        // A name that is not one of a field could be anything, and would be printed.
        if (name is { Length: > 0 and <= LongestField } and not ("detail" or "error")
            && fields.Count < MostFields
            && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_'))
        {
            fields.Add(name);
        }
    }

    private static BiometricErrorCode HintOf(string? text) => text switch
    {
        null => BiometricErrorCode.Unknown,
        _ when text.Contains("enough credits", StringComparison.OrdinalIgnoreCase) => BiometricErrorCode.OutOfCredit,
        _ when text.Contains("no stored face", StringComparison.OrdinalIgnoreCase) => BiometricErrorCode.NoStoredFace,
        _ when text.Contains("blocked", StringComparison.OrdinalIgnoreCase) => BiometricErrorCode.BlockedUser,
        _ => BiometricErrorCode.Unknown,
    };
}
