using BiometricTwoFactor.AspNetCore;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Bank.Pages;

/// <summary>Has a key sign the digest of what is confirmed, and reports it: beside the face, or in its place.</summary>
internal sealed class SecondFactorModel(StepUpService stepUp, SecurityKeys keys) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string Id { get; set; } = "";

    public StepUpChallenge Asked { get; private set; } = null!;

    public string Options { get; private set; } = "";

    public bool Failed { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (await stepUp.FindAsync(HttpContext, Id, cancellationToken) is not { } challenge)
        {
            return NotFound();
        }

        if (!IsAsked(challenge) || !keys.Has(HttpContext.Customer().Id))
        {
            return LocalRedirect($"~/biometric/confirm/{challenge.Id}");
        }

        Asked = challenge;
        Options = keys.BeginAsking(HttpContext, challenge);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync([FromForm] string? key, CancellationToken cancellationToken)
    {
        if (await stepUp.FindAsync(HttpContext, Id, cancellationToken) is not { } challenge)
        {
            return NotFound();
        }

        if (await keys.VerifyAsync(HttpContext, Id, key) is not var (digest, factors))
        {
            Failed = true;
            return await OnGetAsync(cancellationToken);
        }

        var result = challenge.State == ChallengeState.Pending
            ? await stepUp.CompleteByAlternativeAsync(HttpContext, Id, new AlternativeProof(SecurityKeyFactor.Way, factors, digest), cancellationToken)
            : await stepUp.CompleteSecondFactorAsync(HttpContext, Id, new SecondFactorProof(factors, digest), cancellationToken);
        return result.Next is { } next ? LocalRedirect(next) : NotFound();
    }

    private static bool IsAsked(StepUpChallenge challenge) =>
        challenge.State == ChallengeState.Pending || challenge is { State: ChallengeState.Approved, Demand: ExtraDemand.SecondFactor, DemandMetAt: null };
}
