using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace BiometricTwoFactor.Emulator.Tests;

/// <summary>Sends pictures: to the stand-alone calls and to the hosted page.</summary>
internal static class Uploads
{
    public static ByteArrayContent File(byte[] bytes)
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
        return content;
    }

    /// <summary>The same form with a text field.</summary>
    public static MultipartFormDataContent With(this MultipartFormDataContent form, string name, string value)
    {
        form.Add(new StringContent(value), name);
        return form;
    }

    public static async Task<JsonNode> MatchAsync(this RelyingParty party, byte[] user, byte[] reference, string? threshold = null, bool guide = false)
    {
        using var form = new MultipartFormDataContent
        {
            { File(user), guide ? "image_a" : "user_image", "live.jpg" },
            { File(reference), guide ? "image_b" : "ref_image", "stored.jpg" },
        };
        if (threshold is not null)
        {
            form.Add(new StringContent(threshold), "face_match_score_decline_threshold");
        }

        return await SendAsync(party, "/v3/face-match/", form);
    }

    public static async Task<JsonNode> LivenessAsync(this RelyingParty party, byte[] user, string? threshold = null)
    {
        using var form = new MultipartFormDataContent { { File(user), "user_image", "live.jpg" } };
        if (threshold is not null)
        {
            form.Add(new StringContent(threshold), "face_liveness_score_decline_threshold");
        }

        return (await SendAsync(party, "/v3/passive-liveness/", form))["liveness"]!;
    }

    /// <summary>As the page's form sends it.</summary>
    public static async Task<(int Status, string Html)> LookAsync(this RelyingParty party, RelyingParty.Created session, byte[] picture, string fileName = "selfie.jpg")
    {
        using var form = new MultipartFormDataContent { { File(picture), "selfie", fileName } };
        using var response = await party.Http.PostAsync(session.Url, form);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>As the page's script sends the camera's frames.</summary>
    public static MultipartFormDataContent Frames(params byte[][] frames)
    {
        var form = new MultipartFormDataContent { { new StringContent(""), "nothing" } };
        foreach (var frame in frames)
        {
            form.Add(File(frame), "frame", "frame.jpg");
        }

        return form;
    }

    /// <summary>As the page's script calls its server.</summary>
    public static async Task<(int Status, JsonNode Body)> AskAsync(this RelyingParty party, string path, HttpContent content)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        request.Headers.Accept.ParseAdd("application/json");
        using var response = await party.Http.SendAsync(request);
        return ((int)response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }

    public static string[] Risks(this JsonNode step) => [.. step["warnings"]!.AsArray().Select(warning => (string)warning!["risk"]!)];

    private static async Task<JsonNode> SendAsync(RelyingParty party, string path, MultipartFormDataContent form)
    {
        using var response = await party.Http.PostAsync(path, form);
        Assert.Equal(200, (int)response.StatusCode);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }
}
