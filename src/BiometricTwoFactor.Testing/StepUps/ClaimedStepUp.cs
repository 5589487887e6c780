using System.Net;

namespace BiometricTwoFactor.Testing;

/// <summary>What the application answered to the browser that came back from the provider.</summary>
public sealed class ClaimedStepUp
{
    /// <summary>200 when the challenge is this browser's; 401 when it has to sign in again; 404 when it is nobody's or somebody else's.</summary>
    public required HttpStatusCode Status { get; init; }

    /// <summary>What the user may know: <c>approved</c>, <c>declined</c>, <c>held</c>, <c>not-finished</c>, <c>expired</c>, <c>used</c>, <c>not-found</c>, <c>sign-in</c>; null when the answer has none.</summary>
    public string? State { get; init; }

    /// <summary>The path where the browser goes next: on to the original request when it was approved; null when nowhere.</summary>
    public string? Next { get; init; }

    /// <summary>Whether the face was accepted, and the request may go on.</summary>
    public bool IsApproved => Status == HttpStatusCode.OK && State == "approved";

    /// <summary>Status and state.</summary>
    public override string ToString() => $"{(int)Status} {State}";
}
