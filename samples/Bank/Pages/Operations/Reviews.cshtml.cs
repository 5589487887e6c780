using BiometricTwoFactor.AspNetCore;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Bank.Pages.Operations;

/// <summary>What waits for the bank's own people. The role is the sample's; a bank puts this behind its own door.</summary>
[Authorize(Roles = SignedIn.Operator)]
internal sealed class ReviewsModel(StepUpReviews reviews) : PageModel
{
    public IReadOnlyList<StepUpChallenge> Held { get; private set; } = [];

    public string? Message { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellationToken) => Held = await reviews.ListAsync(cancellationToken: cancellationToken);

    public async Task OnPostAsync([FromForm] string? id, [FromForm] string? decision, CancellationToken cancellationToken)
    {
        var reviewer = HttpContext.Customer().Id;
        var result = decision switch
        {
            "approve" => await reviews.ApproveAsync(id ?? "", reviewer, cancellationToken: cancellationToken),
            "decline" => await reviews.DeclineAsync(id ?? "", reviewer, cancellationToken: cancellationToken),
            "release" => await reviews.ReleaseAsync(id ?? "", reviewer, cancellationToken: cancellationToken),
            _ => new ReviewResult(ReviewOutcome.NotFound, null),
        };
        Message = result.Outcome switch
        {
            ReviewOutcome.Done => "Decided. An approval still waits for the customer's own confirmation.",
            ReviewOutcome.StillHeld => "It is held still: look at what for.",
            ReviewOutcome.OwnChallenge => "Nobody decides on what they asked for themselves.",
            _ => "It is not waiting any more.",
        };
        Held = await reviews.ListAsync(cancellationToken: cancellationToken);
    }
}
