using System.Security.Cryptography;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Each person's own key, wrapped by the master key, which is in no store (protocol 11). Wrapped: a version byte, eight
/// bytes that name the master key, a nonce, the key under AES-256-GCM, the tag; bound to id, tenant and person.
/// </summary>
internal sealed class EvidenceKeys(IStepUpStore store, Tenants tenants, TimeProvider timeProvider)
{
    /// <summary>A key of this process would leave evidence that nobody can read.</summary>
    public const string MasterKeyMissing =
        "Biometric:Evidence:MasterKey is missing: the store keeps evidence beyond this process, and only this key opens it. Run biometric2fa evidence keys, and put what it prints into the application's secrets.";

    private const byte Version = 1;
    private const int NameLength = 8;
    private const int Prefix = 1 + NameLength;
    private const int WrappedLength = Prefix + EvidenceFormat.NonceLength + EvidenceFormat.KeyLength + EvidenceFormat.TagLength;

    /// <summary>For a store that ends with the process as well.</summary>
    private readonly byte[] _ofThisProcess = RandomNumberGenerator.GetBytes(EvidenceFormat.KeyLength);

    /// <summary>The person's key, made where there is none; the key itself is null where no master key opens it.</summary>
    public async Task<(string Id, byte[]? Key)> GetOrAddAsync(string tenant, string subject, CancellationToken cancellationToken)
    {
        if (await store.FindEvidenceKeysOfAsync(tenant, subject, cancellationToken).ConfigureAwait(false) is [var known, ..])
        {
            return (known.Id, TryUnwrap(known));
        }

        var candidate = new EvidenceKey(ChallengeIds.New(), tenant, subject, [], EvidenceFormat.Truncated(timeProvider.GetUtcNow()));
        candidate = candidate with { Wrapped = Wrap(candidate, RandomNumberGenerator.GetBytes(EvidenceFormat.KeyLength)) };
        var stored = await store.GetOrAddEvidenceKeyAsync(candidate, cancellationToken).ConfigureAwait(false);
        return (stored.Id, TryUnwrap(stored));
    }

    /// <summary>Null when it was wrapped under a master key that is not configured, or was changed.</summary>
    public byte[]? TryUnwrap(EvidenceKey key)
    {
        if (key.Wrapped.Length != WrappedLength || key.Wrapped[0] != Version)
        {
            return null;
        }

        foreach (var master in Masters(key.Tenant))
        {
            if (!CryptographicOperations.FixedTimeEquals(key.Wrapped.AsSpan(1, NameLength), NameOf(master)))
            {
                continue;
            }

            var opened = new byte[EvidenceFormat.KeyLength];
            try
            {
                using var aes = new AesGcm(master, EvidenceFormat.TagLength);
                aes.Decrypt(
                    key.Wrapped.AsSpan(Prefix, EvidenceFormat.NonceLength),
                    key.Wrapped.AsSpan(Prefix + EvidenceFormat.NonceLength, EvidenceFormat.KeyLength),
                    key.Wrapped.AsSpan(Prefix + EvidenceFormat.NonceLength + EvidenceFormat.KeyLength),
                    opened,
                    BoundTo(key));
                return opened;
            }
            catch (AuthenticationTagMismatchException)
            {
                return null;
            }
        }

        return null;
    }

    private byte[] Wrap(EvidenceKey key, byte[] personKey)
    {
        // A process that was not started (a command) has not been stopped by the check at the start either.
        var master = tenants.EvidenceOf(key.Tenant).MasterKey is { } text ? EvidenceKeyText.Master(text)
            : store.SurvivesRestart ? throw new InvalidOperationException(MasterKeyMissing)
            : _ofThisProcess;
        var wrapped = new byte[WrappedLength];
        wrapped[0] = Version;
        NameOf(master).CopyTo(wrapped.AsSpan(1));
        var nonce = wrapped.AsSpan(Prefix, EvidenceFormat.NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(master, EvidenceFormat.TagLength);
        var sealedKey = wrapped.AsSpan(Prefix + EvidenceFormat.NonceLength);
        aes.Encrypt(nonce, personKey, sealedKey[..EvidenceFormat.KeyLength], sealedKey[EvidenceFormat.KeyLength..], BoundTo(key));
        return wrapped;
    }

    private IEnumerable<byte[]> Masters(string tenant)
    {
        var configured = tenants.EvidenceOf(tenant);
        if (configured.MasterKey is { } present)
        {
            yield return EvidenceKeyText.Master(present);
        }

        foreach (var former in configured.FormerMasterKeys)
        {
            yield return EvidenceKeyText.Master(former);
        }

        yield return _ofThisProcess;
    }

    private static ReadOnlySpan<byte> NameOf(byte[] master) =>
        SHA256.HashData(new FieldBuffer().Begin("biometric-evidence/1 master"u8).Add(master).Written).AsSpan(0, NameLength);

    private static ReadOnlySpan<byte> BoundTo(EvidenceKey key) =>
        new FieldBuffer().Begin("biometric-evidence/1 person"u8).Add(key.Id).Add(key.Tenant).Add(key.Subject).Written;
}
