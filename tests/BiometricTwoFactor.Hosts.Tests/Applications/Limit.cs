namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>What every host changes behind a face.</summary>
internal sealed record Limit(string Value)
{
    public const string Title = "Change the limit";

    public void Carry(RelyingPartySetup setup) => setup.Executed.Enqueue("limit " + Value);
}
