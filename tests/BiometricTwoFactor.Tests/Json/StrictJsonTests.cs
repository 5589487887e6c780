using System.Text;

namespace BiometricTwoFactor.Tests.Json;

/// <summary>What the strict reader refuses, and why (contract 4.5, steps 1 and 2; attacks 46, 48, 51).</summary>
public sealed class StrictJsonTests
{
    [Theory]
    [InlineData("{\"a\":1,\"a\":2}")]
    [InlineData("{\"a\":1,\"b\":2,\"a\":1}")]
    [InlineData("{\"a\":1,\"\\u0061\":1}")]
    [InlineData("{\"b\":1,\"a\":1,\"b\":1}")]
    [InlineData("{\"x\":{\"y\":[{\"a\":1,\"a\":1}]}}")]
    [InlineData("{\"\":1,\"\":1}")]
    [InlineData("{\"\\/\":1,\"/\":1}")]
    public void A_body_with_two_members_of_one_name_is_refused(string body) => Refused(JsonReadError.DuplicateMember, body);

    [Fact]
    public void Two_members_of_one_name_among_many_are_refused()
    {
        var names = Enumerable.Range(0, 300).Select(i => $"\"k{(i * 7919) % 300}\":0").Append("\"k150\":0");

        Refused(JsonReadError.DuplicateMember, "{" + string.Join(',', names) + "}");
    }

    [Theory]
    [InlineData("{\"a\":1,\"A\":2}")]
    [InlineData("{\"a\":{\"a\":1},\"b\":{\"a\":1}}")]
    [InlineData("{\"\\u00e9\":1,\"e\\u0301\":2}")]
    public void Names_that_differ_in_case_depth_or_normal_form_are_different(string body) => Accepted(body);

    [Theory]
    [InlineData("{\"a\":\"\\ud800\"}")]
    [InlineData("{\"a\":\"\\udc00\"}")]
    [InlineData("{\"a\":\"\\ud800x\"}")]
    [InlineData("{\"a\":\"\\ud800\\n\"}")]
    [InlineData("{\"a\":\"\\ud800\\ud800\"}")]
    [InlineData("{\"a\":\"\\ud83d\\u0041\"}")]
    [InlineData("{\"\\udfff\":1}")]
    public void Half_a_surrogate_pair_is_refused_in_texts_and_names(string body) => Refused(JsonReadError.LoneSurrogate, body);

    [Theory]
    [InlineData("{}{}")]
    [InlineData("{} 1")]
    [InlineData("{},")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{\"a\":01}")]
    [InlineData("{\"a\":+1}")]
    [InlineData("{\"a\":.5}")]
    [InlineData("{\"a\":1.}")]
    [InlineData("{\"a\":NaN}")]
    [InlineData("{\"a\":Infinity}")]
    [InlineData("{\"a\":'x'}")]
    [InlineData("{a:1}")]
    [InlineData("{\"a\":1} // x")]
    [InlineData("{\"a\":\"\n\"}")]
    [InlineData("{\"a\":\"\\x\"}")]
    [InlineData("{\"a\":\"\\u00g0\"}")]
    [InlineData("{\"a\":1")]
    [InlineData("{\"a\":[1}")]
    [InlineData("{\"a\"")]
    [InlineData("")]
    [InlineData("   ")]
    public void Broken_grammar_and_trailing_data_are_refused(string body) => Refused(JsonReadError.Malformed, body);

    [Theory]
    [InlineData("[]")]
    [InlineData("[{\"a\":1}]")]
    [InlineData("\"{}\"")]
    [InlineData("1")]
    [InlineData("null")]
    public void Anything_but_an_object_at_the_root_is_refused(string body) => Refused(JsonReadError.NotAnObject, body);

    [Theory]
    [InlineData("1e400")]
    [InlineData("-1e309")]
    [InlineData("1.7976931348623159e308")]
    [InlineData("1e99999999999999999999")]
    public void A_number_beyond_a_double_is_refused(string lexeme) => Refused(JsonReadError.NumberOverflow, $"{{\"a\":[{lexeme}]}}");

    [Fact]
    public void A_long_number_with_a_point_beyond_a_double_is_refused() =>
        Refused(JsonReadError.NumberOverflow, "{\"a\":1" + new string('0', 309) + ".0}");

    [Fact]
    public void Bytes_that_are_not_utf8_are_refused()
    {
        byte[][] bodies =
        [
            [.. "{\"a\":\""u8, 0xFF, .. "\"}"u8],
            [.. "{\"a\":\""u8, 0xC3, .. "\"}"u8],
            [.. "{\"a\":\""u8, 0xC0, 0x80, .. "\"}"u8],
            [.. "{\"a\":\""u8, 0xED, 0xA0, 0x80, .. "\"}"u8],
        ];
        Assert.All(bodies, body => Assert.Equal(JsonReadError.NotUtf8, Parse(body)));
    }

    [Fact]
    public void A_byte_order_mark_is_refused() => Assert.Equal(JsonReadError.ByteOrderMark, Parse([0xEF, 0xBB, 0xBF, .. "{}"u8]));

    [Fact]
    public void Sixteen_levels_pass_and_seventeen_do_not()
    {
        Accepted(Nested(16));
        Refused(JsonReadError.TooDeep, Nested(17));
        Refused(JsonReadError.TooDeep, Nested(100_000));
    }

    [Fact]
    public void The_size_limit_passes_its_own_value_and_no_more()
    {
        Assert.Equal(JsonReadError.None, JsonTape.Parse("{\"a\":1}"u8, 7, 16, out var tape));
        tape.Dispose();
        Assert.Equal(JsonReadError.TooLarge, JsonTape.Parse("{\"a\":1}"u8, 6, 16, out _));
    }

    private static string Nested(int levels) => string.Concat(Enumerable.Repeat("{\"a\":", levels - 1)) + "[]" + new string('}', levels - 1);

    private static void Refused(JsonReadError expected, string body) => Assert.Equal(expected, Parse(Encoding.UTF8.GetBytes(body)));

    private static void Accepted(string body) => Assert.Equal(JsonReadError.None, Parse(Encoding.UTF8.GetBytes(body)));

    private static JsonReadError Parse(byte[] body)
    {
        var error = JsonTape.Parse(body, int.MaxValue, JsonTape.DefaultMaxDepth, out var tape);
        tape.Dispose();
        return error;
    }
}
