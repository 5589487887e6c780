using System.Globalization;
using System.Text;

namespace BiometricTwoFactor.Emulator;

/// <summary>
/// The hosted page of an open capture: the camera's stage, which the script opens; a picture instead of the camera; and
/// the emulator's own choice of the outcome. Without script the last two are all there is.
/// </summary>
internal static class CaptureHtml
{
    private static readonly string[] Choices =
    [
        SandboxScenario.Approve, SandboxScenario.DeclineFaceMatchLowSimilarity, SandboxScenario.DeclineLivenessAttack,
        SandboxScenario.DeclineIpBlocklist, SandboxScenario.ReviewFaceMatchBorderline, SandboxScenario.Abandon, SandboxScenario.Expire,
    ];

    // An oval that is left open in a dark sheet, and its rim.
    private const string Oval =
        """
        <svg class="oval" viewBox="0 0 300 400" preserveAspectRatio="xMidYMid slice" aria-hidden="true" focusable="false"><path class="shade" fill-rule="evenodd" d="M-300-400H600V800H-300Z M150 60a105 140 0 1 0 0 280a105 140 0 1 0 0-280Z"/><ellipse class="rim" cx="150" cy="200" rx="105" ry="140"/><path class="arrow to-left" d="M62 360h-34m0 0l13-13m-13 13l13 13"/><path class="arrow to-right" d="M238 360h34m0 0l-13-13m13 13l-13 13"/></svg>
        """;

    public static string Build(EmulatedSession session, EmulatedWorkflow workflow, PageOffer offer, HandoffOffer handoff, PageProblem? problem, PageTexts texts)
    {
        var body = new StringBuilder();
        var lead = !offer.TakesPicture ? "lead_choose" : offer.Turn is null ? "lead" : "lead_turn";
        body.Append(CultureInfo.InvariantCulture, $"<h1 tabindex=\"-1\">{Text(texts, "title")}</h1><p class=\"lead\" id=\"lead\">{Text(texts, lead)}</p>");
        // Empty until the script fills it: screen readers announce only what is put into a region that was there.
        body.Append("<div id=\"alert\" class=\"alert\" role=\"alert\" tabindex=\"-1\"></div>");
        if (offer.IsArmed)
        {
            body.Append(CultureInfo.InvariantCulture, $"<p class=\"note\">{Text(texts, "about_armed")}</p>");
        }

        if (offer.TakesPicture)
        {
            AppendStage(body, texts);
            if (!offer.IsArmed)
            {
                body.Append(CultureInfo.InvariantCulture, $"<p class=\"hint\" id=\"about\">{Text(texts, Comparison(workflow, offer))} {Text(texts, Liveness(offer))}</p>");
            }
        }
        else
        {
            body.Append(CultureInfo.InvariantCulture, $"<p class=\"note\">{Text(texts, "about_no_portrait")}</p>");
        }

        if (offer is { Judges: true, IsArmed: false })
        {
            AppendPicture(body, handoff.Field, problem is { IsOfPicture: true } ? problem : null, texts);
        }

        AppendChoice(body, session, offer, handoff.Field, problem is { IsOfPicture: false } ? problem : null, texts);
        AppendFacts(body, workflow, texts);
        body.Append(handoff.Link);
        body.Append(CultureInfo.InvariantCulture, $"<form method=\"post\" id=\"leave\">{handoff.Field}<button class=\"quiet\" name=\"{PageForm.LeaveField}\" value=\"1\">{Text(texts, "cancel")}</button></form>");
        body.Append(CultureInfo.InvariantCulture, $"""
            <dialog id="leaving" aria-labelledby="leaving-title"><h2 id="leaving-title">{Text(texts, "leave_title")}</h2><p>{Text(texts, "leave_text")}</p>
            <div class="row"><button type="button" class="quiet" id="leave-go">{Text(texts, "leave_go")}</button><button type="button" id="leave-stay">{Text(texts, "leave_stay")}</button></div></dialog>
            """);
        return body.ToString();
    }

    private static void AppendStage(StringBuilder body, PageTexts texts) => body.Append(CultureInfo.InvariantCulture, $"""
        <div id="intro" hidden><button type="button" id="start">{Text(texts, "start")}</button><p class="hint">{Text(texts, "start_hint")}</p></div>
        <section id="stage" tabindex="-1" aria-labelledby="guide" hidden>
        <div class="lens"><video id="video" playsinline muted aria-label="{Text(texts, "camera_label")}"></video><canvas id="still" hidden aria-hidden="true"></canvas>{Oval}</div>
        <p id="guide" role="status" aria-live="polite"></p>
        <button type="button" id="take" class="second">{Text(texts, "take")}</button>
        </section>
        """);

    private static void AppendPicture(StringBuilder body, string field, PageProblem? problem, PageTexts texts)
    {
        body.Append(CultureInfo.InvariantCulture, $"<details id=\"by-picture\" open><summary>{Text(texts, "picture_title")}</summary>");
        AppendProblem(body, problem, texts);
        body.Append(CultureInfo.InvariantCulture, $"""
            <form method="post" enctype="multipart/form-data">{field}
            <div class="picture"><label for="selfie">{Text(texts, "picture_label")}</label>
            <p id="selfie-hint">{Text(texts, "picture_hint")}</p>
            <input type="file" id="selfie" name="{PageForm.PictureField}" accept="image/jpeg,image/png" capture="user" aria-describedby="selfie-hint" required></div>
            <button type="submit" class="second">{Text(texts, "picture_submit")}</button>
            </form></details>
            """);
    }

    private static void AppendChoice(StringBuilder body, EmulatedSession session, PageOffer offer, string field, PageProblem? problem, PageTexts texts)
    {
        var open = problem is not null || !offer.TakesPicture || offer.IsArmed ? " open" : "";
        body.Append(CultureInfo.InvariantCulture, $"<details id=\"by-choice\"{open}><summary>{Text(texts, "outcome_title")} <span class=\"tag\">{PageHtml.Encode(texts["banner"].TrimEnd('.'))}</span></summary>");
        AppendProblem(body, problem, texts);
        // No action: the form goes back to where it came from, language and token included.
        body.Append(CultureInfo.InvariantCulture, $"<form method=\"post\">{field}<p class=\"hint\">{Text(texts, "outcome_text")}</p><fieldset><legend>{Text(texts, "outcome_legend")}</legend>");
        var armed = session.Scenario ?? SandboxScenario.Approve;
        for (var i = 0; i < Choices.Length; i++)
        {
            var scenario = Choices[i];
            var mark = scenario == armed ? " checked" : "";
            body.Append(CultureInfo.InvariantCulture, $"<div class=\"choice\"><input type=\"radio\" id=\"outcome-{i}\" name=\"scenario\" value=\"{scenario}\" aria-describedby=\"hint-{i}\" required{mark}>");
            body.Append(CultureInfo.InvariantCulture, $"<label for=\"outcome-{i}\">{Text(texts, $"outcome_{scenario}")}</label><p id=\"hint-{i}\">{Text(texts, $"outcome_{scenario}_hint")}</p></div>");
        }

        body.Append(CultureInfo.InvariantCulture, $"</fieldset><button type=\"submit\" class=\"second\">{Text(texts, "finish")}</button></form></details>");
    }

    private static void AppendFacts(StringBuilder body, EmulatedWorkflow workflow, PageTexts texts)
    {
        body.Append(CultureInfo.InvariantCulture, $"<dl class=\"facts\"><dt>{Text(texts, "check")}</dt><dd><bdi>{PageHtml.Encode(workflow.DisplayName)}</bdi></dd><dt>{Text(texts, "steps")}</dt><dd><ul>");
        foreach (var feature in workflow.Features())
        {
            body.Append(CultureInfo.InvariantCulture, $"<li>{PageHtml.Encode(StepName(feature, workflow, texts))}</li>");
        }

        body.Append("</ul></dd></dl>");
    }

    private static void AppendProblem(StringBuilder body, PageProblem? problem, PageTexts texts)
    {
        if (problem is null)
        {
            return;
        }

        body.Append("<div class=\"alert\" role=\"alert\">");
        foreach (var reason in problem.Reasons)
        {
            body.Append(CultureInfo.InvariantCulture, $"<p>{PageHtml.Encode(reason.Text)}</p>");
        }

        if (problem.Tries(texts) is { } tries)
        {
            body.Append(CultureInfo.InvariantCulture, $"<p>{Text(texts, "problem_advice")} {PageHtml.Encode(tries)}</p>");
        }

        body.Append("</div>");
    }

    private static string StepName(string feature, EmulatedWorkflow workflow, PageTexts texts) => feature switch
    {
        "ID_VERIFICATION" => texts["step_document"],
        "LIVENESS" => texts["step_liveness"],
        "FACE_MATCH" => texts[workflow.HasDocument ? "step_match_document" : "step_match_face"],
        "IP_ANALYSIS" => texts["step_network"],
        _ => feature,
    };

    private static string Comparison(EmulatedWorkflow workflow, PageOffer offer) =>
        offer.ComparesFaces ? "about_compared" : workflow.HasFaceMatch ? "about_compared_simulated" : "about_compared_nothing";

    private static string Liveness(PageOffer offer) =>
        offer.Turn is not null ? "about_liveness_turn" : offer.MeasuresLiveness ? "about_liveness_measured" : "about_liveness_simulated";

    private static string Text(PageTexts texts, string key) => PageHtml.Encode(texts[key]);
}
