using BiometricTwoFactor.ReferenceMatcher;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BiometricTwoFactor.Emulator.Tests.Page;

/// <summary>Real faces, drawn faces and none before the camera of a real browser.</summary>
[Collection(CameraCollection.Name)]
public sealed class CameraTests(Cameras cameras)
{
    private static readonly LocatorAssertionsToContainTextOptions Patience = new() { Timeout = 60_000 };

    private static Task<RelyingParty.Created> AuthenticationAsync(RelyingParty party, byte[] portrait, string workflow = EmulatedWorkflow.BiometricAuthenticationId) =>
        party.CreatedAsync(new { workflow_id = workflow, vendor_data = "user-42", portrait_image = Convert.ToBase64String(portrait) });

    [BrowserFact(Needs.Faces)]
    public async Task The_enrolled_person_is_approved_without_pressing_anything_else()
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await AuthenticationAsync(party, Faces.Read(Faces.Person));
        await using var at = await CustomerPage.OpenAsync(
            await cameras.SeeingAsync("same-person", () => Film.Photograph(Faces.Read(Faces.SamePerson))), session.Url.AbsoluteUri);
        await at.StartAsync();
        await at.SeesAsync("Done");
        await at.ShotAsync("approved");

        var decision = await party.DecisionAsync(session.Id);
        Assert.Equal("Approved", (string?)decision["status"]);
        Assert.InRange((decimal)decision["face_matches"]![0]!["score"]!, 80.01m, 100m);
        Assert.Empty(at.Complaints);
        Assert.Equal(["created", "opened", "status_updated", "capture_started", "picture_judged", "status_updated"], Timeline(party, session));
    }

    [BrowserFact(Needs.Faces)]
    public async Task Another_person_is_declined()
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await AuthenticationAsync(party, Faces.Read(Faces.Person));
        await using var at = await CustomerPage.OpenAsync(
            await cameras.SeeingAsync("stranger", () => Film.Photograph(Faces.Read(Faces.Stranger))), session.Url.AbsoluteUri);
        await at.StartAsync();
        await at.TakeAsync();
        await at.SeesAsync("Not confirmed");
        await at.ShotAsync("declined");
        Assert.Equal(["LOW_FACE_MATCH_SIMILARITY"], (await party.DecisionAsync(session.Id))["face_matches"]![0]!.Risks());
    }

    [BrowserTheory(Needs.Liveness)]
    [InlineData("live", "Done")]
    [InlineData("spoof", "Not confirmed")]
    public async Task A_photo_of_a_photo_is_declined_where_liveness_is_measured_and_a_person_is_not(string shown, string end)
    {
        await using var party = await RelyingParty.StartAsync(options => options.Matcher =
            new FaceMatcher(new FaceMatcherOptions { LivenessScorer = MiniFasNetScorer.Load(LivenessFiles.V2, LivenessFiles.V1Se) }));
        var session = await party.CreatedAsync(new { workflow_id = EmulatedWorkflow.LivenessOnlyId });
        await using var at = await CustomerPage.OpenAsync(
            await cameras.SeeingAsync(shown, () => Film.Photograph(shown == "live" ? LivenessFiles.Live : LivenessFiles.Spoof, quarters: 1)), session.Url.AbsoluteUri);
        await Expect(at.Page.Locator("#about")).ToContainTextAsync("Liveness is measured.");
        await at.StartAsync();
        await at.TakeAsync();
        await at.SeesAsync(end);
        Assert.Equal(shown == "live" ? [] : ["LOW_LIVENESS_SCORE"], (await party.DecisionAsync(session.Id))["liveness_checks"]![0]!.Risks());
    }

    [BrowserFact]
    public async Task Nobody_before_the_camera_is_told_and_declined_after_the_third_try()
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await party.CreatedKycAsync();
        await using var at = await CustomerPage.OpenAsync(await cameras.SeeingAsync("nobody", Film.Nobody), session.Url.AbsoluteUri);
        await at.StartAsync();
        await Expect(at.Guide).ToContainTextAsync("Bring your face into the oval.", Patience);
        await at.PressAsync("Take the picture now");
        await Expect(at.Alert).ToContainTextAsync("No face was found in the picture.", Patience);
        await Expect(at.Alert).ToContainTextAsync("2 tries are left.");
        await Expect(at.Alert).ToBeFocusedAsync();

        foreach (var last in (bool[])[false, true])
        {
            await at.PressAsync("Try again");
            await at.PressAsync("Take the picture now");
            if (!last)
            {
                await Expect(at.Alert).ToContainTextAsync("This is the last try.", Patience);
            }
        }

        await at.SeesAsync("Not confirmed");
        Assert.Equal(["NO_FACE_DETECTED"], (await party.DecisionAsync(session.Id))["liveness_checks"]![0]!.Risks());
    }

    [BrowserFact]
    public Task Two_people_before_the_camera_are_told() =>
        AssertToldAsync("two", Film.TwoPeople, "Only one person may be in the picture.", "More than one face is in the picture.", "MULTIPLE_FACES_DETECTED");

    [BrowserFact]
    public Task Darkness_is_told() =>
        AssertToldAsync("dark", Film.Darkness, "It is too dark. Look for more light.", "The face is too dark to be compared.", "LOW_FACE_LUMINANCE");

    private async Task AssertToldAsync(string name, Func<Film> film, string guide, string problem, string code)
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await party.CreatedKycAsync();
        await using var at = await CustomerPage.OpenAsync(await cameras.SeeingAsync(name, film), session.Url.AbsoluteUri);
        await at.StartAsync();
        await Expect(at.Guide).ToContainTextAsync(guide, Patience);
        await at.PressAsync("Take the picture now");
        await Expect(at.Alert).ToContainTextAsync(problem, Patience);
        Assert.Equal(SessionStatus.InProgress, party.Emulator.FindSession(session.Id)!.Status);
        Assert.Contains(Entries(party, session), entry => entry.What == "picture_unusable" && entry.Detail!.Contains(code, StringComparison.Ordinal));
        Assert.Empty(at.Complaints);
    }

    [BrowserTheory]
    [InlineData("left", 36)]
    [InlineData("right", -36)]
    public async Task A_head_that_turns_as_asked_is_live_by_measure(string side, double degrees)
    {
        await using var party = await StartTurnAsync();
        var session = await AskedAsync(party, side);
        await using var at = await CustomerPage.OpenAsync(await cameras.SeeingAsync($"turning-{side}", () => Film.Turning(degrees)), session.Url.AbsoluteUri);
        await at.StartAsync();
        await Expect(at.Guide).ToContainTextAsync($"Now turn your head slowly to your {side}.", Patience);
        await at.ShotAsync($"turn-{side}");
        await SeesDoneAsync(at);

        var liveness = (await party.DecisionAsync(session.Id))["liveness_checks"]![0]!;
        Assert.Equal(("Approved", "ACTIVE_3D"), ((string?)liveness["status"], (string?)liveness["method"]));
        Assert.Empty(liveness.Risks());
        Assert.InRange((decimal)liveness["score"]!, 60m, 100m);
        Assert.Empty(at.Complaints);
    }

    /// <summary>A camera that a busy machine starves shows a fast turn; a person who is told so turns again, as often as the page allows.</summary>
    private static async Task SeesDoneAsync(CustomerPage at)
    {
        var done = at.Page.GetByRole(AriaRole.Heading, new() { Name = "Done", Level = 1 });
        var again = at.Page.GetByRole(AriaRole.Button, new() { Name = "Try again" });
        for (var tries = 2; tries > 0; tries--)
        {
            await Expect(done.Or(again)).ToBeVisibleAsync(new() { Timeout = 60_000 });
            if (await done.IsVisibleAsync())
            {
                return;
            }

            await again.ClickAsync();
        }

        await at.SeesAsync("Done");
    }

    [BrowserFact]
    public async Task A_head_that_turns_the_other_way_is_told()
    {
        await using var party = await StartTurnAsync();
        var session = await AskedAsync(party, "right");
        await using var at = await CustomerPage.OpenAsync(await cameras.SeeingAsync("turning-left", () => Film.Turning(36)), session.Url.AbsoluteUri);
        await at.StartAsync();
        await Expect(at.Alert).ToContainTextAsync("Your head turned the other way.", Patience);
    }

    [BrowserFact]
    public async Task A_still_photo_is_no_turning_head()
    {
        await using var party = await StartTurnAsync();
        var session = await party.CreatedAsync(new { workflow_id = "turn" });
        await using var at = await CustomerPage.OpenAsync(await cameras.SeeingSomebodyAsync(), session.Url.AbsoluteUri);
        await at.StartAsync();
        await Expect(at.Alert).ToContainTextAsync("Your head did not turn far enough.", Patience);
        Assert.Equal(SessionStatus.InProgress, party.Emulator.FindSession(session.Id)!.Status);
    }

    [BrowserFact]
    public async Task A_camera_that_is_not_allowed_is_replaced_by_a_picture()
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await party.CreatedKycAsync();
        await using var at = await CustomerPage.OpenAsync(await cameras.DeniedAsync(), session.Url.AbsoluteUri);
        await Expect(at.Page.Locator("#selfie")).ToBeHiddenAsync();
        await at.StartAsync();
        await Expect(at.Alert).ToContainTextAsync("The camera is blocked.", Patience);
        await at.Page.Locator("#selfie").SetInputFilesAsync(new FilePayload { Name = "me.png", MimeType = "image/png", Buffer = Pictures.Png() });
        await at.PressAsync("Judge this picture");
        await Expect(at.Alert).ToContainTextAsync("No face was found in the picture.", Patience);
        Assert.Empty(at.Complaints);
    }

    [BrowserFact]
    public async Task A_machine_without_a_camera_says_so()
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await party.CreatedKycAsync();
        await using var at = await CustomerPage.OpenAsync(await cameras.BlindAsync(), session.Url.AbsoluteUri);
        await at.StartAsync();
        await Expect(at.Alert).ToContainTextAsync("No camera was found.", Patience);
        await Expect(at.Page.Locator("#selfie")).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task An_armed_scenario_decides_whatever_the_camera_sees()
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await party.CreatedAsync(new { workflow_id = EmulatedWorkflow.KycEnrolmentId, sandbox_scenario = SandboxScenario.ReviewFaceMatchBorderline });
        await using var at = await CustomerPage.OpenAsync(await cameras.SeeingSomebodyAsync(), session.Url.AbsoluteUri);
        await Expect(at.Page.Locator(".note")).ToContainTextAsync("A scenario is armed");
        await at.StartAsync();
        await at.SeesAsync("Being looked at");
    }

    [BrowserFact]
    public async Task A_capture_that_is_decided_elsewhere_ends_on_the_page_as_well()
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await party.CreatedKycAsync();
        await using var at = await CustomerPage.OpenAsync(await cameras.SeeingAsync("nobody", Film.Nobody), session.Url.AbsoluteUri);
        await at.StartAsync();
        await Expect(at.Guide).ToContainTextAsync("Bring your face into the oval.", Patience);
        await party.Emulator.CompleteAsync(session.Id, SandboxScenario.Approve);
        await at.SeesAsync("Done");
    }

    private static Task<RelyingParty> StartTurnAsync() => RelyingParty.StartAsync(options => options.Workflows =
        [new EmulatedWorkflow { Id = "turn", Kind = EmulatedWorkflowKind.LivenessOnly, LivenessMethod = LivenessMethod.Active3D }]);

    /// <summary>The side is drawn by lot: makes sessions until it is the one that the film has.</summary>
    private static async Task<RelyingParty.Created> AskedAsync(RelyingParty party, string side)
    {
        while (true)
        {
            var session = await party.CreatedAsync(new { workflow_id = "turn" });
            if ((await party.Http.GetStringAsync(session.Url)).Contains($"data-turn=\"{side}\"", StringComparison.Ordinal))
            {
                return session;
            }
        }
    }

    private static IEnumerable<string> Timeline(RelyingParty party, RelyingParty.Created session) => Entries(party, session).Select(entry => entry.What);

    private static IReadOnlyList<SessionTimeline.Entry> Entries(RelyingParty party, RelyingParty.Created session) => party.Emulator.Core.Find(session.Id.ToString())!.Timeline.Entries;
}
