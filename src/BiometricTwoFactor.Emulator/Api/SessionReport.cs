using System.Globalization;
using System.Text;

namespace BiometricTwoFactor.Emulator;

/// <summary>A session's report: one page, in a base-14 font, Latin-1.</summary>
internal static class SessionReport
{
    public static byte[] Write(SessionRecord session, EmulatorSettings settings)
    {
        var lines = new List<string>
        {
            "Made by the emulator: not an identity check.",
            "",
            $"Session     {session.Id}",
            $"Number      {session.Number.ToString(CultureInfo.InvariantCulture)}",
            $"Status      {session.Status.ToWire()}",
            $"Workflow    {session.Workflow.DisplayName} ({session.Workflow.Id})",
            $"User        {session.VendorData ?? "-"}",
            $"Environment {settings.EnvironmentText}",
            $"Created     {DecisionDocument.Iso(session.CreatedAt)}",
            "",
        };
        Add(lines, "Document", session.Result?.Document);
        Add(lines, "Liveness", session.Result?.Liveness);
        Add(lines, "Face match", session.Result?.FaceMatch);
        Add(lines, "IP analysis", session.Result?.IpAnalysis);
        foreach (var review in session.Reviews)
        {
            lines.Add($"Review      {review.NewStatus.ToWire()} at {DecisionDocument.Iso(review.At)}");
        }

        return OnePagePdf.Write("Verification report", lines);
    }

    private static void Add(List<string> lines, string name, CaptureStep? step)
    {
        if (step is null)
        {
            return;
        }

        var text = new StringBuilder($"{name,-11} {DecisionDocument.Text(step.Status)}");
        if (step.Score is { } score)
        {
            text.Append(CultureInfo.InvariantCulture, $", {score} of 100");
        }

        foreach (var warning in step.Warnings)
        {
            text.Append(CultureInfo.InvariantCulture, $", {warning.Risk}");
        }

        lines.Add(text.ToString());
    }
}
