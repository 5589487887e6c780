using System.Globalization;
using System.Security.Claims;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>Puts what was evidenced into the principal of a sign-in that is not the handler's own ticket .</summary>
internal static class SignInClaims
{
    public const string Password = "pwd";

    /// <summary>After a face: replaces whatever was claimed about the methods before.</summary>
    public static void SetApproved(ClaimsPrincipal principal, StepUpChallenge consumed, Func<string, string> acr)
    {
        if (principal.Identities.FirstOrDefault() is { } identity && !principal.HasClaim(BiometricClaimTypes.ChallengeId, consumed.Id))
        {
            Replace(identity, FactorEvidence.Of(consumed).Claims([], acr));
        }
    }

    /// <summary>Where no face was asked for. What the application itself claims about the methods stays.</summary>
    public static void SetPasswordOnly(ClaimsPrincipal principal, DateTimeOffset now)
    {
        if (principal.Identities.FirstOrDefault() is { } identity && !principal.HasClaim(claim => claim.Type == BiometricClaimTypes.Method))
        {
            var time = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
            Replace(identity, [new Claim(BiometricClaimTypes.Method, Password), new Claim(BiometricClaimTypes.Time, time, ClaimValueTypes.Integer64)]);
        }
    }

    /// <summary>Carries the claims of a face over to a principal that was built anew from the user's record.</summary>
    public static void Keep(ClaimsPrincipal? former, ClaimsPrincipal? renewed)
    {
        if (former?.HasClaim(claim => claim.Type == BiometricClaimTypes.ChallengeId) == true && renewed?.Identities.FirstOrDefault() is { } identity)
        {
            Replace(identity, former.Claims.Where(FactorEvidence.IsOurs).Select(claim => new Claim(claim.Type, claim.Value, claim.ValueType)));
        }
    }

    private static void Replace(ClaimsIdentity identity, IEnumerable<Claim> claims)
    {
        foreach (var claim in identity.Claims.Where(FactorEvidence.IsOurs).ToArray())
        {
            identity.TryRemoveClaim(claim);
        }

        identity.AddClaims(claims);
    }
}
