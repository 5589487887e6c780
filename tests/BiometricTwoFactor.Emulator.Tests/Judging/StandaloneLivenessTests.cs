using BiometricTwoFactor.ReferenceMatcher;

namespace BiometricTwoFactor.Emulator.Tests.Judging;

public sealed class StandaloneLivenessTests
{
    private static Task<RelyingParty> StartAsync(LivenessScore score) => RelyingParty.StartAsync(options =>
        options.Matcher = new FaceMatcher(new FaceMatcherOptions { LivenessScorer = new ScriptedLivenessScorer(score) }));

    private static async Task<bool> IsSimulatedAsync(RelyingParty party, byte[] picture)
    {
        using var form = new MultipartFormDataContent { { Uploads.File(picture), "user_image", "live.jpg" } };
        using var response = await party.Http.PostAsync("/v3/passive-liveness/", form);
        return response.Headers.Contains("X-Emulator-Simulated");
    }

    [Fact]
    public async Task A_picture_without_a_face_is_not_live()
    {
        await using var party = await RelyingParty.StartAsync();
        var liveness = await party.LivenessAsync(Pictures.Png(), threshold: "0");
        Assert.Equal(("Declined", 0m), ((string?)liveness["status"], (decimal)liveness["score"]!));
        Assert.Equal(["NO_FACE_DETECTED"], liveness.Risks());
        Assert.Null(liveness["face_quality"]);
        Assert.Null(liveness["face_luminance"]);
    }

    [FacesFact]
    public async Task Without_a_scorer_the_answer_says_that_liveness_is_simulated()
    {
        await using var party = await RelyingParty.StartAsync();
        var liveness = await party.LivenessAsync(Faces.Read(Faces.Person));
        Assert.Equal(("Approved", 95m), ((string?)liveness["status"], (decimal)liveness["score"]!));
        // Not among its warnings, which the reference lists completely.
        Assert.Empty(liveness.Risks());
        Assert.True(await IsSimulatedAsync(party, Faces.Read(Faces.Person)));
        Assert.InRange((decimal)liveness["face_quality"]!, 1m, 100m);
        Assert.InRange((decimal)liveness["face_luminance"]!, 8m, 96m);
    }

    [Fact]
    public async Task So_does_one_with_a_score_that_is_set()
    {
        await using var party = await RelyingParty.StartAsync(options => options.LivenessScore = 12.5m);
        var liveness = await party.LivenessAsync(Pictures.Jpeg());
        Assert.Equal(["LOW_LIVENESS_SCORE"], liveness.Risks());
        Assert.True(await IsSimulatedAsync(party, Pictures.Jpeg()));
    }

    [FacesTheory]
    [InlineData("42.36", "Approved")]
    [InlineData("42.37", "Declined")]
    public async Task A_scorer_measures_and_only_strictly_above_the_threshold_is_live(string threshold, string expected)
    {
        await using var party = await StartAsync(LivenessScore.Of(0.4237));
        var liveness = await party.LivenessAsync(Faces.Read(Faces.Person), threshold);
        Assert.Equal((expected, 42.37m), ((string?)liveness["status"], (decimal)liveness["score"]!));
        Assert.Equal(expected == "Approved" ? [] : ["LOW_LIVENESS_SCORE"], liveness.Risks());
        Assert.False(await IsSimulatedAsync(party, Faces.Read(Faces.Person)));
    }

    [FacesFact]
    public async Task A_scorer_without_an_opinion_is_not_one_that_says_yes()
    {
        await using var party = await StartAsync(LivenessScore.NotEvaluated);
        var liveness = await party.LivenessAsync(Faces.Read(Faces.Person), threshold: "0");
        Assert.Equal(("Declined", 0m), ((string?)liveness["status"], (decimal)liveness["score"]!));
    }
}
