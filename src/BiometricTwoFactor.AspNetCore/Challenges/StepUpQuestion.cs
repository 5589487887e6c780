namespace BiometricTwoFactor.AspNetCore;

/// <summary>What an endpoint asks: the reason, and the payment or the action. Two questions are the same when their digests are.</summary>
/// <param name="Reason">Why, in the wire's words.</param>
/// <param name="Action">Title, method, route and query.</param>
/// <param name="Transaction">Amount and payee; null for an action.</param>
/// <param name="Title">What the confirm page calls the action.</param>
internal sealed record StepUpQuestion(string Reason, string Action, Transaction? Transaction = null, string? Title = null)
{
    /// <summary>What the endpoint does otherwise than its reason; null for nothing. No part of what is asked: the digest leaves it out.</summary>
    public StepUpEndpointOptions? Endpoint { get; init; }

    public string DigestFor(string tenant) => ChallengeDigest.Of(tenant, Reason, Action, Transaction);

    public override string ToString() => Reason;
}
