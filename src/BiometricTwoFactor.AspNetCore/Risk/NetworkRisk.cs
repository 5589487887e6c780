namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// What the verdict's network signals demand (protocol 5.6 and 9; contract, "when to step up"). A pure function: each signal
/// that is there, with the policy's response to it. A signal that is missing says nothing; it takes nothing away either.
/// </summary>
internal static class NetworkRisk
{
    /// <summary>The signals that the policy responds to, each once, with the response.</summary>
    public static IReadOnlyList<NetworkSignal> SignalsOf(StepUpChallenge challenge, SessionDecision decision, NetworkRiskOptions policy)
    {
        List<NetworkSignal> found = [];
        var analyses = decision.IpAnalyses;
        Add(found, JudgementReason.VpnOrTor, policy.VpnOrTor, analyses.Any(analysis => analysis.IsVpnOrTor == true));
        Add(found, JudgementReason.DataCentre, policy.DataCentre, analyses.Any(analysis => analysis.IsDataCenter == true));
        Add(found, JudgementReason.CountryDiffers, policy.CountryJump, analyses.Any(analysis => CountryDiffers(challenge.StartedOn.Country, analysis.CountryCode)));
        Add(found, JudgementReason.AddressDiffers, policy.AddressDiffers, analyses.Any(analysis => NetworkDiffers(challenge, analysis.Address)));
        return found;
    }

    /// <summary>Two letters as ISO 3166-1 has them, in upper case; null for anything else.</summary>
    public static string? CountryOf(string? text) =>
        text is { Length: 2 } && char.IsAsciiLetter(text[0]) && char.IsAsciiLetter(text[1]) ? text.ToUpperInvariant() : null;

    private static void Add(List<NetworkSignal> found, string code, RiskResponse response, bool isThere)
    {
        if (isThere && response != RiskResponse.Accept)
        {
            found.Add(new NetworkSignal(code, response));
        }
    }

    private static bool CountryDiffers(string? asking, string? capture) =>
        CountryOf(asking) is { } one && CountryOf(capture) is { } other && !string.Equals(one, other, StringComparison.Ordinal);

    private static bool NetworkDiffers(StepUpChallenge challenge, string? capture) =>
        challenge.StartedOn.NetworkHash is { } asking
        && AddressNetwork.HashOf(challenge.Id, capture) is { } hash
        && !string.Equals(asking, hash, StringComparison.Ordinal);
}

/// <summary>A signal, and what the policy demands for it.</summary>
/// <param name="Code">One of <see cref="JudgementReason"/>.</param>
/// <param name="Response">More than <see cref="RiskResponse.Accept"/>.</param>
internal sealed record NetworkSignal(string Code, RiskResponse Response);
