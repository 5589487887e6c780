using System.Text;

namespace BiometricTwoFactor.Emulator.Tests.Judging;

/// <summary>Faces are kept as long as they serve, in memory, and shown to nobody.</summary>
public sealed class KeptPictureTests
{
    private const string User = "user-42";

    private static EmulatedWorkflow Workflow => EmulatedWorkflow.Defaults().First(workflow => workflow.NeedsReferenceFace);

    private static SessionRecord Session(SessionStatus status = SessionStatus.Approved) => new()
    {
        Id = EmulatorSettings.NewUuid(),
        Number = 1,
        Token = EmulatorSettings.RandomText(12),
        Workflow = Workflow,
        VendorData = User,
        CreatedAt = DateTimeOffset.UnixEpoch,
        ExpiresAt = DateTimeOffset.UnixEpoch,
        Status = status,
        KeepsFace = true,
        Portrait = new HeldPicture([1, 2, 3]),
        Capture = new HeldPicture([4, 5, 6]),
    };

    public static TheoryData<string> Ends => ["delete user", "forget face", "forget twice", "dispose"];

    [Theory]
    [MemberData(nameof(Ends))]
    public void Whatever_ends_a_face_zeroes_its_bytes(string end)
    {
        var store = new SessionStore();
        var session = Session();
        store.Add(session);
        var byHand = new HeldPicture([7, 8, 9]);
        store.StoreFace(User, byHand);
        var portrait = session.Portrait!.Bytes;
        var capture = session.Capture!.Bytes;
        session.Frames.Add(new HeldPicture([1, 1, 1]));
        var frame = session.Frames[0].Bytes;
        var enrolled = byHand.Bytes;

        switch (end)
        {
            case "delete user":
                store.DeleteUser(User);
                break;
            case "forget face":
                store.ForgetFace(User);
                break;
            case "forget twice":
                store.ForgetFace(User);
                store.ForgetFace(User);
                break;
            default:
                store.WipePictures();
                break;
        }

        Assert.Equal([0, 0, 0], portrait.ToArray());
        Assert.Equal([0, 0, 0], capture.ToArray());
        Assert.Equal([0, 0, 0], frame.ToArray());
        Assert.Equal([0, 0, 0], enrolled.ToArray());
        Assert.True(byHand.Bytes.IsEmpty);
        var next = Session(SessionStatus.NotStarted);
        next.WipePictures();
        Assert.Null(store.ReferenceOf(next));
    }

    [Fact]
    public async Task What_was_shown_is_kept_for_the_console_until_it_is_sent_back_or_deleted()
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await party.CreatedKycAsync(User);
        var record = party.Emulator.Core.Find(session.Id.ToString())!;
        await party.LookAsync(session, Pictures.Png());
        Assert.Equal(Pictures.Png(), Assert.Single(record.Frames).Bytes.ToArray());
        await party.LookAsync(session, Pictures.Png(seed: 2));
        await party.LookAsync(session, Pictures.Png(seed: 3));
        Assert.Equal(SessionStatus.Declined, record.Status);
        var kept = Assert.Single(record.Frames);
        Assert.Equal(Pictures.Png(seed: 3), kept.Bytes.ToArray());
        Assert.Null(record.Capture);

        var bytes = kept.Memory;
        await party.SendAsync(HttpMethod.Delete, $"/v3/session/{session.Id}/delete/");
        Assert.Empty(record.Frames);
        Assert.All(bytes.ToArray(), value => Assert.Equal(0, value));
    }

    [Fact]
    public void Few_frames_of_few_sessions_are_kept()
    {
        var shelf = new FrameShelf();
        var sessions = Enumerable.Range(0, 60).Select(_ => Session()).ToArray();
        byte[] lengths = [.. Enumerable.Range(1, 30).Select(i => (byte)i)];
        foreach (var session in sessions)
        {
            shelf.Keep(session, [.. lengths.Select(length => new HeldPicture(new byte[length]))]);
        }

        Assert.All(sessions[..10], session => Assert.Empty(session.Frames));
        Assert.All(sessions[10..], session => Assert.Equal(12, session.Frames.Count));
        Assert.Equal((1, 30), (sessions[^1].Frames[0].Bytes.Length, sessions[^1].Frames[^1].Bytes.Length));
        shelf.Keep(sessions[^1], [new HeldPicture(new byte[3 * 1024 * 1024])]);
        Assert.Empty(sessions[^1].Frames);
    }

    [Fact]
    public void A_picture_stored_anew_replaces_and_zeroes_the_old_one_and_none_replaces_nothing()
    {
        var store = new SessionStore();
        var (first, second) = (new HeldPicture([1, 2, 3]), new HeldPicture([4, 5, 6]));
        var old = first.Bytes;
        store.StoreFace(User, first);
        store.StoreFace(User, second);
        store.StoreFace(User);
        Assert.Equal([0, 0, 0], old.ToArray());
        Assert.Equal([4, 5, 6], second.Bytes.ToArray());
        Assert.Equal(nameof(HeldPicture), second.ToString());
    }

    [FacesFact]
    public async Task Nobody_is_compared_with_a_face_that_was_deleted()
    {
        await using var party = await RelyingParty.StartAsync();
        var enrolment = await party.CreatedKycAsync(User);
        await party.Emulator.CompleteAsync(enrolment.Id, Faces.Read(Faces.Person));
        var open = await party.CreatedAsync(new { workflow_id = EmulatedWorkflow.BiometricAuthenticationId, vendor_data = User });

        await party.SendAsync(HttpMethod.Delete, $"/v3/session/{enrolment.Id}/delete/");

        Assert.False(party.Emulator.HasFace(User));
        await party.Emulator.CompleteAsync(open.Id, Faces.Read(Faces.SamePerson));
        Assert.Equal(["NO_REFERENCE_IMAGE"], (await party.DecisionAsync(open.Id))["face_matches"]![0]!.Risks());
    }

    [FacesFact]
    public async Task A_reviewers_refusal_takes_the_face_along()
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await party.CreatedAsync(new
        {
            workflow_id = EmulatedWorkflow.BiometricAuthenticationId,
            vendor_data = User,
            portrait_image = Convert.ToBase64String(Faces.Read(Faces.Double)),
        });
        await party.Emulator.CompleteAsync(session.Id, Faces.Read(Faces.DoubleOf));
        await party.Emulator.ReviewAsync(session.Id, approved: false);
        await party.Emulator.ReviewAsync(session.Id, approved: true);

        var next = await party.CreatedAsync(new { workflow_id = EmulatedWorkflow.BiometricAuthenticationId, vendor_data = User });
        await party.Emulator.CompleteAsync(next.Id, Faces.Read(Faces.DoubleOf));
        Assert.Equal(["NO_REFERENCE_IMAGE"], (await party.DecisionAsync(next.Id))["face_matches"]![0]!.Risks());
    }

    [Fact]
    public async Task No_byte_of_a_picture_is_in_an_answer_a_webhook_or_a_log()
    {
        using var log = new CapturingLog();
        await using var party = await RelyingParty.StartAsync(options => options.LoggerFactory = log);
        var (portrait, selfie) = (Pictures.Png(seed: 7), Pictures.Png(seed: 8));
        List<string> seen = [];
        var session = await party.CreatedAsync(new
        {
            workflow_id = EmulatedWorkflow.BiometricAuthenticationId,
            vendor_data = User,
            portrait_image = Convert.ToBase64String(portrait),
        });
        seen.Add(session.Answer.ToJsonString());
        seen.Add(await party.Http.GetStringAsync(session.Url));
        for (var i = 0; i < 3; i++)
        {
            seen.Add((await party.LookAsync(session, selfie, "Canary.jpg")).Html);
        }

        seen.Add((await party.DecisionAsync(session.Id)).ToJsonString());
        seen.Add((await party.MatchAsync(portrait, selfie)).ToJsonString());
        seen.Add((await party.LivenessAsync(selfie)).ToJsonString());
        seen.Add((await party.SendAsync(HttpMethod.Get, "/v3/sessions/")).Body);
        await party.Emulator.WebhooksIdleAsync();
        seen.AddRange(party.Receiver.All.Select(received => Encoding.UTF8.GetString(received.Body)));
        seen.AddRange(log.Lines);

        string[] traces = [.. ((byte[][])[portrait, selfie]).Select(picture => Convert.ToBase64String(picture, 120, 60)), "Canary"];
        Assert.NotEmpty(log.Lines);
        Assert.All(seen, text => Assert.All(traces, trace => Assert.DoesNotContain(trace, text, StringComparison.Ordinal)));
    }
}
