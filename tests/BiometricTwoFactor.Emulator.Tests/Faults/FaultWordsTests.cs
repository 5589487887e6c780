using System.Text.Json.Nodes;

namespace BiometricTwoFactor.Emulator.Tests;

public sealed class FaultWordsTests
{
    [Theory]
    [InlineData("webhook_delay", EmulatorFaultKind.WebhookDelay)]
    [InlineData("webhook_wrong_secret", EmulatorFaultKind.WebhookWrongSecret)]
    [InlineData("verdict_status_case", EmulatorFaultKind.VerdictStatusCase)]
    [InlineData("api_not_found_html", EmulatorFaultKind.ApiNotFoundHtml)]
    [InlineData("api_hang_up_in_body", EmulatorFaultKind.ApiHangUpInBody)]
    public void A_kind_has_its_name_in_snake_case(string text, EmulatorFaultKind kind)
    {
        Assert.True(EmulatorFaultKindText.TryParse(text, out var read));
        Assert.Equal(kind, read);
        Assert.Equal(text, EmulatorFaultKindText.ToWire(kind));
    }

    [Fact]
    public void Every_kind_has_a_text_of_its_own()
    {
        var kinds = Enum.GetValues<EmulatorFaultKind>().Where(kind => kind != EmulatorFaultKind.None).ToArray();
        Assert.Equal(kinds.Length, kinds.Select(EmulatorFaultKindText.ToWire).Distinct(StringComparer.Ordinal).Count());
        Assert.All(kinds, kind => Assert.True(EmulatorFaultKindText.TryParse(EmulatorFaultKindText.ToWire(kind), out var read) && read == kind));
        Assert.Equal(kinds.Select(EmulatorFaultKindText.ToWire), EmulatorFaultKindText.All);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("WebhookDelay")]
    [InlineData("Webhook_Delay")]
    [InlineData(" webhook_delay")]
    [InlineData("webhook-delay")]
    [InlineData("1")]
    [InlineData("webhook_delay,webhook_drop")]
    public void Anything_else_is_no_kind(string? text)
    {
        Assert.False(EmulatorFaultKindText.TryParse(text, out var kind));
        Assert.Equal(EmulatorFaultKind.None, kind);
    }

    [Fact]
    public void No_fault_has_no_text()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => EmulatorFaultKindText.ToWire(EmulatorFaultKind.None));
        Assert.Throws<ArgumentOutOfRangeException>(() => EmulatorFaultKindText.ToWire((EmulatorFaultKind)999));
    }

    [Fact]
    public void A_fault_of_one_session_is_read()
    {
        var fault = Read("""
            {"kind": "webhook_duplicate", "session_id": "11111111-2222-3333-4444-555555555555", "times": 3, "seconds": 2.5, "count": 4, "text": "t"}
            """);
        Assert.Equal(
            new EmulatorFault
            {
                Kind = EmulatorFaultKind.WebhookDuplicate,
                SessionId = SessionId.Parse("11111111-2222-3333-4444-555555555555"),
                Times = 3,
                Delay = TimeSpan.FromSeconds(2.5),
                Count = 4,
                Text = "t",
            },
            fault);
    }

    [Fact]
    public void Only_the_kind_is_required()
    {
        Assert.Equal(new EmulatorFault { Kind = EmulatorFaultKind.ApiSlow }, Read("""{"kind": "api_slow"}"""));
        Assert.Equal(
            new EmulatorFault { Kind = EmulatorFaultKind.ApiSlow },
            Read("""{"kind": "api_slow", "session_id": null, "seconds": null, "count": null, "text": null}"""));
    }

    [Fact]
    public void Times_null_means_for_ever_and_absent_means_once()
    {
        Assert.Null(Read("""{"kind": "api_slow", "times": null}""").Times);
        Assert.Equal(1, Read("""{"kind": "api_slow"}""").Times);
    }

    [Fact]
    public void What_is_written_can_be_read()
    {
        var faults = new EmulatorFault[]
        {
            new() { Kind = EmulatorFaultKind.ApiHuge, Times = null, Count = 1000 },
            new() { Kind = EmulatorFaultKind.VerdictFlip, SessionId = SessionId.Parse("s-1"), Times = 2, Delay = TimeSpan.FromMinutes(1), Text = "x" },
        };
        foreach (var fault in faults)
        {
            var written = EmulatorFaultJson.Write(fault with { Id = 7 });
            Assert.Equal(7, (long?)written["id"]);
            Assert.Equal(fault, Read(written.ToJsonString()));
            Assert.True(EmulatorFaultJson.TryRead(written, out var unparsed, out _));
            Assert.Equal(fault, unparsed);
        }
    }

    [Theory]
    [InlineData("{}", "kind")]
    [InlineData("""{"kind": null}""", "kind")]
    [InlineData("""{"kind": 1}""", "kind")]
    [InlineData("""{"kind": "webhook_late"}""", "kind")]
    [InlineData("""{"kind": "api_slow", "session_id": "../.."}""", "session_id")]
    [InlineData("""{"kind": "api_slow", "session_id": 5}""", "session_id")]
    [InlineData("""{"kind": "api_slow", "times": 0}""", "times")]
    [InlineData("""{"kind": "api_slow", "times": 1.5}""", "times")]
    [InlineData("""{"kind": "api_slow", "times": "1"}""", "times")]
    [InlineData("""{"kind": "api_slow", "seconds": -1}""", "seconds")]
    [InlineData("""{"kind": "api_slow", "seconds": 1e300}""", "seconds")]
    [InlineData("""{"kind": "api_slow", "seconds": 1e999}""", "seconds")]
    [InlineData("""{"kind": "api_slow", "seconds": true}""", "seconds")]
    [InlineData("""{"kind": "api_huge", "count": 99999999999}""", "count")]
    [InlineData("""{"kind": "api_huge", "count": {}}""", "count")]
    [InlineData("""{"kind": "api_slow", "text": []}""", "text")]
    [InlineData("""{"kind": "api_slow", "text": "\ud800"}""", "text")]
    [InlineData("""{"kind": "api_slow", "delay": 5}""", "delay")]
    [InlineData("""{"seconds": -1, "kind": "api_slow", "tims": 1}""", "seconds,tims")]
    public void What_makes_no_sense_is_named_by_field(string json, string fields)
    {
        Assert.False(EmulatorFaultJson.TryRead(JsonNode.Parse(json)!.AsObject(), out var fault, out var errors));
        Assert.Null(fault);
        Assert.Equal(fields, string.Join(',', errors.Select(error => error.Key)));
        Assert.All(errors, error => Assert.Single(error.Value!.AsArray()));
    }

    [Fact]
    public void A_text_has_an_end()
    {
        var body = new JsonObject { ["kind"] = "api_slow", ["text"] = new string('x', 1001) };
        Assert.False(EmulatorFaultJson.TryRead(body, out _, out var errors));
        Assert.True(errors.ContainsKey("text"));
    }

    private static EmulatorFault Read(string json)
    {
        Assert.True(EmulatorFaultJson.TryRead(JsonNode.Parse(json)!.AsObject(), out var fault, out var errors), errors.ToJsonString());
        return fault;
    }
}
