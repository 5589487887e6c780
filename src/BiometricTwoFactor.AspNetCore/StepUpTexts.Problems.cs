namespace BiometricTwoFactor.AspNetCore;

/// <summary>The words of the pages that say what stands in the way.</summary>
public sealed partial class StepUpTexts
{
    /// <summary>
    /// Heading and next step for each refusal that a browser can meet: keys as in the type of the problem details, without its
    /// prefix, and <c>blocked-for-good</c>. API callers get the English ones of the problem details.
    /// </summary>
    public Func<string, (string Title, string Text)> ProblemText { get; set; } = problem => problem switch
    {
        "not-accepted" => ("This request was not accepted", "Go back to the page, reload it and try again."),
        "invalid-transaction" => ("Amount, currency or payee are not valid", "Correct the payment and try again."),
        "not-enrolled" => ("No face is on file yet", "Set up face confirmation first."),
        "too-many" => ("Too many confirmations were asked for", "Wait a few minutes and try again."),
        "blocked" => ("Confirmation by face is paused for a while", "Wait a few minutes, or ask the support for another way."),
        "blocked-for-good" => ("Confirmation by face is blocked", "Waiting does not help here: ask the support."),
        "already-used" => ("This confirmation was used already", "The action was carried out once and is not carried out again."),
        "changed" => ("The request is not the one that was confirmed", "The confirmation has ended. Begin again and check amount and payee."),
        "unavailable" => ("Confirmation by face is not available at the moment", "Nothing was carried out and nothing is lost. Try again shortly."),
        "too-large" => ("This request is too large to be confirmed", "Nothing was carried out. Send less at once and try again."),
        "not-signed-in" => ("Nobody is signed in", "Sign in and try again."),
        "not-found" => ("There is nothing here", "The confirmation has ended, or belongs to another sign-in."),
        _ => ("The request could not be read", "Check it and try again."),
    };
}
