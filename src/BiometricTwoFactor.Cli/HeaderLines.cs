namespace BiometricTwoFactor.Cli;

/// <summary>Header lines as they stand in a log or a mail: <c>Name: value</c>. Others than the provider's are passed over.</summary>
internal static class HeaderLines
{
    public static WebhookHeaders Read(IEnumerable<string> lines)
    {
        var found = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in lines.Where(line => !string.IsNullOrWhiteSpace(line)))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0)
            {
                throw new ToolException("A header is written as 'Name: value'.");
            }

            var name = line[..colon].Trim();
            found[name] = found.ContainsKey(name) ? WebhookHeaders.Several : line[(colon + 1)..].Trim();
        }

        return new WebhookHeaders
        {
            SignatureV2 = found.GetValueOrDefault(WebhookHeaders.SignatureV2Name),
            Signature = found.GetValueOrDefault(WebhookHeaders.SignatureName),
            SignatureSimple = found.GetValueOrDefault(WebhookHeaders.SignatureSimpleName),
            Timestamp = found.GetValueOrDefault(WebhookHeaders.TimestampName),
            TestWebhook = found.GetValueOrDefault(WebhookHeaders.TestWebhookName),
        };
    }
}
