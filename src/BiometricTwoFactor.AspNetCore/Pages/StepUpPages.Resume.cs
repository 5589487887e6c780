using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>The page that sends on what was confirmed: a form as a form, everything else by its script.</summary>
internal sealed partial class StepUpPages
{
    public Task WriteResumeAsync(HttpContext context, StepUpChallenge challenge, KeptContent content)
    {
        var page = new HtmlPage().Heading(texts.ResumeHeading).Live(texts.ResumeText);
        List<(string Name, string Value)> data =
        [
            ("back", OriginalRequests.BackOf(challenge.Original)), ("back-text", texts.BackLink),
            ("not-sent-heading", texts.ResumeNotSentHeading), ("not-sent", texts.ResumeNotSent),
        ];
        if (content.Fields is { } fields)
        {
            // A form that only waited for account access uses no approval and must name none.
            KeyValuePair<string, string>[] named = challenge.Kind == ChallengeKind.StepUp ? [KeyValuePair.Create(StepUpGate.ChallengeField, challenge.Id)] : [];
            var all = fields.Concat(named).Concat(Token(context));
            var files = content.Files.Select((file, number) => new HtmlPage.KeptFileInput(file.Field, file.Name, file.Type, routes.ResumeFile(context, challenge.Id, number))).ToArray();
            // Without a script the button sends the form; its files only the script can put back.
            page.ResumeForm(challenge.Original.LocalUrl, all, files, content.IsMultipart, files.Length == 0 ? texts.GoOnButton : null);
            if (files.Length > 0)
            {
                page.NoScript(texts.NoScript);
            }
        }
        else
        {
            page.NoScript(texts.NoScript);
            data.AddRange(RequestData(context, challenge, content));
        }

        return page.WriteAsync(context, Frame(context, texts.ResumeHeading, BiometricPageKind.Resume) with
        {
            Script = routes.Asset(context, "resume.js"),
            Data = Data([.. data]),
        });
    }

    /// <summary>What the script sends, but for the body itself, which it fetches; and the words for how that ends.</summary>
    private IEnumerable<(string Name, string Value)> RequestData(HttpContext context, StepUpChallenge challenge, KeptContent content)
    {
        yield return ("method", challenge.Original.Method);
        yield return ("url", challenge.Original.LocalUrl);
        yield return ("challenge", challenge.Id);
        yield return ("challenge-header", StepUpGate.ChallengeHeader);
        if (content.Body.Length > 0)
        {
            yield return ("body-url", routes.ResumeBody(context, challenge.Id));
            yield return ("type", content.ContentType ?? "");
        }

        // No header where the application has turned that off: JSON of our own origin needs none.
        var tokens = antiforgery.GetAndStoreTokens(context);
        if (tokens is { HeaderName: { Length: > 0 } header, RequestToken: { } token })
        {
            yield return ("token-header", header);
            yield return ("token", token);
        }

        yield return ("done-heading", texts.ResumeDoneHeading);
        yield return ("done", texts.ResumeDone);
        yield return ("failed-heading", texts.ResumeFailedHeading);
        yield return ("failed", texts.ResumeFailed);
        yield return ("unknown-heading", texts.ResumeUnknownHeading);
        yield return ("unknown", texts.ResumeUnknown);
    }
}
