using BiometricTwoFactor.Emulator.Tests.Page;
using BiometricTwoFactor.ReferenceMatcher;
using BiometricTwoFactor.ReferenceMatcher.Tests;

namespace BiometricTwoFactor.Emulator.Tests.Judging;

/// <summary>Series of drawn heads before an <c>ACTIVE_3D</c> workflow, as the page's script sends them.</summary>
public sealed class HeadTurnTests
{
    private static readonly double[] Steps = [.. Enumerable.Range(0, 11).Select(i => i / 10.0)];

    private static Task<RelyingParty> StartAsync(Action<BiometricEmulatorOptions>? configure = null) => RelyingParty.StartAsync(options =>
    {
        options.Workflows = [new EmulatedWorkflow { Id = "turn", Kind = EmulatedWorkflowKind.BiometricAuthentication, LivenessMethod = LivenessMethod.Active3D }];
        configure?.Invoke(options);
    });

    private static Task<RelyingParty.Created> CreatedAsync(RelyingParty party, DrawnFace portrait) => party.CreatedAsync(
        new { workflow_id = "turn", portrait_image = Convert.ToBase64String(Frame(portrait)) });

    [BrowserFact]
    public async Task A_head_that_turns_is_live_by_measure_and_its_frontal_frame_is_compared()
    {
        await using var party = await StartAsync();
        var session = await CreatedAsync(party, new DrawnFace());
        var degrees = await AskedDegreesAsync(party, session);
        var (_, over) = await ShowAsync(party, session, Steps.Select(step => new DrawnFace { YawDegrees = degrees * step }));

        Assert.Equal("Approved", (string?)over["status"]);
        var decision = await party.DecisionAsync(session.Id);
        Assert.Empty(decision["liveness_checks"]![0]!.Risks());
        Assert.InRange((decimal)decision["face_matches"]![0]!["score"]!, 80.01m, 100m);
        Assert.Equal(11, party.Emulator.Core.Find(session.Id.ToString())!.Frames.Count);
    }

    [BrowserFact(Needs.Faces)]
    public async Task Somebody_elses_head_is_live_and_declined()
    {
        await using var party = await StartAsync();
        var session = await party.CreatedAsync(
            new { workflow_id = "turn", vendor_data = "user-42", portrait_image = Convert.ToBase64String(Faces.Read(Faces.Stranger)) });
        var degrees = await AskedDegreesAsync(party, session);
        await ShowAsync(party, session, Steps.Select(step => new DrawnFace { YawDegrees = degrees * step }));
        var decision = await party.DecisionAsync(session.Id);
        Assert.Equal("Approved", (string?)decision["liveness_checks"]![0]!["status"]);
        Assert.Equal("Declined", (string?)decision["face_matches"]![0]!["status"]);
    }

    [Theory]
    [InlineData(HeadTurnOutcome.Flat)]
    [InlineData(HeadTurnOutcome.NotRigid)]
    public void What_is_no_head_is_declined_and_gets_no_second_try(HeadTurnOutcome outcome)
    {
        var turn = new HeadTurnResult(outcome, 0, 30, 0.3f, [new FaceWarning(FaceWarningCode.LivenessFaceAttack, "It is flat.")]);
        Assert.Null(HeadTurnJudge.Problem(turn));
        var step = HeadTurnJudge.Judge(turn, threshold: 20m);
        Assert.Equal((FeatureStatus.Declined, 0m), (step.Status, step.Score));
        Assert.Equal(FaceWarningCode.LivenessFaceAttack, Assert.Single(step.Warnings).Risk);
    }

    [Theory]
    [InlineData(HeadTurnOutcome.TooFewFrames)]
    [InlineData(HeadTurnOutcome.FaceLost)]
    [InlineData(HeadTurnOutcome.NotFrontal)]
    [InlineData(HeadTurnOutcome.TooLittle)]
    [InlineData(HeadTurnOutcome.WrongWay)]
    [InlineData(HeadTurnOutcome.Jumped)]
    public void What_the_person_can_do_better_is_told_in_words_that_every_language_has(HeadTurnOutcome outcome)
    {
        var problem = HeadTurnJudge.Problem(new HeadTurnResult(outcome, 0, 0, null, [new FaceWarning(FaceWarningCode.LowLivenessScore, "Again.")]));
        Assert.Contains(problem!.Text, PageTexts.For("en").Keys);
    }

    [Fact]
    public void A_head_that_turned_is_live_strictly_above_the_threshold()
    {
        var turn = new HeadTurnResult(HeadTurnOutcome.Turned, 0, 30, 0.8f, []);
        Assert.Equal(FeatureStatus.Approved, HeadTurnJudge.Judge(turn, 79m).Status);
        Assert.Equal(FeatureStatus.Declined, HeadTurnJudge.Judge(turn, 80m).Status);
    }

    [BrowserFact]
    public async Task A_still_picture_is_refused_three_times_and_then_declined()
    {
        await using var party = await StartAsync();
        var session = await CreatedAsync(party, new DrawnFace());
        for (var i = 0; i < 2; i++)
        {
            var (_, again) = await ShowAsync(party, session, Steps.Select(_ => new DrawnFace()));
            Assert.Equal(("retry", "LOW_LIVENESS_SCORE", "Your head did not turn far enough."),
                ((string?)again["state"], (string?)again["problems"]![0]!["code"], (string?)again["problems"]![0]!["text"]));
        }

        await ShowAsync(party, session, Steps.Select(_ => new DrawnFace()));
        var liveness = (await party.DecisionAsync(session.Id))["liveness_checks"]![0]!;
        Assert.Equal(("Declined", 0m), ((string?)liveness["status"], (decimal)liveness["score"]!));
        Assert.Equal(["LOW_LIVENESS_SCORE"], liveness.Risks());
    }

    [BrowserFact]
    public async Task A_single_frame_is_no_turn_and_the_side_stays_until_a_try_is_over()
    {
        await using var party = await StartAsync();
        HashSet<double> sides = [];
        while (sides.Count < 2)
        {
            var session = await CreatedAsync(party, new DrawnFace());
            var side = await AskedDegreesAsync(party, session);
            Assert.Equal(side, await AskedDegreesAsync(party, session));
            sides.Add(side);
            var (_, again) = await ShowAsync(party, session, [new DrawnFace()]);
            Assert.Equal("Your face was lost on the way. Keep it in the oval.", (string?)again["problems"]![0]!["text"]);
            Assert.Equal((string?)again["turn"] == "left" ? 36 : -36, await AskedDegreesAsync(party, session));
        }
    }

    [BrowserFact]
    public async Task A_picture_from_a_file_is_simulated_and_says_so()
    {
        await using var party = await StartAsync();
        var session = await CreatedAsync(party, new DrawnFace());
        Assert.Contains("with a single picture it is simulated", await party.Http.GetStringAsync(session.Url), StringComparison.Ordinal);
        await party.LookAsync(session, Frame(new DrawnFace()));
        Assert.Equal(["LIVENESS_SIMULATED"], (await party.DecisionAsync(session.Id))["liveness_checks"]![0]!.Risks());
    }

    [BrowserFact]
    public async Task A_score_that_is_set_decides_whatever_the_head_does()
    {
        await using var party = await StartAsync(options => options.LivenessScore = 70m);
        var session = await CreatedAsync(party, new DrawnFace());
        await ShowAsync(party, session, Steps.Select(_ => new DrawnFace()));
        var liveness = (await party.DecisionAsync(session.Id))["liveness_checks"]![0]!;
        Assert.Equal(70m, (decimal)liveness["score"]!);
        Assert.Equal(["LIVENESS_SIMULATED"], liveness.Risks());
    }

    private static Task<(int Status, System.Text.Json.Nodes.JsonNode Body)> ShowAsync(RelyingParty party, RelyingParty.Created session, IEnumerable<DrawnFace> faces) =>
        party.AskAsync(session.Url.AbsolutePath + "/capture", Uploads.Frames([.. faces.Select(Frame)]));

    /// <summary>36 degrees to the side that the page asks for.</summary>
    private static async Task<double> AskedDegreesAsync(RelyingParty party, RelyingParty.Created session) =>
        (await party.Http.GetStringAsync(session.Url)).Contains("data-turn=\"left\"", StringComparison.Ordinal) ? 36 : -36;

    private static byte[] Frame(DrawnFace face) =>
        JpegTools.Encode(240, 240, DrawnFace.Paint(240, 240, face with { X = 120, Y = 120, Size = 45 }));
}
