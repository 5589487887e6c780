using System.Globalization;
using System.Text;

namespace BiometricTwoFactor.Emulator;

/// <summary>The hosted page's part about a picture: the form, what is wrong with one, what one came to.</summary>
internal static class PictureHtml
{
    public static void Append(StringBuilder body, EmulatedSession session, EmulatedWorkflow workflow, PageOffer offer, string field, PageProblem? problem)
    {
        if (!offer.TakesPicture)
        {
            body.Append("<p>").Append(session.Scenario is not null
                ? "A scenario is armed for this check: it decides, whatever a picture shows."
                : "There is no portrait of this person to compare with. Enrol them with a picture, send a portrait along, or choose the outcome below.").Append("</p>");
            return;
        }

        if (problem is not null)
        {
            AppendProblem(body, problem);
        }

        body.Append(CultureInfo.InvariantCulture, $"""
            <form method="post" enctype="multipart/form-data">{field}
            <div class="picture"><label for="selfie">A picture of your face</label>
            <p id="selfie-hint">JPEG or PNG. {Comparison(workflow, offer)} {Liveness(offer)} It stays in this process's memory.</p>
            <input type="file" id="selfie" name="{PageForm.PictureField}" accept="image/jpeg,image/png" capture="user" aria-describedby="selfie-hint" required></div>
            <button type="submit">Judge this picture</button>
            </form>
            """);
    }

    /// <summary>What the picture came to, where the browser is sent nowhere.</summary>
    public static void AppendMeasured(StringBuilder body, CaptureResult measured)
    {
        body.Append("<dl>");
        AppendStep(body, "Live face", measured.Liveness);
        AppendStep(body, "Comparison", measured.FaceMatch);
        body.Append("</dl>");
    }

    private static void AppendProblem(StringBuilder body, PageProblem problem)
    {
        body.Append("<div class=\"problem\" role=\"alert\">");
        foreach (var reason in problem.Reasons)
        {
            body.Append("<p>").Append(PageHtml.Encode(reason)).Append("</p>");
        }

        if (problem.TriesLeft is { } left)
        {
            body.Append("<p>Look straight into the camera, alone and in even light. ");
            body.Append(left == 1 ? "This is the last try." : string.Create(CultureInfo.InvariantCulture, $"{left} tries are left.")).Append("</p>");
        }

        body.Append("</div>");
    }

    private static void AppendStep(StringBuilder body, string name, CaptureStep? step)
    {
        if (step is null)
        {
            return;
        }

        body.Append("<dt>").Append(name).Append("</dt><dd>").Append(PageHtml.Encode(DecisionDocument.Text(step.Status)));
        if (step.Score is { } score)
        {
            body.Append(CultureInfo.InvariantCulture, $", {score:0.##} of 100");
        }

        if (step.Warnings.Any(warning => warning == FaceWarnings.LivenessSimulated || warning == FaceWarnings.FaceMatchSimulated))
        {
            body.Append(" (simulated)");
        }

        foreach (var warning in step.Warnings.Where(warning => warning.LogType != "information"))
        {
            body.Append("<br>").Append(PageHtml.Encode(warning.Long));
        }

        body.Append("</dd>");
    }

    private static string Comparison(EmulatedWorkflow workflow, PageOffer offer) =>
        offer.ComparesFaces ? "It is compared with the portrait on file."
        : workflow.HasFaceMatch ? "The comparison is <strong>simulated</strong>."
        : "It is compared with nothing.";

    private static string Liveness(PageOffer offer) =>
        offer.MeasuresLiveness ? "Liveness is measured." : "Liveness is <strong>simulated</strong>.";
}
