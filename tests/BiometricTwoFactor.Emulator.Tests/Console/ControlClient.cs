using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace BiometricTwoFactor.Emulator.Tests.Console;

/// <summary>Calls of the control API, with the key that <see cref="RelyingParty.Http"/> sends.</summary>
internal static class ControlClient
{
    public static async Task<(int Status, JsonNode? Body)> ControlAsync(this RelyingParty party, HttpMethod method, string path, string? json = null)
    {
        var (status, body) = await party.SendAsync(method, "/emulator/api/" + path, json);
        return (status, body.Length > 0 ? JsonNode.Parse(body) : null);
    }

    public static async Task<JsonNode> LookAtAsync(this RelyingParty party, string path)
    {
        var (status, body) = await party.ControlAsync(HttpMethod.Get, path);
        Assert.Equal(200, status);
        return body!;
    }

    public static async Task<JsonNode?> DoAsync(this RelyingParty party, HttpMethod method, string path, string? json = null, int expected = 200)
    {
        var (status, body) = await party.ControlAsync(method, path, json);
        Assert.True(status == expected, $"{method} {path}: {status} {body?.ToJsonString()}");
        return body;
    }

    public static async Task<(int Status, JsonNode? Body)> SendPictureAsync(this RelyingParty party, HttpMethod method, string path, byte[] picture, string type)
    {
        using var request = new HttpRequestMessage(method, "/emulator/api/" + path) { Content = new ByteArrayContent(picture) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        using var response = await party.Http.SendAsync(request);
        var body = Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync());
        return ((int)response.StatusCode, body.Length > 0 ? JsonNode.Parse(body) : null);
    }

    public static string[] Texts(this JsonNode? list) => [.. list!.AsArray().Select(item => (string)item!)];
}
