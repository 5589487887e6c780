using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// The payer's word that the payee is one they know, asked by a verdict's risk. A POST of its own: the confirmation after a
/// review says something else.
/// </summary>
internal sealed class PayeeEndpoint(ChallengeAccess access, DemandProofs proofs, Problems problems, BiometricRoutes routes)
{
    public async Task HandleAsync(HttpContext context)
    {
        var api = BindingReader.ShowsToken(context);
        if (await access.FindForPostAsync(context, problems, api).ConfigureAwait(false) is not { } challenge)
        {
            return;
        }

        await proofs.ConfirmPayeeAsync(challenge, context.RequestAborted).ConfigureAwait(false);
        StepUpResponder.SeeOther(context, api ? routes.Challenge(context, challenge.Id) : routes.Confirm(context, challenge.Id));
    }
}
