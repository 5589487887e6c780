using System.Globalization;
using System.Text;

namespace BiometricTwoFactor.Emulator.Tests.Judging;

public sealed class StandaloneMatchTests
{
    public static TheoryData<string, byte[]> WithoutFace => new()
    {
        { "noise", Pictures.Png() },
        { "begins like a JPEG", Pictures.Jpeg(4096) },
        { "empty", [] },
        { "text", Encoding.UTF8.GetBytes("not a picture at all") },
        { "cut off", Pictures.Png()[..500] },
    };

    [Theory]
    [MemberData(nameof(WithoutFace))]
    public async Task What_cannot_be_compared_is_declined_with_the_score_nought(string what, byte[] picture)
    {
        Assert.NotEmpty(what);
        await using var party = await RelyingParty.StartAsync();
        var match = (await party.MatchAsync(picture, picture, threshold: "0"))["face_match"]!;
        Assert.Equal("Declined", (string?)match["status"]);
        Assert.Equal(0m, (decimal?)match["score"]);
        // The reference lists the codes of this call; the matcher's own reasons stand in the text.
        Assert.Equal(["NO_REFERENCE_IMAGE"], match.Risks());
        Assert.Empty(match["user_image"]!["entities"]!.AsArray());
        var warning = match["warnings"]![0]!;
        Assert.Equal(("FACEMATCH", "error"), ((string?)warning["feature"], (string?)warning["log_type"]));
        Assert.Matches("User image: .+ Reference image: ", (string)warning["long_description"]!);
    }

    [Fact]
    public async Task The_guides_answer_to_it_is_as_flat_as_any()
    {
        await using var party = await RelyingParty.StartAsync(options => options.FaceMatchEdition = ApiEdition.Guide);
        var answer = await party.MatchAsync(Pictures.Png(), Pictures.Png(), guide: true);
        Assert.Equal("""{"status":"Declined","similarity_score":0}""", answer.ToJsonString());
    }

    [FacesFact]
    public async Task The_same_person_is_approved_and_another_declined()
    {
        await using var party = await RelyingParty.StartAsync();
        var same = (await party.MatchAsync(Faces.Read(Faces.SamePerson), Faces.Read(Faces.Person), "80"))["face_match"]!;
        Assert.Equal("Approved", (string?)same["status"]);
        Assert.InRange((decimal)same["score"]!, 90m, 100m);
        Assert.Empty(same.Risks());

        var other = (await party.MatchAsync(Faces.Read(Faces.Stranger), Faces.Read(Faces.Person)))["face_match"]!;
        Assert.Equal("Declined", (string?)other["status"]);
        Assert.InRange((decimal)other["score"]!, 0m, 30m);
        Assert.Equal(["LOW_FACE_MATCH_SIMILARITY"], other.Risks());
    }

    [FacesFact]
    public async Task The_faces_are_where_the_answer_says()
    {
        await using var party = await RelyingParty.StartAsync();
        var match = (await party.MatchAsync(Faces.Read(Faces.SamePerson), Faces.Read(Faces.Person)))["face_match"]!;
        foreach (var picture in (string[])["user_image", "ref_image"])
        {
            var entity = Assert.Single(match[picture]!["entities"]!.AsArray())!;
            int[] box = [.. entity["bbox"]!.AsArray().Select(side => (int)side!)];
            Assert.True(box is [> 0 and < 125, > 0 and < 125, > 125 and < 250, > 125 and < 250], string.Join(' ', box));
            Assert.InRange((decimal)entity["confidence"]!, 0.5m, 1m);
            Assert.NotNull(entity["age"]);
            Assert.NotNull(entity["gender"]);
        }
    }

    [FacesFact]
    public async Task Only_strictly_above_the_threshold_passes()
    {
        await using var party = await RelyingParty.StartAsync();
        var (first, second) = (Faces.Read(Faces.Double), Faces.Read(Faces.DoubleOf));
        var score = (decimal)(await party.MatchAsync(first, second))["face_match"]!["score"]!;
        Assert.Equal("Declined", await StatusAsync(score));
        Assert.Equal("Approved", await StatusAsync(score - 0.01m));

        async Task<string?> StatusAsync(decimal threshold) =>
            (string?)(await party.MatchAsync(first, second, threshold.ToString(CultureInfo.InvariantCulture)))["face_match"]!["status"];
    }

    [FacesFact]
    public async Task A_face_against_no_face_says_which_picture_has_none()
    {
        await using var party = await RelyingParty.StartAsync();
        var match = (await party.MatchAsync(Faces.Read(Faces.Person), Pictures.Png()))["face_match"]!;
        Assert.Equal(["NO_REFERENCE_IMAGE"], match.Risks());
        var text = (string)match["warnings"]![0]!["long_description"]!;
        Assert.Contains("Reference image: ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("User image: ", text, StringComparison.Ordinal);
        Assert.Single(match["user_image"]!["entities"]!.AsArray());
    }

    [Fact]
    public async Task A_score_that_is_set_is_reported_without_a_look()
    {
        await using var party = await RelyingParty.StartAsync(options => options.FaceMatchScore = 96m);
        var match = (await party.MatchAsync(Pictures.Png(), Pictures.Png()))["face_match"]!;
        Assert.Equal(("Approved", 96m), ((string?)match["status"], (decimal)match["score"]!));
    }
}
