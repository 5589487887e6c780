using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace BiometricTwoFactor.Emulator;

/// <summary>
/// The JSON body of a control request. Strict: a misspelt member must not be an approval by default, so that what is not
/// known is an error. Ask for all members first, then whether there is an error.
/// </summary>
internal sealed class ControlBody
{
    private readonly JsonObject _body;
    private readonly JsonObject _errors = [];
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    private ControlBody(JsonObject body) => _body = body;

    /// <summary>Reads it; nothing is an empty object. Null when an error has been answered.</summary>
    public static async Task<ControlBody?> ReadAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false })
        {
            return new ControlBody([]);
        }

        return await ProviderJson.ReadObjectAsync(context) is { } body ? new ControlBody(body) : null;
    }

    public string? Text(string name) => Read(name, JsonValueKind.String, "Not a valid string.")?.GetValue<string>();

    public bool? Flag(string name)
    {
        var value = Member(name);
        switch (value?.GetValueKind())
        {
            case null or JsonValueKind.Null:
                return null;
            case JsonValueKind.True:
                return true;
            case JsonValueKind.False:
                return false;
            default:
                Fail(name, "Must be a valid boolean.");
                return null;
        }
    }

    /// <summary>A number from 0 to the greatest.</summary>
    public double? Number(string name, double greatest)
    {
        if (Read(name, JsonValueKind.Number, "A valid number is required.") is not { } value)
        {
            return null;
        }

        var number = double.Parse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture);
        if (number >= 0 && number <= greatest)
        {
            return number;
        }

        Fail(name, string.Create(CultureInfo.InvariantCulture, $"Ensure this value is between 0 and {greatest}."));
        return null;
    }

    /// <summary>One that must be there: null is no answer to a question of yes or no.</summary>
    public bool RequiredFlag(string name)
    {
        var value = Flag(name);
        if (value is null && !_errors.ContainsKey(name))
        {
            Fail(name, "This field is required.");
        }

        return value ?? false;
    }

    public void Fail(string name, string message) => _errors[name] = new JsonArray(message);

    /// <summary>Answers 400 when a member asked for was wrong, or one was sent that nobody asked for.</summary>
    public async Task<bool> IsRefusedAsync(HttpContext context)
    {
        foreach (var (name, _) in _body)
        {
            if (!_known.Contains(name))
            {
                Fail(name, "Unknown field.");
            }
        }

        if (_errors.Count == 0)
        {
            return false;
        }

        await ProviderJson.WriteAsync(context, StatusCodes.Status400BadRequest, _errors);
        return true;
    }

    private JsonNode? Member(string name)
    {
        _known.Add(name);
        return _body[name];
    }

    private JsonNode? Read(string name, JsonValueKind kind, string message)
    {
        var value = Member(name);
        if (value is null || value.GetValueKind() == kind)
        {
            return value;
        }

        Fail(name, message);
        return null;
    }
}
