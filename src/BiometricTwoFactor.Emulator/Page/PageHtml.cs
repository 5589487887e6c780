using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;

namespace BiometricTwoFactor.Emulator;

/// <summary>The hosted page's HTML. Everything that is not written here goes through the encoder.</summary>
internal static class PageHtml
{
    private static readonly (string Scenario, string Label, string Hint)[] Choices =
    [
        (SandboxScenario.Approve, "Approve", "The right person, live."),
        (SandboxScenario.DeclineFaceMatchLowSimilarity, "Decline: another person", "The face does not match the stored one."),
        (SandboxScenario.DeclineLivenessAttack, "Decline: not a live face", "A photo or a screen was held into the camera."),
        (SandboxScenario.DeclineIpBlocklist, "Decline: blocked address", "Only where the workflow looks at the network."),
        (SandboxScenario.ReviewFaceMatchBorderline, "Hold for review", "The similarity is borderline: a person must decide."),
        (SandboxScenario.Abandon, "Leave without finishing", "The customer closes the page."),
        (SandboxScenario.Expire, "Let the link expire", "The customer comes too late."),
    ];

    private static readonly Lazy<string> StyleText = new(ReadStyle);

    public static string Style => StyleText.Value;

    public static string Capture(EmulatedSession session, EmulatedWorkflow workflow, PageOffer offer, HandoffOffer handoff, PageProblem? problem = null)
    {
        var body = new StringBuilder();
        body.Append("<h1>Confirm that it is you</h1>");
        body.Append("<p>The provider would open the camera here. Give the emulator a picture to judge, or choose how the check ends.</p>");
        body.Append("<dl><dt>Check</dt><dd>").Append(Encode(workflow.DisplayName)).Append("</dd><dt>Steps</dt><dd><ul>");
        foreach (var feature in workflow.Features())
        {
            body.Append("<li>").Append(Encode(StepName(feature, workflow))).Append("</li>");
        }

        body.Append("</ul></dd></dl>");
        body.Append("<section aria-labelledby=\"by-picture\"><h2 id=\"by-picture\">With a picture</h2>");
        PictureHtml.Append(body, session, workflow, offer, handoff.Field, problem is { IsOfPicture: true } ? problem : null);
        body.Append("</section><section aria-labelledby=\"by-choice\"><h2 id=\"by-choice\">Or without one</h2>");
        Choice(body, session, handoff.Field, problem is { IsOfPicture: false } ? problem : null);
        body.Append("</section>").Append(handoff.Link);
        return Page("Confirm that it is you", body.ToString());
    }

    private static void Choice(StringBuilder body, EmulatedSession session, string field, PageProblem? problem)
    {
        if (problem is not null)
        {
            body.Append("<p class=\"problem\" role=\"alert\">").Append(Encode(string.Join(' ', problem.Reasons))).Append("</p>");
        }

        // No action: the form goes back to where it came from, language and token included.
        body.Append("<form method=\"post\">").Append(field).Append("<fieldset><legend>How does the check end?</legend>");
        var armed = session.Scenario ?? SandboxScenario.Approve;
        for (var i = 0; i < Choices.Length; i++)
        {
            var (scenario, label, hint) = Choices[i];
            var mark = scenario == armed ? " checked" : "";
            body.Append(CultureInfo.InvariantCulture, $"<div class=\"choice\"><input type=\"radio\" id=\"outcome-{i}\" name=\"scenario\" value=\"{Encode(scenario)}\" aria-describedby=\"hint-{i}\" required{mark}>");
            body.Append(CultureInfo.InvariantCulture, $"<label for=\"outcome-{i}\">{Encode(label)}</label><p id=\"hint-{i}\">{Encode(hint)}</p></div>");
        }

        body.Append("</fieldset><button type=\"submit\">Finish</button></form>");
    }

    public static string Ended(SessionStatus status, CaptureResult? measured = null, string? farewell = null)
    {
        var (title, text) = status switch
        {
            SessionStatus.Approved => ("Done", "The check was passed."),
            SessionStatus.Declined => ("Not confirmed", "The check was not passed. The application that sent you here tells you what you can do."),
            SessionStatus.InReview => ("Being looked at", "A person looks at your check. You hear from the application that sent you here."),
            SessionStatus.Abandoned => ("Not finished", "This check was left before its end."),
            SessionStatus.Expired => ("This link has expired", "It was not used in time. Start again where you came from."),
            _ => ("This check is over", "There is nothing more to do here."),
        };
        var body = new StringBuilder($"<h1>{Encode(title)}</h1><p>{Encode(text)}</p><p>Status: <strong>{Encode(status.ToWire())}</strong></p>");
        if (measured is not null)
        {
            PictureHtml.AppendMeasured(body, measured);
        }

        return Page(title, body.Append($"<p>{Encode(farewell ?? "You can close this page.")}</p>").ToString());
    }

    public static string Unknown() => Page(
        "This link does not work",
        "<h1>This link does not work</h1><p>There is no check under this address, or it has been deleted. Start again where you came from.</p>");

    private static string StepName(string feature, EmulatedWorkflow workflow) => feature switch
    {
        "ID_VERIFICATION" => "Identity document",
        "LIVENESS" => "Live face",
        "FACE_MATCH" => workflow.HasDocument ? "Comparison with the document" : "Comparison with the stored face",
        "IP_ANALYSIS" => "Device and network",
        _ => feature,
    };

    private static string Page(string title, string main) =>
        $"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="robots" content="noindex">
        <title>{Encode(title)} – emulator</title>
        <link rel="stylesheet" href="/emulator/page.css">
        </head>
        <body>
        <header><p><strong>Emulator.</strong> Nothing here is a real identity check.</p></header>
        <main>{main}</main>
        </body>
        </html>
        """;

    public static string Encode(string text) => HtmlEncoder.Default.Encode(text);

    private static string ReadStyle()
    {
        using var stream = typeof(PageHtml).Assembly.GetManifestResourceStream("BiometricTwoFactor.Emulator.Page.page.css")
            ?? throw new InvalidOperationException("The page's style sheet is missing from the assembly.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
