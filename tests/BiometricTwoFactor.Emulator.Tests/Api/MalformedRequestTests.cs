using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BiometricTwoFactor.Emulator.Tests.Api;

/// <summary>Whatever is sent, the answer is one of the provider's shapes, and never a failure of the emulator's own.</summary>
public sealed class MalformedRequestTests
{
    private const string Unknown = "11111111-2222-3333-4444-555555555555";

    private static readonly string[] Paths =
    [
        "/v3/session/", "/v3/sessions/", "/v3/sessions/delete/", "/v3/users/delete/", "/v3/face-match/", "/v3/passive-liveness/",
        "/v3/session/{id}/decision/", "/v3/session/{id}/delete/", "/v3/session/{id}/update-status/", "/v3/session/{id}/generate-pdf/",
        "/v3/session/{id}/sandbox/arm/", "/v3/sessions/{id}/reviews/", "/v1/sandbox/scenarios/", "/v3/webhook/destinations/",
        $"/v3/webhook/destinations/{Unknown}/",
    ];

    private static readonly (string What, string Type, byte[] Body)[] Bodies =
    [
        ("nothing", "application/json", []),
        ("half an object", "application/json", "{\"workflow_id\":"u8.ToArray()),
        ("two values", "application/json", "{} {}"u8.ToArray()),
        ("an array", "application/json", "[]"u8.ToArray()),
        ("null", "application/json", "null"u8.ToArray()),
        ("a number too large", "application/json", "{\"metadata\":1e999}"u8.ToArray()),
        ("a lone surrogate", "application/json", "{\"metadata\":\"\\ud800\",\"new_status\":\"\\ud800\"}"u8.ToArray()),
        ("no UTF-8", "application/json", [0x7B, 0x22, 0xFF, 0xFE, 0x22, 0x3A, 0x31, 0x7D]),
        ("NUL bytes", "application/json", "{\"workflow_id\":\"\0\"}"u8.ToArray()),
        ("escaped NULs", "application/json", "{\"workflow_id\":\"\\u0000\",\"scenario\":\"\\u0000\",\"new_status\":\"\\u0000\",\"vendor_data_list\":[\"\\u0000\"]}"u8.ToArray()),
        ("a member twice", "application/json", "{\"workflow_id\":\"a\",\"workflow_id\":\"b\"}"u8.ToArray()),
        ("a member twice, below", "application/json", "{\"metadata\":{\"a\":1,\"a\":2}}"u8.ToArray()),
        ("members of other types", "application/json", """{"workflow_id":{},"vendor_data":[],"callback":7,"language":true,"contact_details":7,"expected_details":"x","portrait_image":{},"sandbox_scenario":[],"new_status":{},"nodes_to_resubmit":{},"comment":[],"send_email":{},"session_numbers":{},"vendor_data_list":7,"delete_all":[],"scenario":{},"label":{},"url":[],"enabled":7,"subscribed_events":{},"webhook_version":9}"""u8.ToArray()),
        ("items of other types", "application/json", """{"session_numbers":[null,1e99,{}],"vendor_data_list":[null],"nodes_to_resubmit":[null,[],7],"subscribed_events":[null,{}]}"""u8.ToArray()),
        ("nesting", "application/json", Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":[", 20_000)))),
        ("nesting, closed", "application/json", Encoding.ASCII.GetBytes($"{{\"metadata\":{new string('[', 5000)}{new string(']', 5000)}}}")),
        ("text", "text/plain", "hello"u8.ToArray()),
        ("XML", "application/xml", "<a/>"u8.ToArray()),
        ("a type that is none", "", "{}"u8.ToArray()),
        ("a form", "application/x-www-form-urlencoded", "a=%ZZ&b&=&%00=%00"u8.ToArray()),
        ("a form without a boundary", "multipart/form-data", "--x"u8.ToArray()),
        ("a form cut off", "multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"user_image\"; filename=\"a.jpg\"\r\n\r\nabc"u8.ToArray()),
        ("a form of nothing", "multipart/form-data; boundary=x", "--x--\r\n"u8.ToArray()),
        ("a part without a name", "multipart/form-data; boundary=x", "--x\r\n\r\nabc\r\n--x--\r\n"u8.ToArray()),
        ("a file named NUL", "multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"user_image\"; filename=\"a\0.jpg\"\r\n\r\nabc\r\n--x--\r\n"u8.ToArray()),
        ("a boundary as long as a road", $"multipart/form-data; boundary={new string('x', 300)}", "--x--"u8.ToArray()),
        ("many parts", "multipart/form-data; boundary=x", Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n", 3000)) + "--x--\r\n")),
        ("more than is taken", "application/json", Encoding.ASCII.GetBytes($"{{\"metadata\":\"{new string('a', 17 * 1024 * 1024)}\"}}")),
        ("a file larger than is taken", "multipart/form-data; boundary=x", Encoding.ASCII.GetBytes($"--x\r\nContent-Disposition: form-data; name=\"user_image\"; filename=\"a.jpg\"\r\n\r\n{new string('a', 17 * 1024 * 1024)}\r\n--x--\r\n")),
    ];

    private static Task<RelyingParty> StartAsync() => RelyingParty.StartAsync(options => options.RateLimits = EmulatorRateLimits.None);

    /// <summary>Empty when it is one of the shapes: <c>detail</c>, <c>error</c>, fields, a bare array, or the router's page.</summary>
    private static async Task<string> ProblemAsync(HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        var body = await response.Content.ReadAsStringAsync();
        if (status is 204 or 301)
        {
            return body.Length == 0 ? "" : "has a body";
        }

        if (status is < 200 or >= 500)
        {
            return "is a failure";
        }

        if (response.RequestMessage!.Method == HttpMethod.Head)
        {
            return "";
        }

        if (response.Content.Headers.ContentType?.MediaType == "text/html")
        {
            return status == 404 && body.StartsWith("<!doctype html>", StringComparison.Ordinal) ? "" : "is a page";
        }

        try
        {
            return JsonNode.Parse(body) switch
            {
                JsonObject { Count: > 0 } => "",
                JsonArray items when status == 200 || (items.Count > 0 && items.All(item => item?.GetValueKind() == JsonValueKind.String)) => "",
                _ => "has no shape",
            };
        }
        catch (JsonException)
        {
            return "is no JSON";
        }
    }

    [Theory]
    [InlineData("/handoff", 400)]
    [InlineData("/v3/face-match/", 400)]
    [InlineData(null, 400)]
    public async Task A_form_in_an_encoding_that_is_not_decoded_is_no_form(string? path, int expected)
    {
        await using var party = await RelyingParty.StartAsync();
        path ??= (await party.CreatedKycAsync()).Url.AbsolutePath;
        using var content = new ByteArrayContent("code=1"u8.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Type", path.StartsWith("/v3/", StringComparison.Ordinal)
            ? "multipart/form-data; boundary=b; charset=utf-7"
            : "application/x-www-form-urlencoded; charset=utf-7");
        using var answer = await party.Http.PostAsync(path, content);
        Assert.Equal(expected, (int)answer.StatusCode);
    }

    [Fact]
    public async Task Any_body_at_any_path_gets_an_answer_in_the_providers_shape()
    {
        await using var party = await StartAsync();
        var session = await party.CreatedKycAsync();
        await party.Emulator.CompleteAsync(session.Id);
        var open = await party.CreatedKycAsync("open");
        party.Http.DefaultRequestHeaders.Add("Session-Token", open.Token);
        var problems = new List<string>();
        foreach (var (what, type, body) in Bodies)
        {
            foreach (var path in Paths)
            {
                foreach (var method in (HttpMethod[])[HttpMethod.Post, HttpMethod.Patch])
                {
                    // The two that this could delete are deleted by other tests.
                    var id = path.Contains("/arm/", StringComparison.Ordinal) ? open.Id : session.Id;
                    using var request = new HttpRequestMessage(method, path.Replace("{id}", id.ToString(), StringComparison.Ordinal)) { Content = new ByteArrayContent(body) };
                    request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
                    try
                    {
                        using var response = await party.Http.SendAsync(request);
                        if (await ProblemAsync(response) is { Length: > 0 } problem)
                        {
                            problems.Add($"{method} {path} with {what}: {(int)response.StatusCode} {problem}");
                        }
                    }
                    catch (HttpRequestException) when (body.Length > 16 * 1024 * 1024)
                    {
                        // The emulator hangs up on who goes on sending what it has refused.
                    }
                }
            }
        }

        Assert.Equal([], problems);
        Assert.NotNull(party.Emulator.FindSession(session.Id));
        await party.CreatedKycAsync("still there");
    }

    [Fact]
    public async Task So_does_any_method_at_any_path()
    {
        await using var party = await StartAsync();
        var problems = new List<string>();
        foreach (var path in Paths)
        {
            foreach (var method in (string[])["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "BREW"])
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), path.Replace("{id}", Unknown, StringComparison.Ordinal));
                using var response = await party.Http.SendAsync(request);
                if (await ProblemAsync(response) is { Length: > 0 } problem)
                {
                    problems.Add($"{method} {path}: {(int)response.StatusCode} {problem}");
                }
            }
        }

        Assert.Equal([], problems);
    }

    [Theory]
    [InlineData("/v3/session/not-an-id/decision/", 404)]
    [InlineData("/v3/session/B1000000-0000-4000-8000-000000000001/decision/", 404)]
    [InlineData("/v3/session/%7B11111111-2222-3333-4444-555555555555%7D/decision/", 404)]
    [InlineData("/v3/session/11111111222233334444555555555555/decision/", 404)]
    [InlineData("/v3/session/..%2F..%2Fsessions/decision/", 404)]
    [InlineData("/v3/session/%F0%9F%98%80/decision/", 404)]
    [InlineData("/v3/session/%20/decision/", 404)]
    [InlineData("/v3//session/", 404)]
    [InlineData("/v3/", 404)]
    [InlineData("/V3/sessions/", 404)]
    [InlineData("/v3/Sessions/", 404)]
    [InlineData("/v3/sessions//", 404)]
    [InlineData("/v3/face-search/", 404)]
    [InlineData("/v3/session/ä/decision", 301)]
    [InlineData("/v3/sessions/?limit=99999999999&offset=-1&status=%00&search=%00%FF&workflow_id=,,,", 200)]
    [InlineData("/v3/sessions/?limit=2147483647&offset=2147483647", 200)]
    [InlineData("/v3/sessions/?status=a&status=b&=&&", 200)]
    [InlineData("/v3/sessions/?date_from=0000-00-00", 400)]
    [InlineData("/v3/session/11111111-2222-3333-4444-555555555555/decision/?include=%00", 404)]
    public async Task An_odd_path_or_query_is_no_trouble(string path, int expected)
    {
        await using var party = await StartAsync();
        using var response = await party.Http.GetAsync(new Uri(party.Emulator.BaseAddress.AbsoluteUri.TrimEnd('/') + path));
        Assert.Equal((expected, ""), ((int)response.StatusCode, await ProblemAsync(response)));
    }

    [Fact]
    public async Task Keys_that_are_none_are_refused()
    {
        await using var party = await StartAsync();
        foreach (var key in (string[])["", " ", "x", RelyingParty.ApiKey + " x", RelyingParty.ApiKey.ToUpperInvariant(), new string('k', 20_000)])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/v3/sessions/");
            request.Headers.TryAddWithoutValidation("x-api-key", key);
            using var http = new HttpClient { BaseAddress = party.Emulator.BaseAddress };
            using var response = await http.SendAsync(request);
            Assert.Equal((403, ""), ((int)response.StatusCode, await ProblemAsync(response)));
        }

        using var both = new HttpRequestMessage(HttpMethod.Get, "/v3/sessions/") { Headers = { { "x-api-key", [RelyingParty.ApiKey, "other"] } } };
        using var refused = await party.Http.SendAsync(both);
        Assert.Equal(403, (int)refused.StatusCode);
    }

    /// <summary>What is no HTTP never reaches the API: the server answers 400 without a body, and goes on.</summary>
    [Theory]
    [InlineData("GET /v3/sessions/\0 HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("GET /v3/sessions/%00 HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("POST /v3/session/ HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n")]
    [InlineData("POST /v3/session/ HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Type: application/json\r\n\r\nzz\r\n")]
    [InlineData("nonsense\r\n\r\n")]
    public async Task What_is_no_http_is_refused_and_forgotten(string sent)
    {
        await using var party = await StartAsync();
        using var socket = new TcpClient();
        await socket.ConnectAsync(party.Emulator.BaseAddress.Host, party.Emulator.BaseAddress.Port);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(sent.Replace("Host: x\r\n", $"Host: x\r\nx-api-key: {RelyingParty.ApiKey}\r\n", StringComparison.Ordinal)));
        using var reader = new StreamReader(stream, Encoding.Latin1);
        var answer = await reader.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(30));
        Assert.StartsWith("HTTP/1.1 4", answer, StringComparison.Ordinal);
        await party.CreatedKycAsync();
    }
}
