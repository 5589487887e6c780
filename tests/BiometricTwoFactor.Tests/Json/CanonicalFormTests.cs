using System.Text;

namespace BiometricTwoFactor.Tests.Json;

/// <summary>The canonical form against texts that were written by hand from the contract (4.5 and 4.7).</summary>
public sealed class CanonicalFormTests
{
    [Theory]
    [InlineData("1", "1")]
    [InlineData("1.0", "1")]
    [InlineData("96.00", "96")]
    [InlineData("1E2", "100")]
    [InlineData("1e0", "1")]
    [InlineData("1.10", "1.1")]
    [InlineData("-0", "0")]
    [InlineData("-0.0", "0")]
    [InlineData("0e0", "0")]
    [InlineData("0E+99999999999999", "0")]
    [InlineData("1e-400", "0")]
    [InlineData("-12", "-12")]
    [InlineData("-1.50", "-1.5")]
    [InlineData("1e15", "1000000000000000")]
    [InlineData("1e16", "10000000000000000")]
    [InlineData("1e20", "100000000000000000000")]
    [InlineData("1e23", "99999999999999991611392")]
    [InlineData("123456789012345680.0", "123456789012345680")]
    [InlineData("9007199254740993", "9007199254740993")]
    [InlineData("9007199254740993.0", "9007199254740992")]
    [InlineData("9223372036854775807.0", "9223372036854775808")]
    [InlineData("-9223372036854775808.0", "-9223372036854775808")]
    [InlineData("123456789012345678901234567890123456789012345678901234567890", "123456789012345678901234567890123456789012345678901234567890")]
    [InlineData("1000000000000000.5", "1000000000000000.5")]
    [InlineData("4503599627370495.5", "4503599627370495.5")]
    [InlineData("0.1", "0.1")]
    [InlineData("0.0001", "0.0001")]
    [InlineData("-0.00012", "-0.00012")]
    [InlineData("0.00001", "1e-05")]
    [InlineData("-0.000012", "-1.2e-05")]
    [InlineData("1.5e-7", "1.5e-07")]
    [InlineData("15e-8", "1.5e-07")]
    [InlineData("1e-100", "1e-100")]
    [InlineData("5e-324", "5e-324")]
    [InlineData("2.2250738585072014e-308", "2.2250738585072014e-308")]
    [InlineData("95.4", "95.4")]
    [InlineData("96.15000", "96.15")]
    [InlineData("123456789.125", "123456789.125")]
    [InlineData("79.999999999999994", "80")]
    [InlineData("79.99999999999999", "79.99999999999999")]
    [InlineData("0.30000000000000004", "0.30000000000000004")]
    [InlineData("0.300000000000000000001", "0.3")]
    public void A_number_is_written_as_the_provider_s_signer_writes_it(string lexeme, string expected) =>
        Assert.Equal($"{{\"n\":{expected}}}", Canonical($"{{\"n\":{lexeme}}}"));

    [Fact]
    public void The_greatest_double_is_written_with_all_its_309_digits()
    {
        var written = Canonical("{\"n\":1.7976931348623157e308}");

        Assert.Equal(309 + 6, written.Length);
        Assert.StartsWith("{\"n\":1797693134862315708145274237317043567980705675258449965989174768031572", written, StringComparison.Ordinal);
        Assert.EndsWith("8738177180919299881250404026184124858368}", written, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\\/", "/")]
    [InlineData("a/b<>&'+`", "a/b<>&'+`")]
    [InlineData("\\u0041", "A")]
    [InlineData("\\u00e9", "\u00e9")]
    [InlineData("\u00e9", "\u00e9")]
    [InlineData("e\\u0301", "e\u0301")]
    [InlineData("\\ud83d\\ude00", "\ud83d\ude00")]
    [InlineData("\\uD83D\\uDE00", "\ud83d\ude00")]
    [InlineData("\\u007f\\u2028\\u2029", "\u007f\u2028\u2029")]
    [InlineData("\\\"", "\\\"")]
    [InlineData("\\\\", "\\\\")]
    [InlineData("\\b\\f\\n\\r\\t", "\\b\\f\\n\\r\\t")]
    [InlineData("\\u0008\\u000C\\u000a\\u000d\\u0009", "\\b\\f\\n\\r\\t")]
    [InlineData("\\u0000\\u0001\\u001F", "\\u0000\\u0001\\u001f")]
    [InlineData("\\u000b", "\\u000b")]
    [InlineData("\\u0022\\u005c", "\\\"\\\\")]
    [InlineData("\\\\u0041", "\\\\u0041")]
    public void A_text_escapes_only_quotes_backslashes_and_control_characters(string wire, string expected)
    {
        Assert.Equal($"{{\"s\":\"{expected}\"}}", Canonical($"{{\"s\":\"{wire}\"}}"));
        Assert.Equal($"{{\"{expected}\":1}}", Canonical($"{{\"{wire}\":1}}"));
    }

    [Theory]
    [InlineData("{}", "{}")]
    [InlineData(" { } ", "{}")]
    [InlineData("{\"a\":{},\"b\":[]}", "{\"a\":{},\"b\":[]}")]
    [InlineData("{\"b\":1,\"a\":2}", "{\"a\":2,\"b\":1}")]
    [InlineData("{\"b\":{\"d\":1,\"c\":[3,{\"f\":1,\"e\":2},1]},\"a\":2}", "{\"a\":2,\"b\":{\"c\":[3,{\"e\":2,\"f\":1},1],\"d\":1}}")]
    [InlineData("{\"b\" :\t[ true , false,null ] ,\r\n\"a\": \"x y\" }\n", "{\"a\":\"x y\",\"b\":[true,false,null]}")]
    [InlineData("{\"10\":1,\"9\":2,\"\":3}", "{\"\":3,\"10\":1,\"9\":2}")]
    [InlineData("{\"aa\":1,\"a\":2,\"B\":3}", "{\"B\":3,\"a\":2,\"aa\":1}")]
    [InlineData("{\"\\ud801\\udc00\":2,\"\\uff5e\":1}", "{\"\uff5e\":1,\"\ud801\udc00\":2}")]
    [InlineData("{\"\\u0062\":1,\"a\":2}", "{\"a\":2,\"b\":1}")]
    public void Members_are_sorted_by_code_point_and_nothing_else_is_moved(string wire, string expected) =>
        Assert.Equal(expected, Canonical(wire));

    [Fact]
    public void An_object_with_thousands_of_members_in_falling_order_is_sorted()
    {
        var names = Enumerable.Range(0, 5000).Select(i => $"k{i:0000}").ToList();
        var wire = "{" + string.Join(',', Enumerable.Reverse(names).Select(n => $"\"{n}\":0")) + "}";

        Assert.Equal("{" + string.Join(',', names.Select(n => $"\"{n}\":0")) + "}", Canonical(wire));
    }

    [Fact]
    public void A_document_that_swells_beyond_all_proportion_has_no_canonical_form()
    {
        var bomb = Encoding.UTF8.GetBytes("{\"n\":[" + string.Join(',', Enumerable.Repeat("1e308", 40_000)) + "]}");

        Assert.Throws<FormatException>(() => WebhookSigner.SignCanonical(bomb, new WebhookSecret("test_secret_project_0001")));
    }

    [Fact]
    public void Numbers_that_grow_within_bounds_are_written_whole()
    {
        var wire = "{\"n\":[" + string.Join(',', Enumerable.Repeat("1e22", 3000)) + "]}";

        Assert.Equal("{\"n\":[" + string.Join(',', Enumerable.Repeat("1" + new string('0', 22), 3000)) + "]}", Canonical(wire));
    }

    internal static string Canonical(string wire)
    {
        var bytes = Encoding.UTF8.GetBytes(wire);
        Assert.Equal(JsonReadError.None, JsonTape.Parse(bytes, int.MaxValue, JsonTape.DefaultMaxDepth, out var tape));
        using (tape)
        {
            Assert.True(CanonicalWriter.TryWrite(in tape, bytes.Length, out var writer));
            var text = Encoding.UTF8.GetString(writer.Written);
            writer.Dispose();
            return text;
        }
    }
}
