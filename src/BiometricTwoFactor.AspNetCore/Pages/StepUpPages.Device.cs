using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>The pages of the other device. Before the digits they say nothing but the application's name.</summary>
internal sealed partial class StepUpPages
{
    public Task WriteOneMomentAsync(HttpContext context) =>
        new HtmlPage().Heading(texts.CallbackHeading).WriteAsync(context, Frame(context, texts.CallbackHeading));

    /// <summary>One constant page for whatever opens nothing.</summary>
    public Task WriteNoHandOverAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return new HtmlPage().Heading(texts.DeviceNothingHeading).Paragraph(texts.DeviceNothing).WriteAsync(context, Frame(context, texts.DeviceNothingHeading));
    }

    public Task WriteDigitsAsync(HttpContext context, string action, TakeOutcome? outcome)
    {
        const string Problem = "digits-problem";
        var page = new HtmlPage().Heading(texts.DeviceDigitsHeading).Paragraph(texts.DeviceDigitsText, "notice");
        var wrong = outcome switch
        {
            null => null,
            TakeOutcome.Wrong => texts.DeviceDigitsWrong,
            _ => texts.DeviceDigitsMissing,
        };
        if (wrong is not null)
        {
            page.Alert(Problem, wrong);
        }

        return page.DigitsForm(action, Token(context), texts.DeviceDigitsButton, new(DeviceEndpoints.DigitsField, texts.DeviceDigitsLabel), wrong is null ? null : Problem)
            .WriteAsync(context, Frame(context, texts.DeviceDigitsHeading, BiometricPageKind.Device));
    }

    /// <summary>After the digits: what is asked and by which device, then the camera; at the end, that the rest is elsewhere.</summary>
    public Task WriteDeviceAsync(HttpContext context, StepUpChallenge challenge, bool isBusy = false, bool isUnavailable = false)
    {
        var state = OutwardState.Of(challenge, timeProvider.GetUtcNow());
        if (state != OutwardState.Pending)
        {
            return WriteDeviceDoneAsync(context, challenge, state);
        }

        var title = challenge.Title is { } own ? texts.ActionTitle(own) : texts.ReasonTitle(challenge.Reason);
        var page = new HtmlPage().Heading(title);
        if (isBusy || isUnavailable)
        {
            page.Alert("start-problem", isBusy ? texts.BusyText : texts.DeviceUnavailable);
        }

        var start = challenge.SessionId is null ? texts.StartButton : texts.StartAgainButton;
        page.Details([.. ShownDetails.Of(challenge, title, texts), .. AskedOn(challenge.HandOver!)])
            .Paragraph(texts.DeviceCheck, "notice")
            .Form(routes.Local(context, "/device"), Token(context), start)
            .Form(routes.Local(context, "/device/not-me"), Token(context), texts.DeviceNotMeButton, primary: false)
            .NoScript(texts.NoScriptWaiting)
            .Paragraph(ValidUntil(challenge), "small");
        return page.WriteAsync(context, Frame(context, title, BiometricPageKind.Device) with { ShownDigest = ShownOnDevice.Of(challenge)?.ShownDigest, FormTargets = hostedPages.Of(challenge) });
    }

    /// <summary>Nothing can be done here, and why is not this device's to know.</summary>
    public Task WriteGoBackAsync(HttpContext context) =>
        new HtmlPage().Heading(texts.PausedHeading).Paragraph(texts.DeviceEnded).WriteAsync(context, Frame(context, texts.PausedHeading));

    public Task WriteTryAgainAsync(HttpContext context) =>
        new HtmlPage().Heading(texts.DeviceNothingHeading).Paragraph(texts.DeviceTryAgain).WriteAsync(context, Frame(context, texts.DeviceNothingHeading));

    /// <summary>No details, no link, no approval: who finished it here goes on where it was begun.</summary>
    private Task WriteDeviceDoneAsync(HttpContext context, StepUpChallenge challenge, string state)
    {
        var isRefused = Has(challenge, JudgementReason.HandOverRefused);
        var isEnded = state is OutwardState.Declined or OutwardState.Expired or OutwardState.NotFinished or OutwardState.NotEnrolled;
        // A face that was not recognised is told here, where it was shown; every other end alike.
        var heading = isRefused ? texts.DeviceRefusedHeading : !isEnded ? texts.DeviceDoneHeading : texts.StateText(TextOfEnd(challenge) is null ? state : OutwardState.NotFinished).Heading;
        var text = isRefused ? texts.DeviceRefused : isEnded ? texts.DeviceEnded : texts.DeviceDone;
        return new HtmlPage().Heading(heading).Paragraph(text).WriteAsync(context, Frame(context, heading));
    }

    private IEnumerable<(string Label, string Value)> AskedOn(HandOver handOver)
    {
        var on = handOver.AskedOn;
        yield return (texts.DeviceAskedLabel, string.Format(CultureInfo.InvariantCulture, texts.DeviceAsked, on.Browser ?? texts.DeviceUnknown, on.Os ?? texts.DeviceUnknown));
        yield return (texts.DeviceAskedAtLabel, string.Format(CultureInfo.InvariantCulture, texts.DeviceAskedAt, ShownDetails.Time(handOver.OfferedAt, texts)));
        if (on.Country is { } country)
        {
            yield return (texts.DeviceCountryLabel, country);
        }
    }
}
