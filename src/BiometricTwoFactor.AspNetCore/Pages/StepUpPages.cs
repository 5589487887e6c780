using System.Globalization;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>The built-in pages. They show exactly what the digest covers, from the stored facts (protocol 4.1).</summary>
internal sealed partial class StepUpPages(
    BiometricRoutes routes,
    StepUpTexts texts,
    IAntiforgery antiforgery,
    HostedPageOrigins hostedPages,
    IOptionsMonitor<BiometricStepUpOptions> options,
    NextStep nextStep,
    SignInPlans plans,
    RiskHooks risk,
    AlternativeWays ways,
    TimeProvider timeProvider)
{
    public async Task WriteConfirmAsync(HttpContext context, StepUpChallenge challenge)
    {
        var alternatives = await ways.OfferedAsync(challenge, context.RequestAborted).ConfigureAwait(false);
        var state = OutwardState.Of(challenge, timeProvider.GetUtcNow());
        var (heading, text) = TextOf(challenge, state);
        var title = challenge.Title ?? texts.ReasonTitle(challenge.Reason);
        var page = new HtmlPage().Heading(state == OutwardState.Pending ? title : heading);
        // Who enrols has no face on file yet that it could be compared with, as the text of this state says.
        if (state != OutwardState.Pending || (!challenge.IsEnrolment && !challenge.WithoutFace))
        {
            page.Paragraph(text);
        }

        if (state == OutwardState.NotFinished && challenge.ReasonCodes.Contains(JudgementReason.NewerStarted, StringComparer.Ordinal))
        {
            page.Paragraph(texts.NewerStarted);
        }

        page.Details(DetailsOf(challenge, title));
        var watch = true;
        switch (state)
        {
            case OutwardState.Pending when challenge.WithoutFace:
                WriteFaceless(context, page, challenge, alternatives);
                break;
            case OutwardState.Pending:
                var begun = challenge.SessionId is not null;
                if (!challenge.IsEnrolment)
                {
                    page.Paragraph(texts.CheckDetails, "notice");
                }

                page.Form(routes.Start(context, challenge.Id), Token(context), begun ? texts.StartAgainButton : texts.StartButton, choice: RememberChoice(challenge))
                    .Form(routes.Cancel(context, challenge.Id), Token(context), texts.CancelButton, primary: false)
                    .NoScript(texts.NoScriptWaiting)
                    .Live(begun ? texts.WaitingText : "");
                foreach (var alternative in alternatives)
                {
                    page.Link(AlternativeWays.UrlOf(alternative, context, challenge), texts.AlternativeLink(alternative.Name));
                }

                page.Paragraph(string.Format(CultureInfo.InvariantCulture, texts.ValidUntil, challenge.Deadline.ToString("HH:mm", CultureInfo.InvariantCulture)), "small");
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
                page.NoScript(texts.NoScriptWaiting).Live(texts.WaitingText).Link(OriginalRequests.BackOf(challenge.Original), texts.BackLink);
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

                var back = OriginalRequests.BackOf(challenge.Original);
                var again = state is OutwardState.Expired or OutwardState.NotFinished or OutwardState.Declined && back != "/";
                page.Link(back, again ? texts.BeginAgainLink : texts.BackLink, primary: true); // the one thing left to do here
                break;
        }

        await OtherWay(context, page, challenge, state).WriteAsync(context, Frame(context, state == OutwardState.Pending ? title : heading) with
        {
            Script = watch ? routes.Asset(context, "wait.js") : null,
            Data = Data(("state-url", routes.Challenge(context, challenge.Id)), ("state", state), ("version", challenge.Version.ToString(CultureInfo.InvariantCulture))),
            FormTargets = hostedPages.Origins,
        }).ConfigureAwait(false);
    }

    public Task WriteCallbackAsync(HttpContext context) => new HtmlPage()
        .Heading(texts.CallbackHeading)
        .Live(texts.CallbackText)
        .NoScript(texts.NoScript)
        .WriteAsync(context, Frame(context, texts.CallbackHeading) with
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
        .WriteAsync(context, Frame(context, texts.BusyHeading) with { FormTargets = hostedPages.Origins });

    public Task WriteEnrolAsync(HttpContext context, string returnUrl, bool offered)
    {
        var page = new HtmlPage().Heading(texts.EnrolHeading).Paragraph(offered ? texts.EnrolText : texts.EnrolElsewhere);
        if (offered)
        {
            page.Form(routes.Local(context, "/enrol"), [KeyValuePair.Create("returnUrl", returnUrl), .. Token(context)], texts.EnrolButton);
        }

        return page.Link(returnUrl, texts.BackLink).WriteAsync(context, Frame(context, texts.EnrolHeading));
    }

    public Task WriteProblemAsync(HttpContext context, string title, string next) => new HtmlPage()
        .Heading(title)
        .Paragraph(next)
        .Link(context.Request.PathBase.HasValue ? context.Request.PathBase.Value! : "/", texts.BackLink)
        .WriteAsync(context, Frame(context, title));

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

    private IEnumerable<(string Label, string Value)> DetailsOf(StepUpChallenge challenge, string title)
    {
        if (challenge.Transaction is not { } transaction)
        {
            yield return (texts.ActionLabel, title);
            yield break;
        }

        yield return (texts.AmountLabel, $"{transaction.AmountText} {transaction.Currency}");
        if (!transaction.IsBatch)
        {
            yield return (texts.PayeeLabel, transaction.PayeeName);
            yield return (texts.AccountLabel, transaction.PayeeAccount);
        }
        else
        {
            foreach (var item in transaction.Items)
            {
                yield return (texts.PayeeLabel, $"{item.PayeeName}, {item.PayeeAccount}: {item.AmountText} {transaction.Currency}");
            }
        }

        if (transaction.Reference is { Length: > 0 } reference)
        {
            yield return (texts.ReferenceLabel, reference);
        }
    }

    /// <summary>The state's words; a code that was presented elsewhere is told to the browser that asked (protocol 5.4).</summary>
    private (string Heading, string Text) TextOf(StepUpChallenge challenge, string state) =>
        challenge.State == ChallengeState.Violated && challenge.ReasonCodes.Contains(JudgementReason.ClaimedElsewhere, StringComparer.Ordinal)
            ? (texts.ClaimedElsewhereHeading, texts.ClaimedElsewhere)
            : texts.StateText(state);

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

    private PageFrame Frame(HttpContext context, string title) =>
        new(title, texts.Language, options.CurrentValue.DisplayName, routes.Asset(context, "step-up.css"), routes.Asset(context, "no-script.css"));
}
