using Microsoft.Playwright;

namespace BiometricTwoFactor.Bank.Tests.Browsing;

/// <summary>axe-core, as tests/run installs it: the rules of WCAG 2.2 A and AA, and its best practices.</summary>
internal static class Axe
{
    private const string Run =
        """
        async () => {
          const result = await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations'] });
          return result.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html.slice(0, 120)).join(' | '));
        }
        """;

    private static readonly Lazy<string?> Source = new(Find);

    public static bool IsThere => Source.Value is not null;

    /// <summary>Without it, nothing is looked over; the test of its own is then skipped and says so.</summary>
    public static async Task AssertNothingFoundAsync(IPage page, string name)
    {
        if (IsThere)
        {
            var found = await LookAsync(page);
            Assert.True(found.Length == 0, $"{name}: {string.Join("; ", found)}");
        }
    }

    public static async Task<string[]> LookAsync(IPage page)
    {
        // Run by the browser's own tools, which a page's policy does not bind.
        await page.EvaluateAsync($"() => {{ {Source.Value} }}");
        return await page.EvaluateAsync<string[]>(Run);
    }

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var file = Path.Combine(folder.FullName, "Axe", "node_modules", "axe-core", "axe.min.js");
            if (File.Exists(file))
            {
                return File.ReadAllText(file);
            }
        }

        return null;
    }
}
