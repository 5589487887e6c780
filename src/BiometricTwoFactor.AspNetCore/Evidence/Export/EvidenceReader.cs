using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>Reads entries and opens them, as a stream: what was read is let go.</summary>
internal sealed class EvidenceReader(IStepUpStore store, EvidenceKeys keys, ILogger<EvidenceReader> logger)
{
    private const int Batch = 256;
    private const int MostKeys = 10_000;

    /// <summary>The filter's query; null where the person has no evidence that could be told from others'.</summary>
    public async Task<EvidenceQuery?> QueryAsync(string tenant, EvidenceFilter filter, CancellationToken cancellationToken)
    {
        IReadOnlyCollection<string>? ids = null;
        if (filter.Subject is { } subject)
        {
            ids = [.. (await store.FindEvidenceKeysOfAsync(tenant, subject, cancellationToken).ConfigureAwait(false)).Select(key => key.Id)];
            if (ids.Count == 0)
            {
                return null;
            }
        }

        return new EvidenceQuery { Tenant = tenant, From = filter.From, To = filter.To, KeyIds = ids, ChallengeId = filter.ChallengeId };
    }

    /// <summary>The entries up to a place, opened.</summary>
    public async IAsyncEnumerable<OpenedEvidence> ReadAsync(
        EvidenceQuery query, EvidenceFilter filter, long through, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var chosen = filter.Outcome is { } outcome ? await WithOutcomeAsync(query, outcome, through, cancellationToken).ConfigureAwait(false) : null;
        var format = new EvidenceFormat();
        var warned = false;
        Dictionary<string, PersonKey> known = new(StringComparer.Ordinal);
        List<ChainedEvidence> batch = new(Batch);
        await foreach (var entry in store.ReadEvidenceAsync(query, cancellationToken).ConfigureAwait(false))
        {
            if (entry.Sequence > through)
            {
                break;
            }

            if (chosen is not null && !chosen.Contains(entry.ChallengeId))
            {
                continue;
            }

            batch.Add(entry);
            if (batch.Count < Batch)
            {
                continue;
            }

            foreach (var opened in await OpenAsync(batch, known, format, cancellationToken).ConfigureAwait(false))
            {
                Warn(opened);
                yield return opened;
            }

            batch.Clear();
        }

        foreach (var opened in await OpenAsync(batch, known, format, cancellationToken).ConfigureAwait(false))
        {
            Warn(opened);
            yield return opened;
        }

        void Warn(OpenedEvidence opened)
        {
            if (!warned && opened is { Key: null, IsErased: false })
            {
                warned = true; // once for each reading: there may be a million of them
                Log.EvidenceUnreadable(logger, opened.Entry.KeyId);
            }
        }
    }

    private async Task<HashSet<string>> WithOutcomeAsync(EvidenceQuery query, ChallengeState outcome, long through, CancellationToken cancellationToken)
    {
        HashSet<string> found = new(StringComparer.Ordinal);
        var name = outcome.ToString();
        await foreach (var entry in store.ReadEvidenceAsync(query, cancellationToken).ConfigureAwait(false))
        {
            if (entry.Sequence > through)
            {
                break;
            }

            if (entry.Outcome is null)
            {
                continue;
            }

            if (string.Equals(entry.Outcome, name, StringComparison.Ordinal))
            {
                found.Add(entry.ChallengeId);
            }
            else
            {
                found.Remove(entry.ChallengeId);
            }
        }

        return found;
    }

    private async Task<List<OpenedEvidence>> OpenAsync(
        List<ChainedEvidence> batch, Dictionary<string, PersonKey> known, EvidenceFormat format, CancellationToken cancellationToken)
    {
        if (known.Count > MostKeys)
        {
            known.Clear();
        }

        var missing = batch.Select(entry => entry.KeyId).Where(id => !known.ContainsKey(id)).Distinct(StringComparer.Ordinal).ToArray();
        if (missing.Length > 0)
        {
            foreach (var key in await store.FindEvidenceKeysAsync(missing, cancellationToken).ConfigureAwait(false))
            {
                known[key.Id] = new PersonKey(keys.TryUnwrap(key), IsErased: false);
            }

            foreach (var id in missing)
            {
                known.TryAdd(id, new PersonKey(Key: null, IsErased: true));
            }
        }

        return [.. batch.Select(entry => Open(entry, known[entry.KeyId], format))];
    }

    private static OpenedEvidence Open(ChainedEvidence entry, PersonKey person, EvidenceFormat format)
    {
        if (person.Key is null)
        {
            return new OpenedEvidence(entry, Key: null, Content: [], person.IsErased);
        }

        var key = new byte[EvidenceFormat.KeyLength];
        format.DeriveKey(person.Key, entry.Tenant, entry.Sequence, key);
        var plaintext = new byte[Math.Max(0, entry.Ciphertext.Length - EvidenceFormat.NonceLength - EvidenceFormat.TagLength)];
        var fields = new EvidenceFields(entry.Tenant, entry.Sequence, entry.ChallengeId, entry.Kind, entry.Outcome, entry.At, entry.KeyId);
        // What does not open is handed out as it is: the verifier says what is wrong with it.
        return format.TryDecrypt(in fields, key, entry.Ciphertext, plaintext) && EvidencePlaintext.TryUnpack(plaintext, out var json, out _)
            ? new OpenedEvidence(entry, key, json.ToArray(), IsErased: false)
            : new OpenedEvidence(entry, key, Content: [], IsErased: false);
    }

    private sealed record PersonKey(byte[]? Key, bool IsErased);
}
