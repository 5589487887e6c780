using Microsoft.Playwright;

namespace BiometricTwoFactor.Bank.Tests.Browsing;

/// <summary>What a checker would complain about first: width, contrast, headings, names, the size of what is pressed.</summary>
internal static class PageCheck
{
    private const string Script =
        """
        () => {
          const found = [];
          const visible = e => e.checkVisibility({ visibilityProperty: true });
          const seen = selector => [...document.querySelectorAll(selector)].filter(visible);
          if (document.documentElement.scrollWidth > document.documentElement.clientWidth) found.push('wider than the screen: ' + document.documentElement.scrollWidth);
          for (const e of seen('body *')) {
            if (e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== 'inline') found.push('cut or overlapping: ' + e.outerHTML.slice(0, 80));
          }
          if (seen('h1').length !== 1) found.push('not one h1');
          if (seen('main').length !== 1) found.push('not one main');
          if (!document.title) found.push('no title');
          if (!document.documentElement.lang) found.push('no language');
          const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
          if (new Set(ids).size !== ids.length) found.push('an id twice');
          // A label that stands beside its field is no target; the field is.
          for (const e of seen('button, a, label:has(input), textarea, input:not([type="hidden"], label input)')) {
            if (!(e.labels?.[0] ?? e).textContent.trim()) found.push('without a name: ' + e.outerHTML);
            if (e.getBoundingClientRect().height < 44) found.push('too small to press: ' + e.outerHTML);
          }
          const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
          const colour = text => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = text; canvas.fillRect(0, 0, 1, 1); return [...canvas.getImageData(0, 0, 1, 1).data]; };
          const light = ([r, g, b]) => [r, g, b].map(v => v / 255).map(v => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)).reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
          const contrast = (one, other) => { const [a, b] = [light(one), light(other)].sort((x, y) => y - x); return (a + 0.05) / (b + 0.05); };
          const behind = e => {
            for (let p = e; p; p = p.parentElement) {
              const c = colour(getComputedStyle(p).backgroundColor);
              if (c[3] === 255) return c;
            }
            return [255, 255, 255, 255];
          };
          for (const e of seen('body *')) {
            if (![...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim())) continue;
            const ratio = contrast(colour(getComputedStyle(e).color), behind(e));
            if (ratio < 4.5) found.push('contrast ' + ratio.toFixed(2) + ': ' + e.textContent.trim().slice(0, 40));
          }
          const focused = document.activeElement;
          for (const e of seen('button, a')) {
            e.focus({ focusVisible: true });
            const style = getComputedStyle(e);
            if (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2) found.push('focus is not seen: ' + e.outerHTML);
            else if (contrast(colour(style.outlineColor), behind(e.parentElement)) < 3) found.push('focus is hardly seen: ' + e.outerHTML);
            e.blur();
          }
          focused?.focus?.();
          return found;
        }
        """;

    public static async Task AssertSoundAsync(this Visitor at, string name)
    {
        await ReadyAsync(at.Page);
        await at.ShotAsync(name);
        await AssertSoundAsync(at.Page, name);
    }

    public static async Task AssertSoundAsync(IPage page, string name)
    {
        await ReadyAsync(page);
        var found = await page.EvaluateAsync<string[]>(Script);
        Assert.True(found.Length == 0, $"{name}: {string.Join("; ", found)}");
        await Axe.AssertNothingFoundAsync(page, name);
    }

    /// <summary>A page can be read before its style is there. Asked of the page itself: the event of a page that goes on by itself can be missed.</summary>
    private static Task ReadyAsync(IPage page) => page.WaitForFunctionAsync("() => document.readyState === 'complete'");

    /// <summary>Presses Tab until the element has the focus, a bounded number of times.</summary>
    public static async Task TabToAsync(this Visitor at, ILocator target, bool isShown = true)
    {
        for (var i = 0; i < 30; i++)
        {
            await at.Page.Keyboard.PressAsync("Tab");
            if (await target.EvaluateAsync<bool>("element => element === document.activeElement"))
            {
                if (isShown)
                {
                    Assert.NotEqual("none", await target.EvaluateAsync<string>("element => getComputedStyle(element).outlineStyle"));
                }

                return;
            }
        }

        Assert.Fail($"Tab does not reach {target}");
    }
}
