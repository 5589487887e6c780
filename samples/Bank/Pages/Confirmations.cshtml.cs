using BiometricTwoFactor.AspNetCore;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Bank.Pages;

/// <summary>What waits for the customer, and what became of the rest.</summary>
internal sealed class ConfirmationsModel(StepUpService stepUp, NoticeBoard board) : PageModel
{
    public IReadOnlyList<StepUpChallenge> Open { get; private set; } = [];

    public IReadOnlyList<Notice> Notices => board.Of(HttpContext.Customer().Id);

    public async Task OnGetAsync(CancellationToken cancellationToken) => Open = await stepUp.ListOpenAsync(HttpContext, cancellationToken);

    public static (string Word, string Next) Describe(StepUpChallenge challenge) => challenge switch
    {
        { State: ChallengeState.InReview } => ("Being checked", "A person is looking at it. You need not do anything now."),
        { State: ChallengeState.Approved, CameOutOfReview: true, ConfirmedAt: null } => ("Approved", "The check is done. Look at it once more and confirm that you still want it."),
        { State: ChallengeState.Approved } => ("Approved", "Your face was recognised. Go on to carry it out."),
        _ => ("Waiting for you", "Look into the camera to confirm it."),
    };
}
