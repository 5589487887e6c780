using System.Globalization;
using System.Security.Claims;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// What was evidenced, and the claims that say so truthfully: nothing that was not shown, and <c>mfa</c> only
/// for two independent categories. Signals such as an address are no factor. Pure.
/// </summary>
/// <param name="ChallengeId">The challenge.</param>
/// <param name="Digest">Its digest.</param>
/// <param name="Reason">Why it was asked.</param>
/// <param name="At">When the face was approved.</param>
/// <param name="Methods">The methods of this very attempt, in the words of <c>amr</c>.</param>
internal sealed record FactorEvidence(string ChallengeId, string Digest, string Reason, DateTimeOffset At, IReadOnlyList<string> Methods)
{
    public const string Face = AuthenticationMethods.Face;
    private const string Multiple = AuthenticationMethods.Multiple;

    /// <summary>Under this name ASP.NET Core's token handlers keep <c>amr</c> where they map claims.</summary>
    private const string MappedMethod = "http://schemas.microsoft.com/claims/authnmethodsreferences";

    public static FactorEvidence Of(StepUpChallenge challenge) => new(
        challenge.Id, challenge.Digest, challenge.Reason, challenge.ApprovedAt ?? challenge.ConsumedAt ?? challenge.CreatedAt, MethodsOf(challenge));

    public static FactorEvidence Of(AccessWindow window) => new(
        window.ChallengeId, window.Digest, StepUpReason.LoginNewDevice, window.AuthenticatedAt, window.Factors);

    /// <summary>The face, unless an alternative took its place, and what the application stated about this attempt.</summary>
    public static IReadOnlyList<string> MethodsOf(StepUpChallenge challenge) =>
        [.. (challenge.Alternative is null ? [Face, .. challenge.Factors] : challenge.Factors).Where(IsStatement).Distinct(StringComparer.Ordinal)];

    /// <summary>
    /// What the sign-in session says of itself, as far as it is a factor. Its own face is left out: a login's face serves
    /// nothing else (protocol 2.1). A session that says nothing adds nothing.
    /// </summary>
    public static IReadOnlyList<string> MethodsOf(ClaimsPrincipal session)
    {
        List<string> methods = [];
        foreach (var identity in session.Identities)
        {
            if (!identity.IsAuthenticated)
            {
                continue;
            }

            foreach (var claim in identity.Claims)
            {
                if (claim is { Type: BiometricClaimTypes.Method or MappedMethod, Value: not Face } && AuthenticationMethods.CategoryOf(claim.Value) != FactorCategory.None && !methods.Contains(claim.Value))
                {
                    methods.Add(claim.Value);
                }
            }
        }

        return methods;
    }

    /// <summary>The values of <c>amr</c>: the methods, those of the session, and <c>mfa</c> where they are of two categories.</summary>
    public IReadOnlyList<string> Amr(IReadOnlyList<string> session)
    {
        List<string> all = [];
        HashSet<FactorCategory> categories = [];
        foreach (var word in Methods.Concat(session))
        {
            if (IsStatement(word) && !all.Contains(word))
            {
                all.Add(word);
                categories.Add(AuthenticationMethods.CategoryOf(word));
            }
        }

        categories.Remove(FactorCategory.None);
        if (categories.Count > 1)
        {
            all.Add(Multiple);
        }

        return all;
    }

    /// <summary>The claims of a ticket or of a request.</summary>
    public IEnumerable<Claim> Claims(IReadOnlyList<string> session, Func<string, string> acr)
    {
        foreach (var method in Amr(session))
        {
            yield return new Claim(BiometricClaimTypes.Method, method);
        }

        yield return new Claim(BiometricClaimTypes.ContextClass, acr(Reason));
        yield return new Claim(BiometricClaimTypes.Time, At.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), ClaimValueTypes.Integer64);
        yield return new Claim(BiometricClaimTypes.ChallengeId, ChallengeId);
        yield return new Claim(BiometricClaimTypes.Digest, Digest);
    }

    /// <summary>True for the claims that only evidence may state.</summary>
    public static bool IsOurs(Claim claim) =>
        claim.Type is BiometricClaimTypes.Method or MappedMethod or BiometricClaimTypes.ContextClass or BiometricClaimTypes.Time
            or BiometricClaimTypes.ChallengeId or BiometricClaimTypes.Digest;

    public override string ToString() => ChallengeId;

    /// <summary>That there were several is our conclusion and nobody's statement.</summary>
    private static bool IsStatement(string word) => word is { Length: > 0 } and not (Multiple or "mca");
}
