using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>What only the pages of a partial sign-in have.</summary>
internal sealed partial class StepUpPages
{
    /// <summary>The field of the start form with which Identity's remembered device is asked for.</summary>
    public const string RememberField = "rememberDevice";

    /// <summary>The field and parameter that name the enrolment of a partial sign-in.</summary>
    public const string SignInField = "signIn";

    public Task WritePausedAsync(HttpContext context, string returnUrl)
    {
        var page = new HtmlPage().Heading(texts.PausedHeading).Paragraph(texts.PausedText);
        return OtherWay(context, page, returnUrl)
            .Link(returnUrl, texts.BackLink)
            .WriteAsync(context, Frame(context, texts.PausedHeading));
    }

    /// <summary>The enrolment page of a partial sign-in; the enrolment keeps what the sign-in is completed with.</summary>
    public Task WriteEnrolForSignInAsync(HttpContext context, StepUpChallenge enrolment)
    {
        var page = new HtmlPage().Heading(texts.EnrolHeading).Paragraph(texts.EnrolText).Paragraph(texts.EnrolForSignIn)
            .Form(routes.Local(context, "/enrol"), [KeyValuePair.Create(SignInField, enrolment.Id), .. Token(context)], texts.EnrolButton);
        return OtherWay(context, page, OriginalRequests.BackOf(enrolment.Original))
            .Link(OriginalRequests.BackOf(enrolment.Original), texts.BackLink)
            .WriteAsync(context, Frame(context, texts.EnrolHeading));
    }

    /// <summary>Shown, never chosen by itself (requirement R-20).</summary>
    private HtmlPage OtherWay(HttpContext context, HtmlPage page, string returnUrl) =>
        tenants.Of(context).SignIn.OtherWayUrl is { } url && LocalUrl.IsSafe(url)
            ? page.Link(QueryHelpers.AddQueryString(context.Request.PathBase + url, "returnUrl", returnUrl), texts.OtherWayLink)
            : page;

    private HtmlPage OtherWay(HttpContext context, HtmlPage page, StepUpChallenge challenge, string state) =>
        IsOfSignIn(challenge) && state is not (OutwardState.Approved or OutwardState.Used) ? OtherWay(context, page, OriginalRequests.BackOf(challenge.Original)) : page;

    /// <summary>A sign-in, or the enrolment on the way to one; a recovery has no other way here.</summary>
    private static bool IsOfSignIn(StepUpChallenge challenge) =>
        challenge.Kind == ChallengeKind.SignIn || (challenge.Kind == ChallengeKind.Enrolment && challenge.SealedSignIn is not null);

    /// <summary>Only those who complete a sign-in by other means remember devices by themselves.</summary>
    private BiometricPageChoice? RememberChoice(StepUpChallenge challenge) =>
        challenge.Kind == ChallengeKind.SignIn && plans.Open(challenge)?.Finisher is not null
            ? new BiometricPageChoice(RememberField, texts.RememberDevice, challenge.RememberClient)
            : null;
}
