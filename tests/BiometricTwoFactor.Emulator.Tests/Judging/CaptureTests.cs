using BiometricTwoFactor.ReferenceMatcher;

namespace BiometricTwoFactor.Emulator.Tests.Judging;

/// <summary>Real faces before the hosted page.</summary>
public sealed class CaptureTests
{
    private const string User = "user-42";

    private static Task<RelyingParty.Created> AuthenticationAsync(RelyingParty party, string? portrait = null) =>
        party.CreatedAsync(new
        {
            workflow_id = EmulatedWorkflow.BiometricAuthenticationId,
            vendor_data = User,
            portrait_image = portrait is null ? null : Convert.ToBase64String(Faces.Read(portrait)),
        });

    [FacesTheory]
    [InlineData(Faces.Person, Faces.SamePerson, "Approved")]
    [InlineData(Faces.Person, Faces.Stranger, "Declined")]
    [InlineData(Faces.Double, Faces.DoubleOf, "In Review")]
    public async Task A_picture_is_compared_with_the_portrait_sent_along(string portrait, string selfie, string expected)
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await AuthenticationAsync(party, portrait);
        var (status, html) = await party.LookAsync(session, Faces.Read(selfie));

        Assert.Equal(200, status);
        Assert.Contains($"Status: <strong lang=\"en\">{expected}</strong>", html, StringComparison.Ordinal);
        Assert.Contains("Approved</span>, 95 of 100 (simulated)", html, StringComparison.Ordinal);
        var decision = await party.DecisionAsync(session.Id);
        Assert.Equal(expected, (string?)decision["status"]);
        var face = decision["face_matches"]![0]!;
        Assert.Equal(expected, (string?)face["status"]);
        Assert.Equal(expected == "Approved" ? [] : ["LOW_FACE_MATCH_SIMILARITY"], face.Risks());
        Assert.InRange((decimal)face["score"]!, expected == "Approved" ? 80.01m : expected == "In Review" ? 50.01m : 0m, expected == "Approved" ? 100m : expected == "In Review" ? 80m : 50m);
        var liveness = decision["liveness_checks"]![0]!;
        Assert.Equal(["LIVENESS_SIMULATED"], liveness.Risks());
        Assert.InRange((decimal)liveness["face_quality"]!, 1m, 100m);
    }

    [FacesFact]
    public async Task The_thresholds_are_the_workflows_and_strict()
    {
        await using var first = await RelyingParty.StartAsync();
        var probe = await AuthenticationAsync(first, Faces.Double);
        await first.Emulator.CompleteAsync(probe.Id, Faces.Read(Faces.DoubleOf));
        var score = (decimal)(await first.DecisionAsync(probe.Id))["face_matches"]![0]!["score"]!;

        Assert.Equal(SessionStatus.Declined, await StatusAsync(approveAbove: 100m, declineAtOrBelow: score));
        Assert.Equal(SessionStatus.InReview, await StatusAsync(approveAbove: score, declineAtOrBelow: score - 0.01m));
        Assert.Equal(SessionStatus.Approved, await StatusAsync(approveAbove: score - 0.01m, declineAtOrBelow: 0m));

        async Task<SessionStatus> StatusAsync(decimal approveAbove, decimal declineAtOrBelow)
        {
            await using var party = await RelyingParty.StartAsync(options => options.Workflows =
            [
                new EmulatedWorkflow
                {
                    Id = EmulatedWorkflow.BiometricAuthenticationId,
                    Kind = EmulatedWorkflowKind.BiometricAuthentication,
                    FaceMatchApproveAbove = approveAbove,
                    FaceMatchDeclineAtOrBelow = declineAtOrBelow,
                },
            ]);
            var session = await AuthenticationAsync(party, Faces.Double);
            await party.Emulator.CompleteAsync(session.Id, Faces.Read(Faces.DoubleOf));
            return party.Emulator.FindSession(session.Id)!.Status;
        }
    }

    [FacesFact]
    public async Task An_enrolment_keeps_the_face_that_later_captures_are_compared_with()
    {
        await using var party = await RelyingParty.StartAsync();
        var enrolment = await party.CreatedKycAsync(User);
        await party.Emulator.CompleteAsync(enrolment.Id, Faces.Read(Faces.Person));
        Assert.Equal(["FACE_MATCH_SIMULATED"], (await party.DecisionAsync(enrolment.Id))["face_matches"]![0]!.Risks());
        Assert.True(party.Emulator.HasFace(User));

        var stranger = await AuthenticationAsync(party);
        await party.Emulator.CompleteAsync(stranger.Id, Faces.Read(Faces.Stranger));
        Assert.Equal(SessionStatus.Declined, party.Emulator.FindSession(stranger.Id)!.Status);

        // The declined face has not taken the enrolled one's place.
        var same = await AuthenticationAsync(party);
        await party.Emulator.CompleteAsync(same.Id, Faces.Read(Faces.SamePerson));
        Assert.Equal(SessionStatus.Approved, party.Emulator.FindSession(same.Id)!.Status);
    }

    [FacesFact]
    public async Task A_portrait_sent_along_comes_before_the_stored_face()
    {
        await using var party = await RelyingParty.StartAsync();
        party.Emulator.StoreFace(User, Faces.Read(Faces.Stranger));
        var session = await AuthenticationAsync(party, Faces.Person);
        await party.Emulator.CompleteAsync(session.Id, Faces.Read(Faces.SamePerson));
        Assert.Equal(SessionStatus.Approved, party.Emulator.FindSession(session.Id)!.Status);
    }

    [FacesFact]
    public async Task A_face_enrolled_without_a_picture_approves_nobody()
    {
        await using var party = await RelyingParty.StartAsync();
        party.Emulator.StoreFace(User);
        var session = await AuthenticationAsync(party);
        await party.LookAsync(session, Faces.Read(Faces.Person));
        var face = (await party.DecisionAsync(session.Id))["face_matches"]![0]!;
        Assert.Equal("Declined", (string?)face["status"]);
        Assert.Null(face["score"]);
        Assert.Equal(["NO_REFERENCE_IMAGE"], face.Risks());
    }

    [FacesFact]
    public async Task A_stored_picture_without_a_face_approves_nobody()
    {
        await using var party = await RelyingParty.StartAsync();
        party.Emulator.StoreFace(User, Pictures.Png());
        var session = await AuthenticationAsync(party);
        await party.LookAsync(session, Faces.Read(Faces.Person));
        Assert.Equal(["NO_FACE_DETECTED", "NO_REFERENCE_IMAGE"], (await party.DecisionAsync(session.Id))["face_matches"]![0]!.Risks());
    }

    [FacesFact]
    public async Task A_capture_that_is_not_live_is_declined_though_the_face_is_right()
    {
        await using var party = await RelyingParty.StartAsync(options => options.Matcher =
            new FaceMatcher(new FaceMatcherOptions { LivenessScorer = new ScriptedLivenessScorer(LivenessScore.Of(0.5)) }));
        var session = await AuthenticationAsync(party, Faces.Person);
        Assert.Contains("Liveness is measured.", await party.Http.GetStringAsync(session.Url), StringComparison.Ordinal);
        await party.LookAsync(session, Faces.Read(Faces.SamePerson));
        var decision = await party.DecisionAsync(session.Id);
        Assert.Equal("Declined", (string?)decision["status"]);
        Assert.Equal(["LOW_LIVENESS_SCORE"], decision["liveness_checks"]![0]!.Risks());
        Assert.Equal("Approved", (string?)decision["face_matches"]![0]!["status"]);
    }

    [FacesFact]
    public async Task A_picture_that_is_too_dark_is_said_to_be()
    {
        await using var party = await RelyingParty.StartAsync(options => options.Matcher = new FaceMatcher(new FaceMatcherOptions { MinLuminance = 85 }));
        var session = await AuthenticationAsync(party, Faces.Person);
        var (status, html) = await party.LookAsync(session, Faces.Read(Faces.SamePerson));
        Assert.Equal(400, status);
        Assert.Contains("The face is too dark to be compared.", html, StringComparison.Ordinal);
    }

    [FacesFact]
    public async Task A_capture_that_is_sent_back_is_judged_anew_whatever_was_chosen_before()
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await AuthenticationAsync(party, Faces.Person);
        await party.Emulator.CompleteAsync(session.Id, SandboxScenario.ReviewFaceMatchBorderline);
        await party.SendAsync(HttpMethod.Patch, $"/v3/session/{session.Id}/update-status/", """{"new_status":"Resubmitted"}""");
        await party.LookAsync(session, Faces.Read(Faces.Stranger));
        Assert.Equal(SessionStatus.Declined, party.Emulator.FindSession(session.Id)!.Status);
    }

    [FacesFact]
    public async Task A_liveness_workflow_compares_with_nobody()
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await party.CreatedAsync(new { workflow_id = EmulatedWorkflow.LivenessOnlyId });
        await party.LookAsync(session, Faces.Read(Faces.Stranger));
        var decision = await party.DecisionAsync(session.Id);
        Assert.Equal("Approved", (string?)decision["status"]);
        Assert.Null(decision["face_matches"]);
    }
}
