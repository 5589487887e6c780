using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace BiometricTwoFactor;

/// <summary>
/// Unicode's normalisation form C (UAX 15) from a table of our own (Unicode 14). <see cref="string.Normalize()"/> leaves
/// everything as it is in an application that runs in the invariant globalisation mode, which is the default of many
/// container images, and follows the machine's ICU otherwise: one payment would have two digests, depending on where it
/// is computed. Composed forms never change between versions of Unicode, so that the table does not age; marks that
/// are newer than it are left as they stand.
/// </summary>
internal static partial class UnicodeNfc
{
    private const int HangulBase = 0xAC00;
    private const int LeadBase = 0x1100;
    private const int VowelBase = 0x1161;
    private const int TailBase = 0x11A7;
    private const int LeadCount = 19;
    private const int VowelCount = 21;
    private const int TailCount = 28;
    private const int HangulCount = LeadCount * VowelCount * TailCount;

    /// <summary>Below U+0300 nothing combines and nothing decomposes into anything that would not come back.</summary>
    private const char FirstMark = '\u0300';

    private static readonly Lazy<Tables> Data = new(Load);

    /// <summary>Composes a text without lone surrogates.</summary>
    internal static string Normalize(string text)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange('\0', (char)(FirstMark - 1)))
        {
            return text;
        }

        var tables = Data.Value;
        var points = new List<int>(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            Decompose(rune.Value, points, tables);
        }

        Order(points, tables);
        Compose(points, tables);
        var result = new StringBuilder(points.Count);
        foreach (var point in points)
        {
            result.Append(new Rune(point).ToString());
        }

        return result.ToString();
    }

    private static void Decompose(int point, List<int> output, Tables tables)
    {
        var hangul = point - HangulBase;
        if (hangul is >= 0 and < HangulCount)
        {
            output.Add(LeadBase + hangul / (VowelCount * TailCount));
            output.Add(VowelBase + hangul % (VowelCount * TailCount) / TailCount);
            if (hangul % TailCount != 0)
            {
                output.Add(TailBase + hangul % TailCount);
            }
        }
        else if (tables.Parts.TryGetValue(point, out var parts))
        {
            Decompose(parts.First, output, tables);
            if (parts.Second != 0)
            {
                Decompose(parts.Second, output, tables);
            }
        }
        else
        {
            output.Add(point);
        }
    }

    /// <summary>Sorts each run of marks by class and keeps the order within a class.</summary>
    private static void Order(List<int> points, Tables tables)
    {
        for (var i = 1; i < points.Count; i++)
        {
            var mark = points[i];
            var order = tables.ClassOf(mark);
            var at = i;
            while (order != 0 && at > 0 && tables.ClassOf(points[at - 1]) > order)
            {
                points[at] = points[at - 1];
                at--;
            }

            points[at] = mark;
        }
    }

    private static void Compose(List<int> points, Tables tables)
    {
        var starter = -1;
        var kept = 0;
        var lastClass = 0;
        for (var i = 0; i < points.Count; i++)
        {
            var point = points[i];
            var order = tables.ClassOf(point);

            // A mark reaches its starter unless one of the same or a higher class stands between them.
            var reaches = starter >= 0 && (kept == starter + 1 || (lastClass < order && lastClass != 0));
            if (reaches && Together(points[starter], point, tables) is { } whole)
            {
                points[starter] = whole;
                continue;
            }

            if (order == 0)
            {
                starter = kept;
            }

            lastClass = order;
            points[kept++] = point;
        }

        points.RemoveRange(kept, points.Count - kept);
    }

    private static int? Together(int first, int second, Tables tables)
    {
        var lead = first - LeadBase;
        var vowel = second - VowelBase;
        if (lead is >= 0 and < LeadCount && vowel is >= 0 and < VowelCount)
        {
            return HangulBase + (lead * VowelCount + vowel) * TailCount;
        }

        var syllable = first - HangulBase;
        var tail = second - TailBase;
        if (syllable is >= 0 and < HangulCount && syllable % TailCount == 0 && tail is > 0 and < TailCount)
        {
            return first + tail;
        }

        return tables.Wholes.TryGetValue((first, second), out var whole) ? whole : null;
    }

    private static Tables Load()
    {
        var parts = new Dictionary<int, (int First, int Second)>();
        var wholes = new Dictionary<(int First, int Second), int>();
        foreach (var entry in Words(Decompositions))
        {
            var sides = entry.TrimEnd('!').Split('=', '+');
            var pair = (Hex(sides[1]), sides.Length > 2 ? Hex(sides[2]) : 0);
            parts.Add(Hex(sides[0]), pair);
            if (pair.Item2 != 0 && !entry.EndsWith('!'))
            {
                wholes.Add(pair, Hex(sides[0]));
            }
        }

        var classes = new Dictionary<int, byte>();
        foreach (var entry in Words(CombiningClasses))
        {
            var sides = entry.Split(':');
            var range = sides[0].Split('-');
            for (var point = Hex(range[0]); point <= Hex(range[^1]); point++)
            {
                classes.Add(point, byte.Parse(sides[1], CultureInfo.InvariantCulture));
            }
        }

        return new Tables(parts.ToFrozenDictionary(), wholes.ToFrozenDictionary(), classes.ToFrozenDictionary());
    }

    private static string[] Words(string data) => data.Split([' ', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries);

    private static int Hex(string text) => int.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private sealed record Tables(
        FrozenDictionary<int, (int First, int Second)> Parts,
        FrozenDictionary<(int First, int Second), int> Wholes,
        FrozenDictionary<int, byte> Classes)
    {
        internal int ClassOf(int point) => Classes.TryGetValue(point, out var order) ? order : 0;
    }
}
