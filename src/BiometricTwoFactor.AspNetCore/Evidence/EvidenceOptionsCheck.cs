namespace BiometricTwoFactor.AspNetCore;

/// <summary>What is wrong with the evidence's options, by the setting's name and never by its value.</summary>
internal static class EvidenceOptionsCheck
{
    private const string Section = "Biometric:Evidence:";
    private const int MostEntries = 1_000_000;

    public static IEnumerable<string> Problems(EvidenceOptions options)
    {
        if (options.MasterKey is { } master && !EvidenceKeyText.TryMaster(master, out _))
        {
            yield return $"{Section}{nameof(options.MasterKey)}: {EvidenceKeyText.MasterShape}";
        }

        for (var former = 0; former < options.FormerMasterKeys.Count; former++)
        {
            if (!EvidenceKeyText.TryMaster(options.FormerMasterKeys[former], out _))
            {
                yield return $"{Section}{nameof(options.FormerMasterKeys)}:{former}: {EvidenceKeyText.MasterShape}";
            }
        }

        if (options.SigningKey is { } text)
        {
            using var key = EvidenceKeyText.SigningKey(text);
            if (key is null)
            {
                yield return $"{Section}{nameof(options.SigningKey)}: {EvidenceKeyText.SigningShape}";
            }
        }

        if (options.CheckpointEvery is < 1 or > MostEntries)
        {
            yield return $"{Section}{nameof(options.CheckpointEvery)}: 1 to {MostEntries}.";
        }

        if (options.CheckpointInterval <= TimeSpan.Zero || options.CheckpointInterval > TimeSpan.FromDays(31))
        {
            yield return $"{Section}{nameof(options.CheckpointInterval)}: more than zero and at most 31 days.";
        }

        if (options.Retention < TimeSpan.FromDays(1))
        {
            yield return $"{Section}{nameof(options.Retention)}: at least one day.";
        }

        if (options.KeepEndedFor < TimeSpan.FromDays(1))
        {
            yield return $"{Section}{nameof(options.KeepEndedFor)}: at least one day.";
        }
    }
}
