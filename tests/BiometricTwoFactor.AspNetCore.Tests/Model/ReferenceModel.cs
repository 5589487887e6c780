namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>
/// The protocol in small: who may use which approval for what, told from what was done. It never asks the store whether
/// something was allowed; what the store says is held against it.
/// </summary>
internal sealed class ReferenceModel
{
    private static readonly TimeSpan Ten = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Review = TimeSpan.FromHours(24);

    private readonly Dictionary<ModelBinding, string> _hashes = [];
    private readonly Dictionary<SessionId, ProviderRecord> _provider = [];
    private int _sessions;

    public List<KnownChallenge> Known { get; } = [];

    public ModelBinding NewBinding(string account) => new(account, ++_sessions);

    public KnownChallenge? Find(string id) => Known.Find(known => known.Id == id);

    public KnownChallenge Add(string id, Facts facts, ModelBinding owner, DateTimeOffset now)
    {
        var known = new KnownChallenge(id, facts, owner, now);
        Known.Add(known);
        return known;
    }

    /// <summary>The provider made a session for these facts.</summary>
    public void Opened(SessionId session, string nonce, Facts facts) => _provider[session] = new ProviderRecord(nonce, facts);

    /// <summary>The provider said Approved, at least once.</summary>
    public void Approved(SessionId session)
    {
        if (_provider.TryGetValue(session, out var record))
        {
            record.WasApproved = true;
        }
    }

    public bool WasApproved(SessionId session) => _provider.TryGetValue(session, out var record) && record.WasApproved;

    /// <summary>An execution, against all that must be so.</summary>
    public void CheckExecution(Execution execution, ModelBinding? by, Facts sent, DateTimeOffset now)
    {
        Require(execution.Challenge is not null, "executed without an approval");
        var known = Find(execution.Challenge!);
        Require(known is not null, "executed by an approval that nobody asked for");
        Require(!known!.Executed, $"{known.Id} was used twice");
        Require(by is not null && known.Owner == by && execution.Subject == by.Account, $"{known.Id} was used by another binding");
        Require(known.Facts == sent && execution.Facts == sent, $"{known.Id} was used for other facts");
        Require(known.Claimed, $"{known.Id} was used without a claim");
        Require(known.Ended is null, $"{known.Id} was used although it had ended: {known.Ended}");
        Require(known.SeenApprovedAt is null || known.SeenInReview || now < known.SeenApprovedAt + Ten, $"{known.Id} was used after its time");
        Require(known.SeenInReview
            ? known.ConfirmedAt is { } confirmed && now < confirmed + Ten && confirmed < known.AskedAt + Ten + Review
            : now < known.AskedAt + Ten + Ten, $"{known.Id} was used after its time, or unconfirmed after a review");
        var verdicts = _provider.Where(entry => entry.Value.WasApproved && entry.Value.Nonce == known.Id && entry.Value.Facts == sent).ToArray();
        Require(verdicts.Length == 1 && verdicts[0].Key == known.Session, $"{known.Id} was used with {verdicts.Length} verdicts for it");
        known.Executed = true;
    }

    /// <summary>What the store says of a challenge, against the model, after each step.</summary>
    public void CheckStored(KnownChallenge known, StepUpChallenge stored, DateTimeOffset now)
    {
        Require(known.Seen is ChallengeState.Pending or ChallengeState.InReview or ChallengeState.Approved || stored.State == known.Seen,
            $"{known.Id} left its end {known.Seen} for {stored.State}");
        Require(stored.Binding.Subject == known.Owner.Account, $"{known.Id} belongs to another person");
        if (_hashes.TryGetValue(known.Owner, out var hash))
        {
            Require(hash == stored.Binding.SessionHash, $"{known.Id} changed hands");
        }
        else
        {
            Require(!_hashes.ContainsValue(stored.Binding.SessionHash), $"{known.Id} belongs to another sign-in");
            _hashes.Add(known.Owner, stored.Binding.SessionHash);
        }

        Require((stored.State == ChallengeState.Consumed) == known.Executed, $"{known.Id} is {stored.State}, executed: {known.Executed}");
        Require(stored.ClaimedAt is null || known.Claimed, $"{known.Id} is claimed, and nobody claimed it");
        Require(!stored.IsOpen || known.Ended is null, $"{known.Id} is open although it ended: {known.Ended}");
        if (stored.State is ChallengeState.Approved or ChallengeState.Consumed)
        {
            Require(stored.SessionId == known.Session && known.Session is { } session && WasApproved(session) && _provider[session].Nonce == known.Id,
                $"{known.Id} is {stored.State} without a verdict");
            known.SeenApprovedAt ??= now;
        }

        known.SeenInReview |= stored.State == ChallengeState.InReview || stored.CameOutOfReview;
        known.Seen = stored.State;
        known.Ended ??= stored.IsOpen || stored.State == ChallengeState.Consumed ? null : $"seen as {stored.State}";
    }

    /// <summary>A sign-in in a browser: the same person takes over what that browser started; anybody else ends it (protocol 1.5).</summary>
    public void SignedIn(Person person, string account)
    {
        var binding = person.Binding?.Account == account ? person.Binding : NewBinding(account);
        person.Binding = binding;
        if (person.Started is { Ended: null, Executed: false } started && started.Owner != binding)
        {
            if (started.Owner.Account == account)
            {
                started.Owner = binding;
            }
            else
            {
                started.Ended = "another person signed in";
                person.Started = null;
            }
        }
    }

    /// <summary>A sign-out by hand ends what was bound to that sign-in.</summary>
    public void SignedOut(Person person)
    {
        if (person.Binding is { } binding)
        {
            foreach (var known in Known.Where(known => known.Owner == binding && !known.Executed))
            {
                known.Ended ??= "signed out";
            }

            person.Started = null;
        }

        person.Binding = null;
    }

    public static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new ModelException(otherwise);
        }
    }

    private sealed class ProviderRecord(string nonce, Facts facts)
    {
        public string Nonce { get; } = nonce;

        public Facts Facts { get; } = facts;

        public bool WasApproved { get; set; }
    }
}

/// <summary>The model and the bank disagree.</summary>
public sealed class ModelException(string message) : Exception(message);
