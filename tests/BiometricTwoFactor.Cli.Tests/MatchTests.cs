using System.Text.Json.Nodes;

namespace BiometricTwoFactor.Cli.Tests;

public sealed class MatchTests(FaceFiles files) : IClassFixture<FaceFiles>
{
    [Fact]
    public async Task Pictures_without_a_face_are_declined_with_a_reason_for_each()
    {
        var run = await ToolRun.WithAsync(["match", files.Noise, files.Noise]);
        Assert.Equal(1, run.ExitCode);
        Assert.Equal("", run.Error);
        Assert.Equal("declined", (string?)run.Json["status"]);
        Assert.Equal(
            [("NO_FACE_DETECTED", "selfie"), ("NO_FACE_DETECTED", "reference"), ("NO_REFERENCE_IMAGE", null)],
            run.Json["warnings"]!.AsArray().Select(warning => ((string)warning!["code"]!, (string?)warning["picture"])));
        Assert.All(["similarity", "score", "cosine"], name => Assert.Null(run.Json[name]));
    }

    [Fact]
    public async Task The_object_has_the_same_members_whatever_was_found()
    {
        var run = await ToolRun.WithAsync(["match", files.Text, files.Text]);
        Assert.Equal(["status", "similarity", "score", "cosine", "warnings", "pictures"], Names(run.Json));
        Assert.All(run.Json["warnings"]!.AsArray(), warning => Assert.Equal(["code", "reason", "picture"], Names(warning)));
        Assert.Equal(["selfie", "reference"], run.Json["pictures"]!.AsArray().Select(picture => (string)picture!["picture"]!));
        Assert.All(run.Json["pictures"]!.AsArray(), AssertPictureShape);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Either_picture_can_come_from_standard_input(bool selfie)
    {
        var png = await File.ReadAllBytesAsync(files.Noise);
        var run = await ToolRun.WithAsync(selfie ? ["match", "-", files.Text] : ["match", files.Text, "-"], png);
        Assert.Equal(1, run.ExitCode);
        var warning = Assert.Single(run.Json["warnings"]!.AsArray(), one => (string?)one!["reason"] == "No face was found in the picture.");
        Assert.Equal(selfie ? "selfie" : "reference", (string?)warning!["picture"]);
    }

    [Fact]
    public async Task Standard_input_holds_one_picture_only()
    {
        var run = await ToolRun.WithAsync(["match", "-", "-"]);
        Assert.Equal(2, run.ExitCode);
        Assert.Equal("Only one picture can come from standard input.", run.Error.Trim());
    }

    [Fact]
    public async Task A_file_that_is_no_picture_is_declined_and_not_quoted()
    {
        var run = await ToolRun.WithAsync(["match", files.Text, files.Text]);
        Assert.Equal(1, run.ExitCode);
        Assert.Equal("NO_FACE_DETECTED", (string?)run.Json["warnings"]![0]!["code"]);
        Assert.DoesNotContain("canary", run.Output + run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_read_is_named_but_not_by_its_path()
    {
        foreach (var path in (string[])[files.Missing, files.Folder, "", "canary\0"])
        {
            var selfie = await ToolRun.WithAsync(["match", path, files.Noise]);
            var reference = await ToolRun.WithAsync(["match", files.Noise, path]);
            Assert.Equal((2, "The selfie cannot be read.", ""), (selfie.ExitCode, selfie.Error.Trim(), selfie.Output));
            Assert.Equal((2, "The reference cannot be read.", ""), (reference.ExitCode, reference.Error.Trim(), reference.Output));
        }
    }

    [Fact]
    public async Task A_file_beyond_the_limit_is_not_read_to_its_end()
    {
        var run = await ToolRun.WithAsync(["match", "-", files.Noise], new byte[(20 * 1024 * 1024) + 1]);
        Assert.Equal((2, "The selfie is larger than 20 MiB.", ""), (run.ExitCode, run.Error.Trim(), run.Output));
    }

    [Theory]
    [InlineData("--approve-above", "100.01")]
    [InlineData("--approve-above", "-1")]
    [InlineData("--approve-above", "NaN")]
    [InlineData("--approve-above", "8,5")]
    [InlineData("--decline-at", "canary")]
    [InlineData("--decline-at", "1e1")]
    [InlineData("--decline-at", "")]
    [InlineData("--mirorred", "canary")]
    public async Task Wrong_options_are_named_without_their_values(string option, string value)
    {
        // Read as a picture's name, the mistyped one would leave too many of them, or one that is missing.
        foreach (var args in (string[][])[["match", files.Text, files.Text, option, value], ["match", files.Noise, option + "=" + value]])
        {
            var run = await ToolRun.WithAsync(args);
            Assert.Equal((2, ""), (run.ExitCode, run.Output));
            Assert.Contains(option, run.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("canary", run.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Approval_cannot_begin_below_refusal()
    {
        var run = await ToolRun.WithAsync(["match", files.Noise, files.Noise, "--approve-above", "40"]);
        Assert.Equal((2, "--approve-above must not be below --decline-at.", ""), (run.ExitCode, run.Error.Trim(), run.Output));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task It_takes_two_pictures(int count)
    {
        var run = await ToolRun.WithAsync(["match", .. Enumerable.Repeat(files.Noise, count)]);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
    }

    [FacesFact]
    public async Task The_same_person_is_approved()
    {
        var (a, b, cosine) = SharedData.SamePerson;
        var run = await ToolRun.WithAsync(["match", a, b]);
        Assert.Equal(0, run.ExitCode);
        Assert.Equal("approved", (string?)run.Json["status"]);
        Assert.InRange((double)run.Json["cosine"]!, cosine - 0.002, cosine + 0.002);
        var similarity = (double)run.Json["similarity"]!;
        Assert.InRange(similarity, 0.8, 1);
        Assert.InRange((double)run.Json["score"]!, (similarity * 100) - 0.011, (similarity * 100) + 0.001);
        Assert.Matches("""\n  "score": \d+\.\d\d,""", run.Output);
        Assert.Empty(run.Json["warnings"]!.AsArray());
        Assert.DoesNotContain(Path.GetFileNameWithoutExtension(a), run.Output, StringComparison.Ordinal);
        Assert.All(run.Json["pictures"]!.AsArray(), picture =>
        {
            AssertPictureShape(picture);
            Assert.InRange((double)picture!["confidence"]!, 0.5, 1);
            Assert.InRange((double)picture["box"]!["width"]!, 36, 250);
            Assert.Equal(1, (int)picture["quality"]!["face_count"]!);
        });
    }

    [FacesFact]
    public async Task Another_person_is_declined()
    {
        var (a, b, _) = SharedData.OtherPerson;
        var run = await ToolRun.WithAsync(["match", a, b]);
        Assert.Equal(1, run.ExitCode);
        Assert.Equal("declined", (string?)run.Json["status"]);
        var warning = Assert.Single(run.Json["warnings"]!.AsArray());
        Assert.Equal("LOW_FACE_MATCH_SIMILARITY", (string?)warning!["code"]);
        Assert.Null(warning["picture"]);
    }

    [FacesFact]
    public async Task A_file_and_standard_input_come_to_the_same()
    {
        var (a, b, _) = SharedData.SamePerson;
        var fromFile = await ToolRun.WithAsync(["match", a, b]);
        var fromInput = await ToolRun.WithAsync(["match", "-", b], await File.ReadAllBytesAsync(a));
        Assert.Equal(fromFile.Output, fromInput.Output);
    }

    [FacesFact]
    public async Task Options_move_the_thresholds()
    {
        var (a, b, _) = SharedData.SamePerson;
        var review = await ToolRun.WithAsync(["match", a, b, "--approve-above", "100", "--decline-at", "0.5"]);
        Assert.Equal((1, "in_review"), (review.ExitCode, (string?)review.Json["status"]));
        var declined = await ToolRun.WithAsync(["match", "--approve-above=100", "--decline-at=100", a, b]);
        Assert.Equal((1, "declined"), (declined.ExitCode, (string?)declined.Json["status"]));
        var mirrored = await ToolRun.WithAsync(["match", a, b, "--mirrored"]);
        Assert.Equal((0, "approved"), (mirrored.ExitCode, (string?)mirrored.Json["status"]));
        Assert.NotEqual((double)review.Json["cosine"]!, (double)mirrored.Json["cosine"]!);
    }

    private static IEnumerable<string> Names(JsonNode? node) => node!.AsObject().Select(member => member.Key);

    private static void AssertPictureShape(JsonNode? picture)
    {
        Assert.Equal(["picture", "box", "confidence", "roll_degrees", "yaw_degrees", "quality"], Names(picture));
        if (picture!["box"] is { } box)
        {
            Assert.Equal(["x", "y", "width", "height"], Names(box));
            Assert.Equal(["face_size", "sharpness", "luminance", "face_count"], Names(picture["quality"]));
        }
    }
}
