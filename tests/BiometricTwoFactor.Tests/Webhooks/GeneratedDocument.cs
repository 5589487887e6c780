using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace BiometricTwoFactor.Tests.Webhooks;

/// <summary>A value of a generated document, which the tests can write down in many spellings.</summary>
internal abstract record Value;

internal sealed record Literal(string Text) : Value;

internal sealed record Whole(string Digits) : Value;

internal sealed record Fraction(double Number) : Value;

internal sealed record Text(string Content) : Value;

internal sealed record List(IReadOnlyList<Value> Items) : Value;

internal sealed record Members(IReadOnlyList<KeyValuePair<string, Value>> Items) : Value;

/// <summary>Generates documents and writes them down, with code that shares nothing with the code under test.</summary>
internal static class GeneratedDocument
{
    private static readonly Gen<string> Character = Gen.OneOf(
        Gen.Choose(0x20, 0x7E).Select(c => ((char)c).ToString()),
        Gen.Choose(0x00, 0x1F).Select(c => ((char)c).ToString()),
        Gen.Elements("\"", "\\", "/", "\u007f", "\u2028", "\u2029", "\ufeff", "e\u0301", "\u00e9"),
        Gen.Choose(0xA0, 0xD7FF).Select(c => ((char)c).ToString()),
        Gen.Choose(0xE000, 0xFFFD).Select(c => ((char)c).ToString()),
        Gen.Choose(0x10000, 0x10FFFF).Select(char.ConvertFromUtf32));

    private static readonly Gen<string> Content =
        Gen.Choose(0, 12).SelectMany(n => Character.ArrayOf(n)).Select(string.Concat);

    private static readonly Gen<Value> Leaf = Gen.OneOf(
        Gen.Elements<Value>(new Literal("true"), new Literal("false"), new Literal("null")),
        Gen.Choose(int.MinValue, int.MaxValue).Select(Value (i) => new Whole(i.ToString(CultureInfo.InvariantCulture))),
        Gen.Elements<Value>(new Whole("0"), new Whole("9007199254740993"), new Whole("-123456789012345678901234567890")),
        ArbMap.Default.GeneratorFor<NormalFloat>().Select(Value (f) => new Fraction(f.Get)),
        Gen.Elements<Value>(new Fraction(96), new Fraction(95.4), new Fraction(1e15), new Fraction(1.5e-7), new Fraction(5e-324), new Fraction(1e22), new Fraction(-0.0)),
        Content.Select(Value (s) => new Text(s)));

    public static Arbitrary<Value> Documents { get; } = Arb.From(Gen.Sized(size => Object(Math.Min(size, 40), 5)));

    /// <summary>Writes a document; the style decides order, white space, escapes and the spelling of numbers. Style 0 is plain.</summary>
    public static byte[] Write(Value document, int style) => Encoding.UTF8.GetBytes(new Writer(style).Write(document));

    private static Gen<Value> Object(int size, int depth) =>
        from count in Gen.Choose(0, Math.Min(size, 9))
        from names in Content.ArrayOf(count)
        from values in Any(size / 2, depth - 1).ArrayOf(count)
        select (Value)new Members([
            .. names.Zip(values, (n, v) => KeyValuePair.Create("k" + n, v)).DistinctBy(p => p.Key, StringComparer.Ordinal),
        ]);

    private static Gen<Value> Any(int size, int depth) => depth == 0 || size == 0
        ? Leaf
        : Gen.OneOf(
            Leaf,
            Object(size, depth),
            Gen.Choose(0, 6).SelectMany(n => Any(size / 2, depth - 1).ArrayOf(n)).Select(Value (items) => new List(items)));

    private sealed class Writer(int style)
    {
        private uint _state = (uint)style;

        public string Write(Value value) => value switch
        {
            Literal literal => literal.Text,
            Whole whole => whole.Digits,
            Fraction fraction => Number(fraction.Number),
            Text text => Quote(text.Content),
            List list => $"[{Space()}{string.Join($"{Space()},{Space()}", list.Items.Select(Write))}{Space()}]",
            Members members => $"{{{Space()}{string.Join($"{Space()},{Space()}", Ordered(members).Select(m => $"{Quote(m.Key)}{Space()}:{Space()}{Write(m.Value)}"))}{Space()}}}",
            _ => throw new ArgumentOutOfRangeException(nameof(value)),
        };

        private IEnumerable<KeyValuePair<string, Value>> Ordered(Members members) =>
            style == 0 ? members.Items : members.Items.Select(m => (Key: Next(), Member: m)).OrderBy(p => p.Key).Select(p => p.Member);

        private string Space() => (style == 0 ? 0 : Next() % 5) switch { 1 => " ", 2 => "\t", 3 => "\r\n", _ => "" };

        /// <summary>Always a spelling with a point or an exponent, since an integer's digits are another number to the signer.</summary>
        private string Number(double number) => (style == 0 ? 0 : Next() % 3) switch
        {
            1 => number.ToString("E20", CultureInfo.InvariantCulture),
            2 => number.ToString("e16", CultureInfo.InvariantCulture),
            _ => number.ToString("R", CultureInfo.InvariantCulture) is var text && text.AsSpan().ContainsAny('.', 'E') ? text : text + ".0",
        };

        private string Quote(string content)
        {
            var text = new StringBuilder("\"");
            foreach (var rune in content.EnumerateRunes())
            {
                // A pair of surrogates is escaped whole or not at all.
                var way = style == 0 ? 0 : Next() % 4;
                if (rune.Value is '"' or '\\' && way < 3)
                {
                    text.Append('\\').Append(rune);
                }
                else if (rune.Value < ' ' || way == 3)
                {
                    text.AppendJoin("", rune.ToString().Select(c => $"\\u{(int)c:x4}"));
                }
                else
                {
                    text.Append(rune);
                }
            }

            return text.Append('"').ToString();
        }

        private uint Next() => _state = ((_state * 1664525) + 1013904223) ^ (_state >> 16);
    }
}
