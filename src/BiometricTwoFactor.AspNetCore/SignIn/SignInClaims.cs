using System.Globalization;
using System.Security.Claims;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// What a sign-in's principal says about how it came about, and nothing that was not evidenced: <c>amr</c> in the
/// words of RFC 8176, <c>mfa</c> only for two factors of different kinds, <c>acr</c>, <c>auth_time</c> and the challenge.
/// </summary>
internal static class SignInClaims
{
    public const string Password = "pwd";
    public const string Amr = "amr";
    public const string Acr = "acr";
    public const string AuthTime = "auth_time";
    public const string Challenge = "biometric_challenge";

    private const string Face = "face";
    private const string MultiFactor = "mfa";

    /// <summary>What the SDK states, and what outlives a renewal of the principal.</summary>
    private static readonly string[] Stated = [Amr, Acr, AuthTime, Challenge];

    /// <summary>Knowledge and possession; a face beside one of them is two factors. A network's signals are none .</summary>
    private static readonly string[] OtherKinds = [Password, "pin", "kba", "otp", "sms", "tel", "hwk", "swk", "sc", "pop"];

    /// <summary>After a face: replaces whatever was claimed about the methods before.</summary>
    public static void SetApproved(ClaimsPrincipal principal, StepUpChallenge consumed)
    {
        if (principal.Identities.FirstOrDefault() is not { } identity || identity.HasClaim(Challenge, consumed.Id))
        {
            return;
        }

        // An alternative took the face's place: its own factors say what was shown.
        string[] methods = consumed.Alternative is null ? [.. consumed.Factors, Face] : [.. consumed.Factors];
        var isMultiFactor = consumed.Alternative is null && consumed.Factors.Any(factor => OtherKinds.Contains(factor, StringComparer.Ordinal));
        Replace(identity, isMultiFactor ? [.. methods, MultiFactor] : methods, consumed.ApprovedAt ?? consumed.ConsumedAt);
        identity.AddClaim(new Claim(Acr, "urn:biometric-step-up:" + consumed.Reason));
        identity.AddClaim(new Claim(Challenge, consumed.Id));
    }

    /// <summary>Where no face was asked for. What the application itself claims about the methods stays.</summary>
    public static void SetPasswordOnly(ClaimsPrincipal principal, DateTimeOffset now)
    {
        if (principal.Identities.FirstOrDefault() is { } identity && !principal.HasClaim(claim => claim.Type == Amr))
        {
            Replace(identity, [Password], now);
        }
    }

    /// <summary>Carries the claims of a face over to a principal that was built anew from the user's record.</summary>
    public static void Keep(ClaimsPrincipal? former, ClaimsPrincipal? renewed)
    {
        if (former?.HasClaim(claim => claim.Type == Challenge) != true || renewed?.Identities.FirstOrDefault() is not { } identity)
        {
            return;
        }

        Remove(identity, Stated);
        identity.AddClaims(former.Claims.Where(claim => Stated.Contains(claim.Type, StringComparer.Ordinal)).Select(claim => new Claim(claim.Type, claim.Value, claim.ValueType)));
    }

    private static void Replace(ClaimsIdentity identity, IEnumerable<string> methods, DateTimeOffset? at)
    {
        Remove(identity, Stated);
        identity.AddClaims(methods.Distinct(StringComparer.Ordinal).Select(method => new Claim(Amr, method)));
        if (at is { } time)
        {
            identity.AddClaim(new Claim(AuthTime, time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), ClaimValueTypes.Integer64));
        }
    }

    private static void Remove(ClaimsIdentity identity, string[] types)
    {
        foreach (var claim in identity.Claims.Where(claim => types.Contains(claim.Type, StringComparer.Ordinal)).ToArray())
        {
            identity.TryRemoveClaim(claim);
        }
    }
}
