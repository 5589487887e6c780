using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>The kept ticket of a sign-in, and what it says once the face is there .</summary>
internal sealed class SignInTickets(Tenants tenants)
{
    /// <summary>The ticket that the application handed over; null when there is none for exactly the person whose face was shown.</summary>
    public AuthenticationTicket? Open(StepUpChallenge challenge, SignInPlan plan) =>
        plan.OpenTicket() is { } ticket && string.Equals(tenants.Of(challenge.Binding.Tenant).Subject(ticket.Principal), challenge.Binding.Subject, StringComparison.Ordinal)
            ? ticket
            : null;

    /// <summary>The principal without what it said of its own recognition before, and with what was evidenced now.</summary>
    public ClaimsPrincipal Truthful(ClaimsPrincipal principal, StepUpChallenge consumed)
    {
        var identities = principal.Identities.Select(WithoutClaims).ToArray();
        var main = Array.Find(identities, identity => identity.IsAuthenticated) ?? identities[0];
        main.AddClaims(FactorEvidence.Of(consumed).Claims([], tenants.Of(consumed.Binding.Tenant).Acr));
        return new ClaimsPrincipal(identities);
    }

    private static ClaimsIdentity WithoutClaims(ClaimsIdentity identity)
    {
        var clone = identity.Clone();
        foreach (var claim in clone.Claims.Where(FactorEvidence.IsOurs).ToArray())
        {
            clone.RemoveClaim(claim);
        }

        return clone;
    }
}
