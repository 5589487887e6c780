using System.CommandLine;
using BiometricTwoFactor.ReferenceMatcher;

namespace BiometricTwoFactor.Cli;

/// <summary><c>biometric2fa liveness</c>: whether a person was before the camera, from one picture or from a head turn.</summary>
internal static class LivenessCommand
{
    private const string PictureName = "capture";
    private const string TurnedLeft = "left";
    private const string TurnedRight = "right";
    private const int LeastFrames = 5;
    private const int MostFrames = 40;

    private static readonly Argument<string[]> Pictures = PictureSource.Several(
        "pictures", $"A JPEG or PNG file; with --turn {LeastFrames} to {MostFrames} of them in order. '-' reads one from standard input.");

    private static readonly Option<string?> ModelV2 = LivenessNetworks.V2Option();

    private static readonly Option<string?> ModelV1Se = LivenessNetworks.V1SeOption();

    private static readonly Option<decimal> Threshold = Percentage.Option("--threshold", "A score above this is live, 0 to 100.", 0.5);

    private static readonly Option<string?> Turn = TurnOption();

    public static Command Create(ToolContext context)
    {
        var command = new Command("liveness", "Judges liveness and prints JSON. Ends with 0 when live, 1 when not or not evaluated, 2 when asked wrongly.")
        {
            Pictures, ModelV2, ModelV1Se, Threshold, Turn,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, context, cancellationToken));
        return command;
    }

    private static Option<string?> TurnOption()
    {
        var option = new Option<string?>("--turn") { Description = "Judges a head turn over several pictures instead: which way, seen from the person. Pictures not mirrored." };
        option.AcceptOnlyFromAmong(TurnedLeft, TurnedRight);
        return option;
    }

    private static Task<int> RunAsync(ParseResult parsed, ToolContext context, CancellationToken cancellationToken)
    {
        var paths = parsed.GetValue(Pictures)!;
        return parsed.GetValue(Turn) is { } turn
            ? CheckTurnAsync(parsed, paths, turn == TurnedLeft ? HeadTurn.Left : HeadTurn.Right, context, cancellationToken)
            : CheckPictureAsync(parsed, paths, context, cancellationToken);
    }

    private static async Task<int> CheckPictureAsync(ParseResult parsed, string[] paths, ToolContext context, CancellationToken cancellationToken)
    {
        if (paths is not [var path])
        {
            throw new ToolException($"Several pictures are judged with {Turn.Name} alone.");
        }

        var files = await PictureSource.ReadAsync([(path, "The picture")], context, cancellationToken);
        var threshold = parsed.GetValue(Threshold);
        var matcher = context.MakeMatcher(new FaceMatcherOptions { LivenessScorer = LivenessNetworks.Load(parsed.GetValue(ModelV2), parsed.GetValue(ModelV1Se)) });
        var result = matcher.CheckLiveness(files[0]);
        var isLive = result.IsLive(Percentage.Share(threshold));
        await PrintAsync(result, threshold, isLive, context.Output);
        return isLive ? ExitCode.Success : ExitCode.Refused;
    }

    private static async Task<int> CheckTurnAsync(ParseResult parsed, string[] paths, HeadTurn turn, ToolContext context, CancellationToken cancellationToken)
    {
        if (paths.Length is < LeastFrames or > MostFrames)
        {
            throw new ToolException($"{Turn.Name} takes {LeastFrames} to {MostFrames} pictures.");
        }

        // Somebody who gives a network expects it to have a say.
        Option[] ofOnePicture = [ModelV2, ModelV1Se, Threshold];
        if (Array.Find(ofOnePicture, option => parsed.GetResult(option) is { Implicit: false }) is { } without)
        {
            throw new ToolException($"{Turn.Name} goes without {without.Name}: a head turn is judged by geometry.");
        }

        var files = await PictureSource.ReadAsync([.. paths.Select((path, i) => (path, $"Picture {i + 1}"))], context, cancellationToken);
        var matcher = context.MakeMatcher(new FaceMatcherOptions());
        var result = matcher.CheckHeadTurn([.. files.Select(file => new ReadOnlyMemory<byte>(file))], turn);
        await PrintAsync(result, files.Length, context.Output);
        return result.IsLive ? ExitCode.Success : ExitCode.Refused;
    }

    private static Task PrintAsync(LivenessResult result, decimal threshold, bool isLive, TextWriter output) => FaceJson.WriteAsync(output, json =>
    {
        json.WriteBoolean("live", isLive);
        json.WriteBoolean("not_evaluated", result.Score.Value is null);
        json.WriteScore("score", result.Score.Value);
        json.WriteNumber("threshold", threshold);
        List<FaceWarning> warnings = [.. result.Analysis.Warnings];
        if (result.Score.Value is not null && !isLive)
        {
            warnings.Add(new FaceWarning(FaceWarningCode.LowLivenessScore, "The capture looks less live than the threshold demands."));
        }

        json.WriteWarnings(warnings, _ => PictureName);
        json.WritePictures((PictureName, result.Analysis));
    });

    private static Task PrintAsync(HeadTurnResult result, int frames, TextWriter output) => FaceJson.WriteAsync(output, json =>
    {
        json.WriteBoolean("live", result.IsLive);
        json.WriteString("outcome", result.Outcome switch
        {
            HeadTurnOutcome.TooFewFrames => "too_few_frames",
            HeadTurnOutcome.FaceLost => "face_lost",
            HeadTurnOutcome.NotFrontal => "not_frontal",
            HeadTurnOutcome.TooLittle => "too_little",
            HeadTurnOutcome.WrongWay => "wrong_way",
            HeadTurnOutcome.Jumped => "jumped",
            HeadTurnOutcome.Flat => "flat",
            HeadTurnOutcome.NotRigid => "not_rigid",
            HeadTurnOutcome.Turned => "turned",
            _ => "unknown",
        });
        json.WriteNumber("frames", frames);
        json.WriteMeasure("min_yaw_degrees", result.MinYawDegrees);
        json.WriteMeasure("max_yaw_degrees", result.MaxYawDegrees);
        json.WriteMeasure("depth", result.Depth);
        json.WriteWarnings(result.Warnings, _ => null);
    });
}
