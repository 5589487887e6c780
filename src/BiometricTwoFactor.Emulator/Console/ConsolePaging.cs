using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.Emulator;

/// <summary>Which part of a list is asked for: <c>limit</c> (1 to 200, default 50) and <c>offset</c>.</summary>
internal readonly record struct ConsolePaging(int Limit, int Offset)
{
    private const int DefaultLimit = 50;
    private const int GreatestLimit = 200;

    /// <summary>Reads it. What is no number is as good as none, as in the provider's lists.</summary>
    public static ConsolePaging Of(HttpContext context) => new(
        Math.Clamp(Number(context.Request.Query["limit"], DefaultLimit), 1, GreatestLimit),
        Number(context.Request.Query["offset"], 0));

    /// <summary>The page of a list, and how long all of it is.</summary>
    public JsonObject Answer<T>(IReadOnlyCollection<T> all, Func<T, JsonObject> row) => new()
    {
        ["count"] = all.Count,
        ["limit"] = Limit,
        ["offset"] = Offset,
        ["results"] = new JsonArray([.. all.Skip(Offset).Take(Limit).Select(item => (JsonNode)row(item))]),
    };

    private static int Number(string? text, int missing) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : missing;
}
