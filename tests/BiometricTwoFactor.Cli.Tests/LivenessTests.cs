using System.Text;

namespace BiometricTwoFactor.Cli.Tests;

public sealed class LivenessTests(FaceFiles files) : IClassFixture<FaceFiles>
{
    private static readonly string[] PassiveMembers = ["live", "not_evaluated", "score", "threshold", "warnings", "pictures"];

    private static string[] BothNetworks =>
        ["--model-v2", Path.Combine(SharedData.Networks!, "fas27.json"), "--model-v1se", Path.Combine(SharedData.Networks!, "fas40.json")];

    [Fact]
    public async Task Without_a_face_nothing_is_evaluated_and_nobody_is_live()
    {
        var run = await ToolRun.WithAsync(["liveness", files.Noise]);
        Assert.Equal((1, ""), (run.ExitCode, run.Error));
        Assert.Equal(PassiveMembers, run.Json.Select(member => member.Key));
        Assert.False((bool)run.Json["live"]!);
        Assert.True((bool)run.Json["not_evaluated"]!);
        Assert.Null(run.Json["score"]);
        Assert.Equal(50, (decimal)run.Json["threshold"]!);
        var warning = Assert.Single(run.Json["warnings"]!.AsArray())!;
        Assert.Equal(("NO_FACE_DETECTED", "capture"), ((string?)warning["code"], (string?)warning["picture"]));
    }

    [Fact]
    public async Task The_picture_can_come_from_standard_input()
    {
        var run = await ToolRun.WithAsync(["liveness", "-"], await File.ReadAllBytesAsync(files.Noise));
        Assert.Equal("No face was found in the picture.", (string?)Assert.Single(run.Json["warnings"]!.AsArray())!["reason"]);
    }

    [Fact]
    public async Task A_head_turn_without_faces_is_not_live()
    {
        var run = await ToolRun.WithAsync(["liveness", "--turn", "left", .. Enumerable.Repeat(files.Text, 5)]);
        Assert.Equal((1, ""), (run.ExitCode, run.Error));
        Assert.Equal(["live", "outcome", "frames", "min_yaw_degrees", "max_yaw_degrees", "depth", "warnings"], run.Json.Select(member => member.Key));
        Assert.False((bool)run.Json["live"]!);
        Assert.Equal(("too_few_frames", 5), ((string?)run.Json["outcome"], (int)run.Json["frames"]!));
        Assert.Null(run.Json["depth"]);
        Assert.Equal("NO_FACE_DETECTED", (string?)Assert.Single(run.Json["warnings"]!.AsArray())!["code"]);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(41)]
    public async Task A_head_turn_takes_five_to_forty_pictures(int count)
    {
        var run = await ToolRun.WithAsync(["liveness", .. Enumerable.Repeat(files.Noise, count), "--turn", "right"]);
        Assert.Equal((2, "--turn takes 5 to 40 pictures.", ""), (run.ExitCode, run.Error.Trim(), run.Output));
    }

    [Theory]
    [InlineData("--threshold", "50")]
    [InlineData("--model-v2", "model.json")]
    [InlineData("--model-v1se", "model.json")]
    public async Task A_head_turn_takes_no_option_that_it_would_not_heed(string option, string value)
    {
        var run = await ToolRun.WithAsync(["liveness", "--turn", "left", option, value, .. Enumerable.Repeat(files.Noise, 5)]);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.StartsWith($"--turn goes without {option}", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_pictures_need_a_turn()
    {
        var run = await ToolRun.WithAsync(["liveness", files.Noise, files.Noise]);
        Assert.Equal((2, "Several pictures are judged with --turn alone.", ""), (run.ExitCode, run.Error.Trim(), run.Output));
    }

    [Fact]
    public async Task What_cannot_be_read_is_named_but_not_by_its_path()
    {
        var one = await ToolRun.WithAsync(["liveness", files.Missing]);
        Assert.Equal((2, "The picture cannot be read.", ""), (one.ExitCode, one.Error.Trim(), one.Output));
        var third = await ToolRun.WithAsync(["liveness", "--turn", "left", files.Noise, files.Noise, files.Missing, files.Noise, files.Noise]);
        Assert.Equal((2, "Picture 3 cannot be read.", ""), (third.ExitCode, third.Error.Trim(), third.Output));
        var twice = await ToolRun.WithAsync(["liveness", "--turn", "left", files.Noise, "-", files.Noise, "-", files.Noise]);
        Assert.Equal((2, "Only one picture can come from standard input.", ""), (twice.ExitCode, twice.Error.Trim(), twice.Output));
    }

    [Fact]
    public async Task A_network_that_cannot_be_used_is_no_reason_to_go_without()
    {
        foreach (var path in (string[])[files.Missing, files.Folder, ""])
        {
            var run = await ToolRun.WithAsync(["liveness", files.Noise, "--model-v1se", path]);
            Assert.Equal((2, ""), (run.ExitCode, run.Output));
            Assert.Contains("--model-v1se", run.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("canary", run.Error, StringComparison.Ordinal);
        }

        var wrong = await ToolRun.WithAsync(["liveness", files.Noise, "--model-v2", files.Write("model.json", Encoding.UTF8.GetBytes("""{"canary":1}"""))]);
        Assert.Equal((2, ""), (wrong.ExitCode, wrong.Output));
        Assert.StartsWith("A network for liveness cannot be used.", wrong.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", wrong.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--threshold", "101")]
    [InlineData("--threshold", "canary")]
    [InlineData("--turn", "canary")]
    [InlineData("--turn", "Left")]
    [InlineData("--model-v3", "canary")]
    public async Task Wrong_options_are_named_without_their_values(string option, string value)
    {
        var run = await ToolRun.WithAsync(["liveness", files.Noise, option, value]);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains($"See {option}.", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", run.Error, StringComparison.Ordinal);
    }

    [PhotographsFact]
    public async Task Without_a_network_a_face_is_found_and_not_evaluated()
    {
        var run = await ToolRun.WithAsync(["liveness", SharedData.Photograph("T1")]);
        Assert.Equal(1, run.ExitCode);
        Assert.True((bool)run.Json["not_evaluated"]!);
        Assert.Null(run.Json["score"]);
        Assert.Empty(run.Json["warnings"]!.AsArray());
        Assert.NotNull(run.Json["pictures"]![0]!["box"]);
    }

    [LivenessFact]
    public async Task A_person_is_live_and_pictures_of_one_are_not()
    {
        var live = await ToolRun.WithAsync(["liveness", SharedData.Photograph("T1"), .. BothNetworks]);
        Assert.Equal(0, live.ExitCode);
        Assert.Equal(PassiveMembers, live.Json.Select(member => member.Key));
        Assert.True((bool)live.Json["live"]!);
        Assert.False((bool)live.Json["not_evaluated"]!);
        Assert.InRange((double)live.Json["score"]!, 90, 100);
        Assert.Empty(live.Json["warnings"]!.AsArray());

        foreach (var spoof in (string[])["F1", "F2"])
        {
            var run = await ToolRun.WithAsync(["liveness", SharedData.Photograph(spoof), .. BothNetworks]);
            Assert.Equal(1, run.ExitCode);
            Assert.False((bool)run.Json["not_evaluated"]!);
            Assert.InRange((double)run.Json["score"]!, 0, 50);
            Assert.Equal("LOW_LIVENESS_SCORE", (string?)Assert.Single(run.Json["warnings"]!.AsArray())!["code"]);
        }
    }

    [LivenessFact]
    public async Task The_threshold_can_be_moved_and_one_network_suffices()
    {
        var strict = await ToolRun.WithAsync(["liveness", SharedData.Photograph("T1"), "--threshold", "100", .. BothNetworks[..2]]);
        Assert.Equal(1, strict.ExitCode);
        Assert.InRange((double)strict.Json["score"]!, 90, 100);
        Assert.Equal(100, (decimal)strict.Json["threshold"]!);
        var other = await ToolRun.WithAsync(["liveness", SharedData.Photograph("T1"), .. BothNetworks[2..]]);
        Assert.Equal(0, other.ExitCode);
    }

    [FacesFact]
    public async Task A_head_that_does_not_turn_is_not_live()
    {
        var run = await ToolRun.WithAsync(["liveness", "--turn", "right", .. Enumerable.Repeat(SharedData.SamePerson.A, 5)]);
        Assert.Equal(1, run.ExitCode);
        Assert.Equal("too_little", (string?)run.Json["outcome"]);
        Assert.DoesNotContain("-0,", run.Output, StringComparison.Ordinal);
        Assert.Equal("LOW_LIVENESS_SCORE", (string?)Assert.Single(run.Json["warnings"]!.AsArray())!["code"]);
    }
}
