using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace BiometricTwoFactor.Emulator.Tests;

public sealed class StandaloneTests
{
    private static MultipartFormDataContent Form(params (string Name, string File, int Length)[] files)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, file, length) in files)
        {
            var content = new ByteArrayContent(Pictures.Jpeg(length));
            content.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
            form.Add(content, name, file);
        }

        return form;
    }

    private static async Task<(int Status, JsonNode Body)> PostAsync(RelyingParty party, string path, MultipartFormDataContent form)
    {
        using (form)
        {
            using var response = await party.Http.PostAsync(path, form);
            return ((int)response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
        }
    }

    [Theory]
    [InlineData(96, null, "Approved")]
    [InlineData(96, "95.9", "Approved")]
    [InlineData(96, "96", "Declined")]
    [InlineData(24.87, null, "Declined")]
    public async Task A_face_match_holds_the_options_score_against_the_threshold(double score, string? threshold, string expected)
    {
        await using var party = await RelyingParty.StartAsync(options => options.FaceMatchScore = (decimal)score);
        var form = Form(("user_image", "live.jpg", 64), ("ref_image", "stored.JPG", 64));
        if (threshold is not null)
        {
            form.Add(new StringContent(threshold), "face_match_score_decline_threshold");
        }

        form.Add(new StringContent("user-42"), "vendor_data");
        form.Add(new StringContent("""{"flow":"login"}"""), "metadata");
        var (status, body) = await PostAsync(party, "/v3/face-match/", form);
        Assert.Equal(200, status);
        Assert.Equal(expected, (string?)body["face_match"]!["status"]);
        Assert.Equal((decimal)score, (decimal?)body["face_match"]!["score"]);
        Assert.Equal(expected == "Approved" ? 0 : 1, body["face_match"]!["warnings"]!.AsArray().Count);
        Assert.Equal("user-42", (string?)body["vendor_data"]);
        Assert.Equal("login", (string?)body["metadata"]!["flow"]);
        Assert.True(Guid.TryParse((string?)body["request_id"], out _));
    }

    [Fact]
    public async Task The_reference_edition_does_not_know_the_guides_field_names()
    {
        await using var party = await RelyingParty.StartAsync();
        var (status, body) = await PostAsync(party, "/v3/face-match/", Form(("image_a", "a.jpg", 64), ("image_b", "b.jpg", 64)));
        Assert.Equal(400, status);
        Assert.Equal("""{"user_image":["No file was submitted."],"ref_image":["No file was submitted."]}""", body.ToJsonString());
    }

    [Fact]
    public async Task The_guide_edition_takes_its_own_names_and_answers_flat_on_the_scale_of_one()
    {
        await using var party = await RelyingParty.StartAsync(options =>
        {
            options.FaceMatchEdition = ApiEdition.Guide;
            options.FaceMatchScore = 96m;
        });
        var (status, body) = await PostAsync(party, "/v3/face-match/", Form(("image_a", "a.jpg", 64), ("image_b", "b.jpg", 64)));
        Assert.Equal(200, status);
        Assert.Equal("""{"status":"Approved","similarity_score":0.96}""", body.ToJsonString());
    }

    [Fact]
    public async Task Files_are_judged_by_extension_and_size()
    {
        await using var party = await RelyingParty.StartAsync();
        var (status, body) = await PostAsync(party, "/v3/face-match/", Form(("user_image", "face.txt", 64), ("ref_image", "stored.png", (5 * 1024 * 1024) + 1)));
        Assert.Equal(400, status);
        Assert.Equal("File extension “txt” is not allowed. Allowed extensions are: tiff, jpg, jpeg, png, webp.", (string?)body["user_image"]![0]);
        Assert.Equal("File size should not exceed 5 MB", (string?)body["ref_image"]![0]);
    }

    [Theory]
    [InlineData("101", "Ensure this value is less than or equal to 100.")]
    [InlineData("-1", "Ensure this value is greater than or equal to 0.")]
    [InlineData("much", "A valid number is required.")]
    public async Task A_threshold_outside_of_its_scale_is_refused(string threshold, string expected)
    {
        await using var party = await RelyingParty.StartAsync();
        var form = Form(("user_image", "live.jpg", 64), ("ref_image", "stored.jpg", 64));
        form.Add(new StringContent(threshold), "face_match_score_decline_threshold");
        var (status, body) = await PostAsync(party, "/v3/face-match/", form);
        Assert.Equal(400, status);
        Assert.Equal(expected, (string?)body["face_match_score_decline_threshold"]![0]);
    }

    [Fact]
    public async Task Passive_liveness_reports_the_options_score()
    {
        await using var party = await RelyingParty.StartAsync(options => options.LivenessScore = 12.5m);
        var (status, body) = await PostAsync(party, "/v3/passive-liveness/", Form(("user_image", "live.jpg", 64)));
        Assert.Equal(200, status);
        Assert.Equal("Declined", (string?)body["liveness"]!["status"]);
        Assert.Equal("PASSIVE", (string?)body["liveness"]!["method"]);
        Assert.Equal(12.5m, (decimal?)body["liveness"]!["score"]);
        Assert.Equal("LOW_LIVENESS_SCORE", (string?)body["liveness"]!["warnings"]![0]!["risk"]);
    }

    [Fact]
    public async Task A_file_that_is_no_picture_is_an_error_of_the_other_shape()
    {
        await using var party = await RelyingParty.StartAsync();
        using var form = new MultipartFormDataContent { { new ByteArrayContent("hello"u8.ToArray()), "user_image", "live.jpg" } };
        using var response = await party.Http.PostAsync("/v3/passive-liveness/", form);
        Assert.Equal(400, (int)response.StatusCode);
        Assert.Equal("""{"error":"Invalid user image format."}""", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task What_is_no_form_is_refused_without_a_crash()
    {
        await using var party = await RelyingParty.StartAsync();
        var (json, _) = await party.SendAsync(HttpMethod.Post, "/v3/face-match/", "{}");
        Assert.Equal(415, json);
        using var torn = new StringContent("--x\r\nContent-Disposition: form-data; name=\"user_image\"");
        torn.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x");
        using var response = await party.Http.PostAsync("/v3/face-match/", torn);
        Assert.Equal(400, (int)response.StatusCode);
    }
}
