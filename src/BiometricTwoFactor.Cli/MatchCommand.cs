using System.CommandLine;
using BiometricTwoFactor.ReferenceMatcher;

namespace BiometricTwoFactor.Cli;

/// <summary><c>biometric2fa match</c>: whether two pictures show the same face.</summary>
internal static class MatchCommand
{
    private const string SelfieName = "selfie";
    private const string ReferenceName = "reference";

    private static readonly Argument<string> Selfie = PictureSource.One(SelfieName, "The live picture: a JPEG or PNG file; '-' reads standard input.");

    private static readonly Argument<string> Reference = PictureSource.One(ReferenceName, "The portrait to compare with: a JPEG or PNG file; '-' reads standard input.");

    private static readonly Option<decimal> ApproveAbove =
        Percentage.Option("--approve-above", "A score above this is approved, 0 to 100.", FaceThresholds.Default.ApproveAbove);

    private static readonly Option<decimal> DeclineAt =
        Percentage.Option("--decline-at", "A score at or below this is declined, 0 to 100. In between is in review.", FaceThresholds.Default.DeclineAtOrBelow);

    private static readonly Option<bool> Mirrored = new("--mirrored") { Description = "Averages each face with its mirror image: fewer errors, more work." };

    public static Command Create(ToolContext context)
    {
        var command = new Command("match", "Compares two faces and prints JSON. Ends with 0 when they are approved, 1 when not, 2 when asked wrongly.")
        {
            Selfie, Reference, ApproveAbove, DeclineAt, Mirrored,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, context, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, ToolContext context, CancellationToken cancellationToken)
    {
        var (approveAbove, declineAt) = (parsed.GetValue(ApproveAbove), parsed.GetValue(DeclineAt));
        if (approveAbove < declineAt)
        {
            throw new ToolException($"{ApproveAbove.Name} must not be below {DeclineAt.Name}.");
        }

        var files = await PictureSource.ReadAsync(
            [(parsed.GetValue(Selfie)!, "The selfie"), (parsed.GetValue(Reference)!, "The reference")], context, cancellationToken);
        var matcher = context.MakeMatcher(new FaceMatcherOptions { Mirrored = parsed.GetValue(Mirrored) });
        var comparison = matcher.Match(files[0], files[1], new FaceThresholds(Percentage.Share(approveAbove), Percentage.Share(declineAt)));
        await PrintAsync(comparison, context.Output);
        return comparison.Status == FaceMatchStatus.Approved ? ExitCode.Success : ExitCode.Refused;
    }

    private static Task PrintAsync(FaceComparison comparison, TextWriter output) => FaceJson.WriteAsync(output, json =>
    {
        json.WriteString("status", comparison.Status switch
        {
            FaceMatchStatus.Approved => "approved",
            FaceMatchStatus.InReview => "in_review",
            _ => "declined",
        });
        json.WriteRatio("similarity", comparison.Score?.Similarity);
        json.WriteScore("score", comparison.Score?.Similarity);
        json.WriteRatio("cosine", comparison.Score?.Cosine);
        json.WriteWarnings(comparison.Warnings, warning =>
            IsOf(comparison.Selfie, warning) ? SelfieName : IsOf(comparison.Reference, warning) ? ReferenceName : null);
        json.WritePictures((SelfieName, comparison.Selfie), (ReferenceName, comparison.Reference));
    });

    // By the instance: both pictures may have the same to be said against them.
    private static bool IsOf(FaceAnalysis analysis, FaceWarning warning) => analysis.Warnings.Any(one => ReferenceEquals(one, warning));
}
