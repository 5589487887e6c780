using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>What the asking page shows of a hand-over that waits. From the public origin, as callbacks are, and never from a Host header (attack 10).</summary>
internal sealed class HandOverLinks(HandOverSecrets secrets, BiometricRoutes routes)
{
    /// <summary>Null when nothing waits for its digits, or the key that sealed them is gone.</summary>
    public HandOverShown? Of(HttpContext context, StepUpChallenge challenge) =>
        challenge is { State: ChallengeState.Pending, HandOver.TakenAt: null } && secrets.Open(challenge) is { } code
            ? new(new Uri(new Uri(routes.Origin(context)), routes.Device(context, challenge.Binding.Tenant, code.Code)).AbsoluteUri, code.Digits)
            : null;

    public static string PictureOf(BiometricRoutes routes, HttpContext context, StepUpChallenge challenge) => routes.Local(context, $"/handover/{challenge.Id}/qr");
}

/// <summary>The link, and the digits that are never in it.</summary>
internal sealed record HandOverShown(string Link, string Digits)
{
    /// <summary>Both are secrets.</summary>
    public override string ToString() => "***";
}
