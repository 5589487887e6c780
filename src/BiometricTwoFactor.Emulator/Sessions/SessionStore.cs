using System.Text.Json.Nodes;

namespace BiometricTwoFactor.Emulator;

/// <summary>
/// All sessions and users, in memory. Callers hold <see cref="Gate"/> for as long as they look at or change a record,
/// and never while they wait for anything.
/// </summary>
internal sealed class SessionStore
{
    private readonly Dictionary<string, SessionRecord> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SessionRecord> _byToken = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<SessionRecord>> _byUser = new(StringComparer.Ordinal);
    private readonly List<SessionRecord> _all = [];
    private readonly Dictionary<string, HeldPicture?> _enrolledByHand = new(StringComparer.Ordinal);
    private readonly HashSet<string> _blocked = new(StringComparer.Ordinal);

    public Lock Gate { get; } = new();

    public IReadOnlyList<SessionRecord> All => _all;

    public int NextNumber => _all.Count + 1;

    /// <summary>Deleted sessions are not found.</summary>
    public SessionRecord? Find(string id) => Live(_byId.GetValueOrDefault(id));

    /// <summary>Deleted or not: for who looks at what was, and changes nothing.</summary>
    public SessionRecord? FindEvenDeleted(string id) => _byId.GetValueOrDefault(id);

    /// <summary>Deleted sessions are not found.</summary>
    public SessionRecord? FindByToken(string token) => Live(_byToken.GetValueOrDefault(token));

    /// <summary>Whether one of the two is taken, by a deleted session too.</summary>
    public bool Knows(string id, string token) => _byId.ContainsKey(id) || _byToken.ContainsKey(token);

    public void Add(SessionRecord session)
    {
        _byId.Add(session.Id, session);
        _byToken.Add(session.Token, session);
        _all.Add(session);
        if (session.VendorData is { } user)
        {
            if (!_byUser.TryGetValue(user, out var sessions))
            {
                _byUser.Add(user, sessions = []);
            }

            sessions.Add(session);
        }
    }

    /// <summary>The session that the provider would hand out again (contract 1.2), or null.</summary>
    public SessionRecord? FindUnfinished(string? vendorData, EmulatedWorkflow workflow) =>
        SessionsOf(vendorData).LastOrDefault(session =>
            session is { IsDeleted: false, IsUnfinished: true } && ReferenceEquals(session.Workflow, workflow));

    public bool HasFace(string? vendorData) =>
        vendorData is not null
        && (_enrolledByHand.ContainsKey(vendorData) || SessionsOf(vendorData).Any(session => session.OffersFace));

    /// <summary>Without a picture, one that is there stays.</summary>
    public void StoreFace(string vendorData, HeldPicture? picture = null)
    {
        var known = _enrolledByHand.GetValueOrDefault(vendorData);
        if (picture is not null)
        {
            known?.Dispose();
        }

        _enrolledByHand[vendorData] = picture ?? known;
    }

    /// <summary>
    /// The picture that a session compares with, in the provider's order (contract 1.1): the portrait sent along, the
    /// picture of the latest approved session, the one enrolled by hand. Null when there is none.
    /// </summary>
    public HeldPicture? ReferenceOf(SessionRecord session) =>
        session.Portrait
        ?? SessionsOf(session.VendorData).LastOrDefault(earlier => earlier is { OffersFace: true, Capture: not null })?.Capture
        ?? (session.VendorData is { } user ? _enrolledByHand.GetValueOrDefault(user) : null);

    public void ForgetFace(string vendorData)
    {
        if (_enrolledByHand.Remove(vendorData, out var picture))
        {
            picture?.Dispose();
        }

        foreach (var session in SessionsOf(vendorData))
        {
            session.KeepsFace = false;
            session.WipePictures();
        }
    }

    public bool IsBlocked(string? vendorData) => vendorData is not null && _blocked.Contains(vendorData);

    public void SetBlocked(string vendorData, bool blocked)
    {
        if (blocked)
        {
            _blocked.Add(vendorData);
        }
        else
        {
            _blocked.Remove(vendorData);
        }
    }

    /// <summary>The hard deletion: the user's sessions, contents included, and faces are gone. A block stays (contract 6).</summary>
    public void DeleteUser(string vendorData)
    {
        ForgetFace(vendorData);
        foreach (var session in SessionsOf(vendorData))
        {
            session.IsDeleted = true;
            session.VendorData = null; // or a restart would make the user anew
            session.Metadata = null;
            session.ExpectedDetails = null;
            session.ContactDetails = null;
            session.Callback = null;
            session.Device = CaptureDevice.Unknown;
            session.Reviews.Clear();
            session.Result = null;
        }

        _byUser.Remove(vendorData);
    }

    /// <summary>Whether a picture of the user is held that a capture would be compared with.</summary>
    public bool HasFacePicture(string vendorData) =>
        _enrolledByHand.GetValueOrDefault(vendorData) is not null
        || SessionsOf(vendorData).Any(session => session is { OffersFace: true, Capture: not null });

    /// <summary>How many sessions the user has that are not deleted.</summary>
    public int CountSessions(string vendorData) => SessionsOf(vendorData).Count(session => !session.IsDeleted);

    /// <summary>Whoever has had a session, a face or a block.</summary>
    public IReadOnlyCollection<string> UsersAndBlocked() => [.. Users().Union(_blocked, StringComparer.Ordinal)];

    public IReadOnlyCollection<string> Users() => [.. _byUser.Keys.Union(_enrolledByHand.Keys, StringComparer.Ordinal)];

    /// <summary>What is known of users beyond their sessions.</summary>
    public IEnumerable<SavedUser> SaveUsers(bool withPictures) =>
        _blocked.Union(_enrolledByHand.Keys, StringComparer.Ordinal).Select(user => new SavedUser(
            user,
            _blocked.Contains(user),
            _enrolledByHand.ContainsKey(user),
            withPictures ? _enrolledByHand.GetValueOrDefault(user)?.Bytes.ToArray() : null));

    /// <summary>Zeroes every picture.</summary>
    public void WipePictures()
    {
        foreach (var session in _all)
        {
            session.WipePictures();
        }

        foreach (var picture in _enrolledByHand.Values)
        {
            picture?.Dispose();
        }

        _enrolledByHand.Clear();
    }

    public EmulatedSession Snapshot(SessionRecord session, Uri baseAddress) => new()
    {
        Id = SessionId.Parse(session.Id),
        Number = session.Number,
        Token = new Secret(session.Token),
        HostedPage = new Uri(SessionLinks.HostedPage(baseAddress, session)),
        Status = session.Status,
        VendorData = session.VendorData,
        WorkflowId = session.Workflow.Id,
        Callback = session.Callback,
        CallbackMethod = session.CallbackMethod,
        Metadata = Clone(session.Metadata),
        Scenario = session.Scenario,
        HasPortrait = session.HasPortrait,
        CreatedAt = session.CreatedAt,
        ExpiresAt = session.ExpiresAt,
        IsDeleted = session.IsDeleted,
    };

    /// <summary>
    /// A node has one parent: what is put into a document must be a copy. By way of its text: <c>DeepClone</c> gives every
    /// value a document of its own, and with thousands of sessions those are what the collector works on.
    /// </summary>
    public static JsonNode? Clone(JsonNode? node) => node is null ? null : JsonNode.Parse(node.ToJsonString());

    private IReadOnlyList<SessionRecord> SessionsOf(string? vendorData) =>
        vendorData is not null && _byUser.TryGetValue(vendorData, out var sessions) ? sessions : [];

    private static SessionRecord? Live(SessionRecord? session) => session is { IsDeleted: false } ? session : null;
}
