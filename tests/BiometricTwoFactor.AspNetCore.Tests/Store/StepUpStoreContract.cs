namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>
/// What <see cref="IStepUpStore"/> promises, whatever it is built on: a store's own test class derives from this one and
/// says how to make an empty store.
/// </summary>
public abstract partial class StepUpStoreContract
{
    protected static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The least that every database's clock can tell apart.</summary>
    protected static readonly TimeSpan Instant = TimeSpan.FromMicroseconds(1);

    private static readonly StepUpBinding Alice = new() { Tenant = "bank", Scheme = "Cookies", Subject = "alice", SessionHash = "5e55" };

    /// <summary>Makes an empty store whose clock stands at <see cref="Now"/>.</summary>
    protected abstract ValueTask<IStepUpStore> CreateAsync();

    protected static StepUpChallenge New(string id = "one") => new()
    {
        Id = id,
        Binding = Alice,
        VendorData = "user-42",
        Reason = "high_value_txn",
        Action = "POST /transfers",
        Digest = "d16e57-" + id,
        WorkflowId = "workflow",
        CreatedAt = Now,
        Deadline = Now.AddMinutes(10),
        Original = new OriginalRequest("GET", "/"),
    };

    protected static SessionId Session(string id = "session-1") => SessionId.Parse(id);

    protected static async Task<StepUpChallenge> AddAsync(IStepUpStore store, StepUpChallenge challenge)
    {
        var added = await store.AddOrGetAsync(challenge, limit: 1_000, limitSince: Now.AddDays(-1));
        Assert.Equal(challenge.Id, added?.Id);
        return added!;
    }

    protected static async Task<StepUpChallenge> ReplaceAsync(IStepUpStore store, StepUpChallenge current, Func<StepUpChallenge, StepUpChallenge> change)
    {
        var changed = change(current) with { Version = current.Version + 1 };
        Assert.Equal(ReplaceResult.Replaced, await store.TryReplaceAsync(changed));
        return changed;
    }

    /// <summary>A challenge whose approval can be used, but for what the test changes about it.</summary>
    private static async Task<StepUpChallenge> ApprovedAsync(IStepUpStore store, StepUpChallenge? challenge = null, Func<StepUpChallenge, StepUpChallenge>? change = null) =>
        await ReplaceAsync(
            store,
            await AddAsync(store, challenge ?? New()),
            pending => (change ?? (same => same))(pending with
            {
                State = ChallengeState.Approved,
                ApprovedAt = Now,
                ClaimedAt = Now,
                ExecuteBy = Now.AddMinutes(10),
            }));

    /// <summary>A challenge in any state, reached as it is reached in life.</summary>
    private static async Task<StepUpChallenge> InStateAsync(IStepUpStore store, ChallengeState state, string id = "one")
    {
        switch (state)
        {
            case ChallengeState.Pending:
                return await AddAsync(store, New(id));
            case ChallengeState.Approved:
                return await ApprovedAsync(store, New(id));
            case ChallengeState.Consumed:
                var result = await store.TryConsumeAsync(RequestFor(await ApprovedAsync(store, New(id))));
                Assert.Equal(ConsumeOutcome.Consumed, result.Outcome);
                return result.Challenge!;
            case ChallengeState.Revoked or ChallengeState.Unclaimed:
                return await ReplaceAsync(store, await ApprovedAsync(store, New(id)), approved => approved with { State = state });
            default:
                return await ReplaceAsync(store, await AddAsync(store, New(id)), pending => pending with { State = state });
        }
    }

    private static ConsumeRequest RequestFor(StepUpChallenge challenge, string operation = "operation-1", bool named = true) =>
        new(challenge.Binding, challenge.Reason, challenge.Digest, operation, named ? challenge.Id : null, Now.AddMinutes(1));

    /// <summary>Compares what must survive any store; the records' own equality compares lists by reference.</summary>
    private static void AssertSame(StepUpChallenge? expected, StepUpChallenge? actual) => Assert.Equal(FactsOf(expected), FactsOf(actual));

    private static object? FactsOf(StepUpChallenge? challenge) => challenge is null ? null : new
    {
        challenge.Id,
        challenge.Binding,
        challenge.State,
        challenge.Version,
        challenge.Title,
        challenge.Digest,
        challenge.SessionId,
        challenge.CodeHash,
        challenge.ClaimedAt,
        challenge.ApprovedAt,
        challenge.ExecuteBy,
        challenge.FrozenAt,
        challenge.OperationId,
        challenge.ConsumedAt,
        challenge.LastReadAt,
    };

    /// <summary>Runs all at once, as far as the machine can.</summary>
    private static async Task<T[]> TogetherAsync<T>(int count, Func<int, ValueTask<T>> work)
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var running = Enumerable.Range(0, count).Select(number => Task.Run(async () =>
        {
            await gate.Task;
            return await work(number);
        })).ToArray();
        gate.SetResult();
        return await Task.WhenAll(running);
    }
}
