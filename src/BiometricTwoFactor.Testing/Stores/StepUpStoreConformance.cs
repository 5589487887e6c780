using System.Reflection;
using BiometricTwoFactor.AspNetCore;

namespace BiometricTwoFactor.Testing;

/// <summary>
/// What <see cref="IStepUpStore"/> promises, whatever it is built on: a list of named cases that a test of any framework runs
/// as its data, each on empty stores that the test makes.
/// <code>
/// public static TheoryData&lt;string&gt; Names =&gt; [.. StepUpStoreConformance.Cases.Select(one =&gt; one.Name)];
///
/// [Theory, MemberData(nameof(Names))]
/// public Task The_store_conforms(string name) =&gt;
///     StepUpStoreConformance.Cases.Single(one =&gt; one.Name == name).RunAsync(clock =&gt; MyEmptyStore(clock));
/// </code>
/// </summary>
public sealed partial class StepUpStoreConformance
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The least that every database's clock can tell apart.</summary>
    private static readonly TimeSpan Instant = TimeSpan.FromMicroseconds(1);

    private const string Tenant = "bank";

    private static readonly StepUpBinding Alice = new() { Tenant = Tenant, Scheme = "Cookies", Subject = "alice", SessionHash = "5e55" };

    private readonly Func<TimeProvider, ValueTask<IStepUpStore>> _emptyStore;

    internal StepUpStoreConformance(Func<TimeProvider, ValueTask<IStepUpStore>> emptyStore) => _emptyStore = emptyStore;

    /// <summary>Every promise, as a case of its own. A store conforms when all of them pass.</summary>
    public static IReadOnlyList<StepUpStoreCase> Cases { get; } =
    [
        .. from method in typeof(StepUpStoreConformance).GetMethods(BindingFlags.Instance | BindingFlags.NonPublic)
           from mark in method.GetCustomAttributes<StoreCaseAttribute>()
           select new StepUpStoreCase(method, mark.Arguments),
    ];

    /// <summary>Where the clock of <see cref="CreateAsync"/> stands.</summary>
    private TestClock Clock { get; } = new(Now);

    /// <summary>Makes an empty store whose clock stands at <see cref="Now"/>.</summary>
    private ValueTask<IStepUpStore> CreateAsync() => _emptyStore(Clock);

    private static StepUpChallenge New(string id = "one") => new()
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

    private static SessionId Session(string id = "session-1") => SessionId.Parse(id);

    private static async Task<StepUpChallenge> AddAsync(IStepUpStore store, StepUpChallenge challenge)
    {
        var added = await store.AddOrGetAsync(challenge, limit: 1_000, limitSince: Now.AddDays(-1));
        Expect.Equal(challenge.Id, added?.Id);
        return added!;
    }

    private static async Task<StepUpChallenge> ReplaceAsync(IStepUpStore store, StepUpChallenge current, Func<StepUpChallenge, StepUpChallenge> change)
    {
        var changed = change(current) with { Version = current.Version + 1 };
        Expect.Equal(ReplaceResult.Replaced, await store.TryReplaceAsync(changed));
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
                Expect.Equal(ConsumeOutcome.Consumed, result.Outcome);
                return result.Challenge!;
            case ChallengeState.Revoked or ChallengeState.Unclaimed:
                return await ReplaceAsync(store, await ApprovedAsync(store, New(id)), approved => approved with { State = state });
            default:
                return await ReplaceAsync(store, await AddAsync(store, New(id)), pending => pending with { State = state });
        }
    }

    private static ConsumeRequest RequestFor(StepUpChallenge challenge, string operation = "operation-1", bool named = true) =>
        new(challenge.Binding, challenge.Reason, challenge.Digest, operation, named ? challenge.Id : null, Now.AddMinutes(1));

    /// <summary>Compares every fact of a challenge; the records' own equality compares lists by reference.</summary>
    private static void ExpectSame(StepUpChallenge? expected, StepUpChallenge? actual) => Expect.Equal(ChallengeFacts.Of(expected), ChallengeFacts.Of(actual));

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

    private static DeliveryMark Delivery(string key) => new(key);

    private static async Task<DeliveryStanding> StandingAsync(IStepUpStore store, DeliveryMark delivery, string tenant = Tenant) =>
        (await store.FindForDeliveryAsync(tenant, Session(), delivery)).Standing;
}
