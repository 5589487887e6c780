using System.Globalization;
using System.Text;

namespace BiometricTwoFactor.Emulator;

/// <summary>What the hosted page shows when the check is over.</summary>
internal static class EndHtml
{
    public static string Title(SessionStatus status, PageTexts texts) => texts[Key(status)];

    public static string Build(SessionStatus status, CaptureResult? measured, PageTexts texts, string? farewell)
    {
        var key = Key(status);
        var body = new StringBuilder();
        body.Append(CultureInfo.InvariantCulture, $"<div class=\"mark {Mark(status)}\" aria-hidden=\"true\"></div>");
        body.Append(CultureInfo.InvariantCulture, $"<h1 tabindex=\"-1\">{PageHtml.Encode(texts[key])}</h1><p class=\"lead\">{PageHtml.Encode(texts[key + "_text"])}</p>");
        // The provider's word, whatever the language: it is what the application hears.
        body.Append(CultureInfo.InvariantCulture, $"<p class=\"status\">{PageHtml.Encode(texts["status"])}: <strong lang=\"en\">{PageHtml.Encode(status.ToWire())}</strong></p>");
        if (measured is not null)
        {
            body.Append("<dl>");
            AppendStep(body, texts["measured_liveness"], measured.Liveness, texts);
            AppendStep(body, texts["measured_match"], measured.FaceMatch, texts);
            body.Append("</dl>");
        }

        return body.Append(CultureInfo.InvariantCulture, $"<p id=\"next\" class=\"hint\">{PageHtml.Encode(farewell ?? texts["end_close_hint"])}</p>").ToString();
    }

    private static void AppendStep(StringBuilder body, string name, CaptureStep? step, PageTexts texts)
    {
        if (step is null)
        {
            return;
        }

        body.Append(CultureInfo.InvariantCulture, $"<dt>{PageHtml.Encode(name)}</dt><dd><span lang=\"en\">{PageHtml.Encode(DecisionDocument.Text(step.Status))}</span>");
        if (step.Score is { } score)
        {
            body.Append(", ").Append(PageHtml.Encode(texts.Format("measured_score", score.ToString("0.##", CultureInfo.InvariantCulture))));
        }

        if (step.Warnings.Any(warning => warning == FaceWarnings.LivenessSimulated || warning == FaceWarnings.FaceMatchSimulated))
        {
            body.Append(" (").Append(PageHtml.Encode(texts["simulated"])).Append(')');
        }

        foreach (var warning in step.Warnings.Where(warning => warning.LogType != "information"))
        {
            body.Append("<br><code dir=\"ltr\">").Append(PageHtml.Encode(warning.Risk)).Append("</code>");
        }

        body.Append("</dd>");
    }

    private static string Key(SessionStatus status) => status switch
    {
        SessionStatus.Approved => "end_approved",
        SessionStatus.Declined => "end_declined",
        SessionStatus.InReview => "end_review",
        SessionStatus.Abandoned => "end_abandoned",
        SessionStatus.Expired => "end_expired",
        _ => "end_over",
    };

    private static string Mark(SessionStatus status) => status switch
    {
        SessionStatus.Approved => "yes",
        SessionStatus.Declined => "no",
        _ => "open",
    };
}
