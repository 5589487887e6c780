using System.Net;

namespace Bank;

/// <summary>What a browser has before it.</summary>
internal sealed record WebPage(HttpStatusCode Status, Uri Address, string Html)
{
    public string Path => Address.AbsolutePath;

    public IReadOnlyList<HtmlForm> Forms => HtmlForm.In(Html, Address);

    /// <summary>The text, as far as it matters: entities decoded.</summary>
    public bool Shows(string text) => WebUtility.HtmlDecode(Html).Contains(text, StringComparison.Ordinal);

    public bool IsAt(string path) => Path.StartsWith(path, StringComparison.Ordinal);

    /// <summary>The form that goes to a path.</summary>
    public HtmlForm FormTo(string path) =>
        Forms.FirstOrDefault(form => form.Action.AbsolutePath.StartsWith(path, StringComparison.Ordinal))
        ?? throw new InvalidOperationException($"The page {Path} ({(int)Status}) has no form to {path}.");

    /// <summary>The form with a field of that name.</summary>
    public HtmlForm FormWith(string field) =>
        Forms.FirstOrDefault(form => form.Fields.ContainsKey(field))
        ?? throw new InvalidOperationException($"The page {Path} ({(int)Status}) has no form with {field}.");
}
