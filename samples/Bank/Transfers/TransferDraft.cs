using System.Text.Json;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace Bank;

/// <summary>What was entered and what is wrong with it, for the form to show once more.</summary>
internal sealed record TransferDraft(TransferRequest Request, IReadOnlyDictionary<string, string> Problems)
{
    private const string Key = "transfer";

    public static TransferDraft Empty { get; } = new(new TransferRequest(null, null, null, null), new Dictionary<string, string>(StringComparer.Ordinal));

    public string? ProblemOf(string field) => Problems.GetValueOrDefault(field);

    public static void Keep(HttpContext context, TransferRequest request, IReadOnlyDictionary<string, string> problems)
    {
        var data = Data(context);
        data[Key] = JsonSerializer.Serialize(new TransferDraft(request, problems));
        data.Save();
    }

    public static TransferDraft Take(HttpContext context) =>
        Data(context)[Key] is string json ? JsonSerializer.Deserialize<TransferDraft>(json) ?? Empty : Empty;

    private static ITempDataDictionary Data(HttpContext context) =>
        context.RequestServices.GetRequiredService<ITempDataDictionaryFactory>().GetTempData(context);
}
