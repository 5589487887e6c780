using System.Globalization;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>The built-in pages. They show exactly what the digest covers, from the stored facts (protocol 4.1).</summary>
internal sealed partial class StepUpPages(
    BiometricRoutes routes,
    StepUpTexts texts,
    IAntiforgery antiforgery,
    HostedPageOrigins hostedPages,
    Tenants tenants,
    NextStep nextStep,
    SignInPlans plans,
    RiskHooks risk,
    AlternativeWays ways,
    HandOvers handOvers,
    HandOverLinks links,
    CaptureFrame capture,
    TimeProvider timeProvider)
{
    public async Task WriteConfirmAsync(HttpContext context, StepUpChallenge challenge)
    {
        var alternatives = await ways.OfferedAsync(challenge, context.RequestAborted).ConfigureAwait(false);
        var state = OutwardState.Of(challenge, timeProvider.GetUtcNow());
        var (heading, text) = TextOf(challenge, state);
        var title = challenge.Title is { } own ? texts.ActionTitle(own) : texts.ReasonTitle(challenge.Reason);
        var page = new HtmlPage().Heading(state == OutwardState.Pending ? title : heading);
        // Who enrols has no face on file yet that it could be compared with, as the text of this state says.
        if (state != OutwardState.Pending || (!challenge.IsEnrolment && !challenge.WithoutFace && challenge.HandOver is null))
        {
            page.Paragraph(text);
        }

        if (state == OutwardState.NotFinished && challenge.ReasonCodes.Contains(JudgementReason.NewerStarted, StringComparer.Ordinal))
        {
            page.Paragraph(texts.NewerStarted);
        }

        page.Details(ShownDetails.Of(challenge, title, texts));
        var watch = true;
        switch (state)
        {
            case OutwardState.Pending when challenge.WithoutFace:
                WriteFaceless(context, page, challenge, alternatives);
                break;
            case OutwardState.Pending when challenge.HandOver is not null:
                WriteHandedOver(context, page, challenge);
                break;
            case OutwardState.Pending:
                var begun = challenge.SessionId is not null;
                if (!challenge.IsEnrolment)
                {
                    page.Paragraph(texts.CheckDetails, "notice");
                }

                page.Form(routes.Start(context, challenge.Id), Token(context), begun ? texts.StartAgainButton : texts.StartButton, choice: RememberChoice(challenge), second: HandOverChoice(context, challenge))
                    .CapturePlace()
                    .Form(routes.Cancel(context, challenge.Id), Token(context), texts.CancelButton, primary: false)
                    .NoScript(texts.NoScriptWaiting)
                    .Live(begun ? texts.WaitingText : "");
                foreach (var alternative in alternatives)
                {
                    page.Link(AlternativeWays.UrlOf(alternative, context, challenge), texts.AlternativeLink(alternative.Name));
                }

                page.Paragraph(ValidUntil(challenge), "small");
                break;
            case OutwardState.AwaitsConfirmation:
                page.Paragraph(texts.ConfirmDetails, "notice")
                    .Form(routes.Local(context, $"/confirm/{challenge.Id}"), Token(context), texts.ConfirmButton)
                    .Form(routes.Cancel(context, challenge.Id), Token(context), texts.CancelButton, primary: false);
                break;
            case OutwardState.AwaitsSecondFactor:
                if (risk.SecondFactor is { } factor)
                {
                    page.Link(AlternativeWays.UrlOf(factor, context, challenge), texts.SecondFactorLink, primary: true);
                }

                page.Form(routes.Cancel(context, challenge.Id), Token(context), texts.CancelButton, primary: false);
                break;
            case OutwardState.AwaitsPayee:
                page.Paragraph(texts.CheckPayee, "notice")
                    .Form(routes.Local(context, $"/payee/{challenge.Id}"), Token(context), texts.ConfirmPayeeButton)
                    .Form(routes.Cancel(context, challenge.Id), Token(context), texts.CancelButton, primary: false);
                break;
            case OutwardState.Approved when nextStep.Of(context, challenge) is { } next:
                page.Link(next, texts.GoOnButton, primary: true);
                break;
            case OutwardState.Held:
                page.NoScript(texts.NoScriptWaiting).Live(texts.WaitingText).Form(routes.Cancel(context, challenge.Id), Token(context), texts.CancelButton, primary: false).Link(OriginalRequests.BackOf(challenge.Original), texts.BackLink);
                break;
            case OutwardState.Settling or OutwardState.AwaitsClaim:
                page.NoScript(texts.NoScriptWaiting).Live(texts.WaitingText);
                if (state == OutwardState.AwaitsClaim)
                {
                    // The window, or the frame, that has the way back may be closed: then this is the way to begin again.
                    page.Form(routes.Cancel(context, challenge.Id), Token(context), texts.CancelButton, primary: false);
                }

                page.Link(OriginalRequests.BackOf(challenge.Original), texts.BackLink);
                break;
            case OutwardState.NotEnrolled:
                watch = false;
                page.Link(routes.Enrol(context, OriginalRequests.BackOf(challenge.Original)), texts.EnrolHeading, primary: true)
                    .Link(OriginalRequests.BackOf(challenge.Original), texts.BackLink);
                break;
            default:
                watch = false;
                if (alternatives.Count > 0 && state is OutwardState.Declined or OutwardState.Expired or OutwardState.NotFinished)
                {
                    page.Form(routes.Local(context, $"/another-way/{challenge.Id}"), Token(context), texts.AnotherWayButton, primary: false);
                }

                if (Has(challenge, JudgementReason.ClaimedElsewhere) && handOvers.IsAllowedFor(challenge))
                {
                    page.Paragraph(texts.HandOverHint);
                }

                var back = OriginalRequests.BackOf(challenge.Original);
                var again = state is OutwardState.Expired or OutwardState.NotFinished or OutwardState.Declined && back != "/";
                page.Link(back, again ? texts.BeginAgainLink : texts.BackLink, primary: true); // the one thing left to do here
                break;
        }

        var frame = Frame(context, state == OutwardState.Pending ? title : heading, BiometricPageKind.Confirm) with
        {
            ShownDigest = ShownPage.Of(challenge).Digest,
            Script = watch ? routes.Asset(context, "wait.js") : null,
            Data = Data(("state-url", routes.Challenge(context, challenge.Id)), ("state", state), ("hand-over", FollowedStep(challenge)), ("version", challenge.Version.ToString(CultureInfo.InvariantCulture))),
            FormTargets = hostedPages.Of(challenge),
        };
        var canStart = state == OutwardState.Pending && !challenge.WithoutFace;
        await OtherWay(context, page, challenge, state).WriteAsync(context, capture.Apply(context, frame, challenge, texts, canStart)).ConfigureAwait(false);
    }

    public Task WriteCallbackAsync(HttpContext context) => new HtmlPage()
        .Heading(texts.CallbackHeading)
        .Live(texts.CallbackText)
        .NoScript(texts.NoScript)
        .WriteAsync(context, Frame(context, texts.CallbackHeading, BiometricPageKind.Callback) with
        {
            Script = routes.Asset(context, "claim.js"),
            Data = Data(
                ("foreign", texts.CallbackForeign),
                ("foreign-heading", texts.CallbackForeignHeading),
                ("left-heading", texts.StateText(OutwardState.AwaitsClaim).Heading),
                ("go-on", texts.GoOnButton)),
            MayBeFramed = true,
        });

    public Task WriteBusyAsync(HttpContext context, StepUpChallenge challenge) => OtherWay(
        context,
        new HtmlPage()
            .Heading(texts.BusyHeading)
            .Paragraph(texts.BusyText)
            .Form(routes.Start(context, challenge.Id), Token(context), texts.StartButton, choice: RememberChoice(challenge))
            .Form(routes.Cancel(context, challenge.Id), Token(context), texts.CancelButton, primary: false),
        challenge,
        OutwardState.Pending)
        .WriteAsync(context, Frame(context, texts.BusyHeading) with { FormTargets = hostedPages.Of(challenge) });

    public Task WriteEnrolAsync(HttpContext context, string returnUrl, bool offered)
    {
        var page = new HtmlPage().Heading(texts.EnrolHeading).Paragraph(offered ? texts.EnrolText : texts.EnrolElsewhere);
        if (offered)
        {
            page.Form(routes.Local(context, "/enrol"), [KeyValuePair.Create("returnUrl", returnUrl), .. Token(context)], texts.EnrolButton);
        }

        return page.Link(returnUrl, texts.BackLink).WriteAsync(context, Frame(context, texts.EnrolHeading));
    }

    /// <param name="context">The request.</param>
    /// <param name="problem">A key of <see cref="StepUpTexts.ProblemText"/>.</param>
    public Task WriteProblemAsync(HttpContext context, string problem)
    {
        var (title, next) = texts.ProblemText(problem);
        return new HtmlPage()
            .Heading(title)
            .Paragraph(next)
            .Link(context.Request.PathBase.HasValue ? context.Request.PathBase.Value! : "/", texts.BackLink)
            .WriteAsync(context, Frame(context, title));
    }

    /// <summary>No camera here: the other ways, and how to set up a face where none is on file.</summary>
    private void WriteFaceless(HttpContext context, HtmlPage page, StepUpChallenge challenge, IReadOnlyList<IStepUpAlternative> alternatives)
    {
        page.Paragraph(texts.ConfirmDetails, "notice");
        foreach (var alternative in alternatives)
        {
            page.Link(AlternativeWays.UrlOf(alternative, context, challenge), texts.AlternativeLink(alternative.Name), primary: true);
        }

        if (challenge.ReasonCodes.Contains(JudgementReason.NotEnrolled, StringComparer.Ordinal))
        {
            page.Link(routes.Enrol(context, OriginalRequests.BackOf(challenge.Original)), texts.EnrolHeading);
        }

        page.Form(routes.Cancel(context, challenge.Id), Token(context), texts.CancelButton, primary: false);
    }

    /// <summary>The state's words; a code that was presented elsewhere is told to the browser that asked (protocol 5.4).</summary>
    private (string Heading, string Text) TextOf(StepUpChallenge challenge, string state) =>
        TextOfEnd(challenge) ?? texts.StateText(state);

    private KeyValuePair<string, string>[] Token(HttpContext context)
    {
        var tokens = antiforgery.GetAndStoreTokens(context);
        return [KeyValuePair.Create(tokens.FormFieldName, tokens.RequestToken!)];
    }

    private static Dictionary<string, string> Data(params ReadOnlySpan<(string Name, string Value)> items)
    {
        var data = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in items)
        {
            data[name] = value;
        }

        return data;
    }

    private PageFrame Frame(HttpContext context, string title, BiometricPageKind kind = BiometricPageKind.Message) =>
        new(title, texts.Language, tenants.Of(context).DisplayName, routes.Asset(context, "step-up.css"), routes.Asset(context, "no-script.css"))
        {
            Kind = kind,
            Direction = texts.Direction,
            OwnStylesheet = tenants.Of(context).Pages.Stylesheet is { } own ? context.Request.PathBase + own : null,
        };
}
