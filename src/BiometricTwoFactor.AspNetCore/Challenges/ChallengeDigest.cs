namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// What an approval is for, as one SHA-256: a version tag and length-prefixed fields, so that no two different
/// questions share an input (attack 50). A payment contributes the digest of its transaction, an action its name.
/// </summary>
internal static class ChallengeDigest
{
    public static string Of(string tenant, string reason, string action, Transaction? transaction) =>
        // A payment is bound to amount and payee, not to the URL that carried it: the form, the API and a resumed request agree.
        transaction is null
            ? FieldHash.Of("biometric-step-up/1", tenant, reason, "action", action)
            : FieldHash.Of("biometric-step-up/1", tenant, reason, "transaction", transaction.Digest.ToString());
}
