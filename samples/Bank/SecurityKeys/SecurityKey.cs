namespace Bank;

/// <summary>A customer's security key: its public half, and how often it has signed.</summary>
/// <param name="Id">The credential's id.</param>
/// <param name="PublicKey">The public key, as the key gave it.</param>
/// <param name="SignCount">The counter of the last signature; a lower one is a copy of the key.</param>
/// <param name="IsSynced">True for a passkey that can be copied to other devices.</param>
internal sealed record SecurityKey(byte[] Id, byte[] PublicKey, uint SignCount, bool IsSynced);
