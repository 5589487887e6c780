using BiometricTwoFactor.Tests.Support;

namespace BiometricTwoFactor.Tests.Client;

public sealed class FaceMatchTests
{
    private const string GuideAnswer = "{\"status\":\"Approved\",\"similarity_score\":0.87}";

    private const string ReferenceAnswer =
        """
        {"request_id":"r-1","face_match":{"status":"Declined","score":12.5,
          "user_image":{"entities":[{"bbox":[1,2,3,4],"confidence":0.9,"age":33.1,"gender":"female","race":"x"}],"best_angle":0},
          "ref_image":{"entities":[],"best_angle":0},
          "warnings":[{"risk":"LOW_FACE_MATCH_SIMILARITY","log_type":"error"}]},"vendor_data":null,"metadata":null,"created_at":"2026-11-21T10:00:00Z"}
        """;

    private static FaceMatchRequest Request(Stream? live = null) => new(
        new FaceImage(live ?? new MemoryStream("LIVEBYTES"u8.ToArray()), "Jane Doe passport.JPEG"),
        new FaceImage(new MemoryStream("ENROLLEDBYTES"u8.ToArray()), "x.png"));

    private static void AssertNames(SentRequest sent, string first, string second)
    {
        Assert.Equal("https://verification.didit.me/v3/face-match/", sent.Url);
        Assert.StartsWith("multipart/form-data", sent.ContentType, StringComparison.Ordinal);
        Assert.Contains($"name=\"{first}\"; filename=\"{first}.jpg\"", sent.Text, StringComparison.Ordinal);
        Assert.Contains($"name=\"{second}\"; filename=\"{second}.png\"", sent.Text, StringComparison.Ordinal);
        Assert.Contains("LIVEBYTES", sent.Text, StringComparison.Ordinal);
        Assert.Contains("ENROLLEDBYTES", sent.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Jane", sent.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ApiEdition.Guide, "image_a", "image_b")]
    [InlineData(ApiEdition.Auto, "image_a", "image_b")]
    [InlineData(ApiEdition.Reference, "user_image", "ref_image")]
    public async Task Each_edition_has_its_names(ApiEdition edition, string live, string enrolled)
    {
        using var harness = new ClientHarness(options => options.Edition = edition);
        harness.Network.Then(200, GuideAnswer);
        await harness.Client.MatchFacesAsync(Request());
        AssertNames(Assert.Single(harness.Network.Sent), live, enrolled);
    }

    [Fact]
    public async Task The_guides_answer_is_read_on_the_scale_of_one()
    {
        using var harness = new ClientHarness();
        harness.Network.Then(200, GuideAnswer);
        var result = await harness.Client.MatchFacesAsync(Request());
        Assert.Equal(FeatureStatus.Approved, result.Status);
        Assert.Equal(Score.FromPercent(87m), result.Similarity);
        Assert.Null(result.RequestId);
    }

    [Fact]
    public async Task The_references_answer_is_read_on_the_scale_of_a_hundred()
    {
        using var harness = new ClientHarness();
        harness.Network.Then(200, ReferenceAnswer);
        var result = await harness.Client.MatchFacesAsync(Request());
        Assert.Equal(FeatureStatus.Declined, result.Status);
        Assert.Equal(Score.FromPercent(12.5m), result.Similarity);
        Assert.Equal("LOW_FACE_MATCH_SIMILARITY", Assert.Single(result.Warnings).Risk);
        Assert.Equal("r-1", result.RequestId);
    }

    [Theory]
    [InlineData("{\"status\":\"Approved\",\"similarity_score\":87}")]
    [InlineData("{\"face_match\":{\"status\":\"Approved\",\"score\":187}}")]
    [InlineData("{\"face_match\":{\"status\":\"Approved\",\"score\":null}}")]
    [InlineData("{\"face_match\":{\"status\":\"Approved\",\"score\":\"87\"}}")]
    [InlineData("{\"status\":\"Approved\",\"similarity_score\":0.87,\"score\":12}")]
    [InlineData("{\"status\":\"Approved\"}")]
    public async Task A_score_off_its_scale_or_against_itself_is_none(string answer)
    {
        using var harness = new ClientHarness();
        harness.Network.Then(200, answer);
        Assert.Null((await harness.Client.MatchFacesAsync(Request())).Similarity);
    }

    [Theory]
    [InlineData("approved")]
    [InlineData("APPROVED")]
    [InlineData("Genehmigt")]
    [InlineData("Declined, Approved")]
    public async Task Another_spelling_of_approved_is_unknown(string status)
    {
        using var harness = new ClientHarness();
        harness.Network.Then(200, "{\"status\":\"" + status + "\",\"similarity_score\":0.99}");
        Assert.Equal(FeatureStatus.Unknown, (await harness.Client.MatchFacesAsync(Request())).Status);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"face_match\":[]}")]
    [InlineData("{\"status\":\"Approved\",\"face_match\":{\"status\":\"Declined\",\"score\":1}}")]
    public async Task An_answer_without_one_status_is_none(string answer)
    {
        using var harness = new ClientHarness();
        harness.Network.Then(200, answer);
        var refusal = await Assert.ThrowsAsync<BiometricException>(() => harness.Client.MatchFacesAsync(Request()));
        Assert.Equal(BiometricErrorCode.InvalidAnswer, refusal.Code);
    }

    [Theory]
    [InlineData("{\"user_image\":[\"No file was submitted.\"],\"ref_image\":[\"No file was submitted.\"]}", true)]
    [InlineData("{\"ref_image\":[\"No file was submitted.\"]}", false)]
    public async Task Auto_learns_the_references_names_from_the_refusal_and_remembers_them(string refusal, bool canSeek)
    {
        using var harness = new ClientHarness();
        harness.Network.Then(400, refusal).Then(200, ReferenceAnswer).Then(200, ReferenceAnswer);
        Stream live = new MemoryStream("LIVEBYTES"u8.ToArray());
        await harness.Client.MatchFacesAsync(Request(canSeek ? live : new OneWayStream(live)));
        await harness.Client.MatchFacesAsync(Request());
        Assert.Equal(3, harness.Network.Sent.Count);
        AssertNames(harness.Network.Sent[0], "image_a", "image_b");
        AssertNames(harness.Network.Sent[1], "user_image", "ref_image");
        AssertNames(harness.Network.Sent[2], "user_image", "ref_image");
    }

    [Theory]
    [InlineData(ApiEdition.Auto, "{\"image_a\":[\"File size should not exceed 5 MB\"]}")]
    [InlineData(ApiEdition.Guide, "{\"user_image\":[\"No file was submitted.\"]}")]
    public async Task Another_refusal_is_not_answered_with_a_second_call(ApiEdition edition, string refusal)
    {
        using var harness = new ClientHarness(options => options.Edition = edition);
        harness.Network.Then(400, refusal);
        await Assert.ThrowsAsync<BiometricException>(() => harness.Client.MatchFacesAsync(Request()));
        Assert.Single(harness.Network.Sent);
    }

    [Fact]
    public async Task A_second_refusal_is_final()
    {
        using var harness = new ClientHarness();
        harness.Network.Then(400, "{\"user_image\":[\"x\"]}").Then(400, "{\"user_image\":[\"x\"]}");
        await Assert.ThrowsAsync<BiometricException>(() => harness.Client.MatchFacesAsync(Request()));
        Assert.Equal(2, harness.Network.Sent.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_image_over_the_limit_is_refused_before_anything_is_sent(bool canSeek)
    {
        using var harness = new ClientHarness(options => options.ImageMaxBytes = 8);
        Stream nine = new MemoryStream(new byte[9]);
        var refusal = await Assert.ThrowsAsync<BiometricException>(
            () => harness.Client.MatchFacesAsync(Request(canSeek ? nine : new OneWayStream(nine))));
        Assert.Equal(BiometricErrorCode.ImageTooLarge, refusal.Code);
        Assert.Contains("Biometric:ImageMaxBytes", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(harness.Network.Sent);
    }

    [Fact]
    public async Task An_empty_image_is_refused_before_anything_is_sent()
    {
        using var harness = new ClientHarness();
        var refusal = await Assert.ThrowsAsync<BiometricException>(() => harness.Client.MatchFacesAsync(Request(new MemoryStream())));
        Assert.Equal(BiometricErrorCode.ImageUnreadable, refusal.Code);
        Assert.Empty(harness.Network.Sent);
    }

    [Fact]
    public async Task A_stream_is_sent_from_where_it_stands_and_left_open()
    {
        using var harness = new ClientHarness();
        harness.Network.Then(200, GuideAnswer);
        using var stream = new MemoryStream("skipLIVEBYTES"u8.ToArray()) { Position = 4 };
        await harness.Client.MatchFacesAsync(Request(stream));
        Assert.DoesNotContain("skip", harness.Network.Sent[0].Text, StringComparison.Ordinal);
        Assert.True(stream.CanRead);
    }

    [Fact]
    public async Task The_provider_is_told_not_to_keep_the_images_unless_asked()
    {
        using var harness = new ClientHarness();
        harness.Network.Then(200, GuideAnswer).Then(200, GuideAnswer);
        await harness.Client.MatchFacesAsync(Request());
        var request = Request();
        request.SaveAtProvider = true;
        request.DeclineThreshold = Score.FromUnit(0.805m);
        request.VendorData = "Zoë";
        request.Metadata = new Dictionary<string, string>(StringComparer.Ordinal) { ["k"] = "v" };
        await harness.Client.MatchFacesAsync(request);
        Assert.Contains("name=\"save_api_request\"\r\n\r\nfalse\r\n", harness.Network.Sent[0].Text, StringComparison.Ordinal);
        var second = System.Text.Encoding.UTF8.GetString(harness.Network.Sent[1].Body);
        Assert.Contains("name=\"save_api_request\"\r\n\r\ntrue\r\n", second, StringComparison.Ordinal);
        Assert.Contains("name=\"face_match_score_decline_threshold\"\r\n\r\n80.5\r\n", second, StringComparison.Ordinal);
        Assert.Contains("name=\"vendor_data\"\r\n\r\nZoë\r\n", second, StringComparison.Ordinal);
        Assert.Contains("name=\"metadata\"\r\n\r\n{\"k\":\"v\"}\r\n", second, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Passive_liveness_is_asked_and_read()
    {
        using var harness = new ClientHarness();
        harness.Network.Then(200, "{\"request_id\":\"r-2\",\"liveness\":{\"status\":\"Approved\",\"method\":\"PASSIVE\",\"score\":91.2,\"warnings\":[],\"face_quality\":80}}");
        var result = await harness.Client.CheckPassiveLivenessAsync(new PassiveLivenessRequest(new FaceImage(new MemoryStream([1]), "a.webp")));
        Assert.Equal(FeatureStatus.Approved, result.Status);
        Assert.Equal(LivenessMethod.Passive, result.Method);
        Assert.Equal(Score.FromPercent(91.2m), result.Score);
        Assert.Equal("r-2", result.RequestId);
        var sent = Assert.Single(harness.Network.Sent);
        Assert.Equal("https://verification.didit.me/v3/passive-liveness/", sent.Url);
        Assert.Contains("name=\"user_image\"; filename=\"user_image.webp\"", sent.Text, StringComparison.Ordinal);
        Assert.Contains("Content-Type: image/webp", sent.Text, StringComparison.Ordinal);
        Assert.Contains("name=\"save_api_request\"\r\n\r\nfalse\r\n", sent.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("photo")]
    [InlineData("photo.gif")]
    [InlineData("photo.jpg\r\nX: y")]
    public void A_file_name_without_a_known_ending_is_refused(string name) =>
        Assert.Throws<ArgumentException>(() => new FaceImage(Stream.Null, name));

    private sealed class OneWayStream(Stream inner) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, Math.Min(count, 3));

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
