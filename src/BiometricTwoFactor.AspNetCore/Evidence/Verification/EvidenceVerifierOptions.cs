using System.Security.Cryptography;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>What a verifier of evidence is given beside the file.</summary>
public sealed class EvidenceVerifierOptions
{
    /// <summary>The webhook secrets, present and former: with them the provider's signatures are checked again. Their ends do not count.</summary>
    public IList<WebhookSecret> Secrets { get; } = [];

    /// <summary>The public keys whose checkpoints count, from somewhere else than the file. Without one, their signatures are not checked.</summary>
    public IList<ECDsa> PublicKeys { get; } = [];

    /// <summary>The last entry that is known from elsewhere, by its place; null for none. A file that does not reach it was cut.</summary>
    public long? HeadSequence { get; set; }

    /// <summary>The hash of that entry, 32 bytes; null for none.</summary>
    public byte[]? HeadHash { get; set; }

    /// <summary>
    /// How many entries may stand behind the last checkpoint that was checked; null where checkpoints are not demanded. With it a
    /// chain without a checkpoint signed under one of <see cref="PublicKeys"/> is not intact: whoever can take all of them out
    /// can write another past.
    /// </summary>
    public long? MostUncovered { get; set; }

    /// <summary>Called for each entry, in the order of the file.</summary>
    public Action<EvidenceRecordVerdict>? OnRecord { get; set; }

    /// <summary>Called for each problem, as it is found, which is not always the order of the lines; <see cref="EvidenceVerification.Problems"/> is.</summary>
    public Action<EvidenceProblem>? OnProblem { get; set; }
}
