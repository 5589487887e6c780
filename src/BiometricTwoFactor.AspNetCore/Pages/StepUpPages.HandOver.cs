using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>The asking page while another device is used: picture, link, digits, and how far it has come.</summary>
internal sealed partial class StepUpPages
{
    private void WriteHandedOver(HttpContext context, HtmlPage page, StepUpChallenge challenge)
    {
        if (challenge.HandOver is { WrongDigits: > 0 and var wrong, TakenAt: null })
        {
            page.Alert("wrong-digits", string.Format(CultureInfo.InvariantCulture, texts.HandOverWrong, wrong));
        }

        if (links.Of(context, challenge) is { } shown)
        {
            page.Paragraph(texts.HandOverText)
                .Paragraph(texts.HandOverScan, "step")
                .PictureAndDigits(new(shown.Link, shown.Digits, HandOverLinks.PictureOf(routes, context, challenge)), texts.HandOverPicture, texts.HandOverDigits)
                .Paragraph(texts.HandOverBeware, "notice")
                .Copyable("link", texts.HandOverLink, shown.Link);
        }
        else if (challenge.HandOver is { TakenAt: null })
        {
            page.Paragraph(texts.HandOverGone, "notice");
        }

        page.NoScript(texts.NoScriptWaiting).Live(HandOverStep.Of(challenge) switch
        {
            HandOverStep.Offered => texts.HandOverOffered,
            HandOverStep.Opened => texts.HandOverOpened,
            _ => texts.HandOverCapturing,
        });
        if (handOvers.CanBeTakenBack(challenge))
        {
            page.Form(routes.Local(context, $"/handover/{challenge.Id}/back"), Token(context), texts.HandOverBackButton, primary: false);
        }

        page.Form(routes.Cancel(context, challenge.Id), Token(context), texts.CancelButton, primary: false)
            .Paragraph(ValidUntil(challenge), "small");
    }

    /// <summary>What the page follows, in one word: its script reloads it when another one comes.</summary>
    private static string FollowedStep(StepUpChallenge challenge) =>
        $"{HandOverStep.Of(challenge)}{challenge.HandOver?.WrongDigits ?? 0}";

    private BiometricPageSecondButton? HandOverChoice(HttpContext context, StepUpChallenge challenge) =>
        handOvers.CanBeChosen(challenge) ? new(routes.Local(context, $"/handover/{challenge.Id}"), texts.HandOverButton) : null;

    private string ValidUntil(StepUpChallenge challenge) =>
        string.Format(CultureInfo.InvariantCulture, texts.ValidUntil, ShownDetails.Time(challenge.Deadline, texts));

    /// <summary>Ends that the person at the asking browser should know the reason of; null for all others.</summary>
    private (string Heading, string Text)? TextOfEnd(StepUpChallenge challenge) => challenge.State switch
    {
        ChallengeState.Violated when Has(challenge, JudgementReason.ClaimedElsewhere) => (texts.ClaimedElsewhereHeading, texts.ClaimedElsewhere),
        ChallengeState.Violated when Has(challenge, JudgementReason.HandOverGuessed) => (texts.HandOverGuessedHeading, texts.HandOverGuessed),
        ChallengeState.Abandoned when Has(challenge, JudgementReason.HandOverRefused) => (texts.HandOverRefusedHeading, texts.HandOverRefused),
        _ => null,
    };

    private static bool Has(StepUpChallenge challenge, string reason) => challenge.ReasonCodes.Contains(reason, StringComparer.Ordinal);
}
