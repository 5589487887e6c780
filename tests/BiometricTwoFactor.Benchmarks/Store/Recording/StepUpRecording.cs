namespace BiometricTwoFactor.Benchmarks;

/// <summary>What the store sends for one step-up, and for the chaining of one batch of them.</summary>
internal sealed class StepUpRecording
{
    /// <summary>None of those that are measured.</summary>
    public const int Client = 100;

    private StepUpRecording(IReadOnlyList<RecordedOperation> stepUp, IReadOnlyList<RecordedOperation> chain, ReplayedValues values, int entries)
    {
        StepUp = Prepared(stepUp, values);
        Chain = Prepared(chain, values);
        Entries = entries;
    }

    public IReadOnlyList<ReplayedOperation> StepUp { get; }

    public IReadOnlyList<ReplayedOperation> Chain { get; }

    /// <summary>How many entries of evidence a batch makes.</summary>
    public int Entries { get; }

    public static async Task<StepUpRecording> MakeAsync(StoreUnderTest store)
    {
        // The first batch begins the chain. Of the second the last step-up is written down, and the chaining of all.
        var last = new StepUpNumber(Client, (2 * StepUpNumber.Batch) - 1);
        await store.RunAsync(Client, from: 0, count: last.Index);
        var head = await store.Store.FindEvidenceHeadAsync("");
        var ticks = DateTimeOffset.UtcNow.UtcTicks;
        var stepUp = await store.Recorder.RecordAsync(() => store.RunWithoutChainAsync(last));
        var entries = 0;
        var chain = await store.Recorder.RecordAsync(async () => entries = await store.ChainAsync());

        // What is the step-up's own without showing its number: the hash over its facts, and the id of its customer's key.
        Dictionary<string, string> known = new(StringComparer.Ordinal) { [StepUpFlow.FactsOf(last)] = StepUpNumber.Text('f', 64, last.Number) };
        for (var index = last.Index - StepUpNumber.Batch + 1; index <= last.Index; index++)
        {
            var number = new StepUpNumber(Client, index);
            foreach (var key in await store.Store.FindEvidenceKeysOfAsync("", number.CustomerText(36)))
            {
                known[key.Id] = StepUpNumber.Text('k', key.Id.Length, number.Customer);
            }
        }

        return new StepUpRecording(stepUp, chain, new ReplayedValues(last, ticks, head.Sequence, entries, known), entries);
    }

    private static ReplayedOperation[] Prepared(IEnumerable<RecordedOperation> operations, ReplayedValues values) =>
    [
        .. operations.Select(operation => new ReplayedOperation(
            operation.IsWrite,
            operation.IsTransaction,
            [.. operation.Statements.Select(statement => new ReplayedStatement(statement.Text, statement.Values.ToDictionary(value => value.Name, values.Of, StringComparer.Ordinal)))])),
    ];
}

/// <summary>An operation that can be sent again for another step-up.</summary>
internal sealed record ReplayedOperation(bool IsWrite, bool IsTransaction, IReadOnlyList<ReplayedStatement> Statements);

/// <summary>A command of it.</summary>
internal sealed record ReplayedStatement(string Text, IReadOnlyDictionary<string, ReplayedValue> Values)
{
    /// <summary>It tells where the chain ends, which the entries continue.</summary>
    public bool IsHead => Text.Contains("ORDER BY sequence DESC LIMIT 1", StringComparison.Ordinal);

    /// <summary>It tells which drafts wait.</summary>
    public bool IsWaiting => Text.Contains("ORDER BY id LIMIT", StringComparison.Ordinal);
}
