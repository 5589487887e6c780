using System.Text.Json.Nodes;

namespace BiometricTwoFactor.Emulator;

/// <summary>How sessions move, and that the relying party hears of it. Every change of status goes through here.</summary>
internal sealed class SessionFlow(
    EmulatorSettings settings,
    SessionStore store,
    WebhookComposer composer,
    WebhookDispatcher dispatcher,
    ChangeFeed changes,
    VerdictFlips flips)
{
    /// <summary>A session was made.</summary>
    public void Start(SessionRecord session)
    {
        lock (store.Gate)
        {
            store.Add(session);
            Note(session, "created");
        }
    }

    /// <summary>Writes it on the session's timeline, and wakes whoever watches.</summary>
    /// <param name="session">The session.</param>
    /// <param name="what">A word in snake case.</param>
    /// <param name="detail">More about it: never a secret, a token or a picture.</param>
    public void Note(SessionRecord session, string what, string? detail = null)
    {
        lock (store.Gate)
        {
            session.Timeline.Add(settings.Clock.GetUtcNow(), what, detail);
        }

        changes.Notify();
    }

    /// <summary>The hosted page was opened: Not Started becomes In Progress. Nothing happens when it was deleted meanwhile.</summary>
    public Task Open(SessionRecord session, CaptureDevice device)
    {
        lock (store.Gate)
        {
            if (session.IsDeleted)
            {
                return Task.CompletedTask;
            }

            session.Device = device;
            return session.Status == SessionStatus.NotStarted ? Move(session, SessionStatus.InProgress) : Task.CompletedTask;
        }
    }

    /// <summary>The capture is over. Null, and nothing changed, when the session was finished or deleted meanwhile.</summary>
    /// <param name="session">The session.</param>
    /// <param name="scenario">The chosen scenario; null for the armed one, else <see cref="SandboxScenario.Approve"/>.</param>
    public Completion? Complete(SessionRecord session, string? scenario)
    {
        lock (store.Gate)
        {
            if (!session.IsUnfinished || session.IsDeleted)
            {
                return null;
            }

            var chosen = scenario ?? session.Scenario ?? SandboxScenario.Approve;
            session.Scenario = chosen;
            var end = ScenarioOutcome.EndWithoutResult(chosen);
            if (end is null)
            {
                session.Result = ScenarioOutcome.Capture(chosen, session.Workflow, settings);
                session.KeepsFace = true;
            }

            var announced = Move(session, end ?? session.Result!.Overall());
            return new Completion(announced, session.Status, SessionLinks.Callback(session));
        }
    }

    /// <summary>A picture was judged. Null, and nothing changed, when the session was finished or deleted meanwhile.</summary>
    public Completion? Complete(SessionRecord session, CaptureResult result, ReadOnlySpan<byte> selfie)
    {
        lock (store.Gate)
        {
            if (!session.IsUnfinished || session.IsDeleted)
            {
                return null;
            }

            session.Result = result;
            session.KeepsFace = true;
            session.Capture = new HeldPicture(selfie);
            var announced = Move(session, result.Overall());
            return new Completion(announced, session.Status, SessionLinks.Callback(session));
        }
    }

    /// <summary>A stand-alone call that is saved: a session that was never open.</summary>
    public Task Save(SessionRecord session, CaptureResult result)
    {
        lock (store.Gate)
        {
            Start(session);
            session.Result = result;
            return Move(session, result.Overall());
        }
    }

    /// <summary>A person at the operator decides.</summary>
    public Task Review(SessionRecord session, SessionStatus status, string? comment)
    {
        lock (store.Gate)
        {
            session.Reviews.Add(new SessionRecord.Review(status, comment, settings.Clock.GetUtcNow()) { Previous = session.Status });
            Note(session, "reviewed", status.ToWire());
            session.Result?.Settle(status == SessionStatus.Approved ? FeatureStatus.Approved : FeatureStatus.Declined);
            return Move(session, status);
        }
    }

    /// <summary>A person at the operator sends steps back to the customer: the link works again (contract 5).</summary>
    public Task Resubmit(SessionRecord session, IReadOnlyList<(string Node, string Feature)> steps, string? comment)
    {
        lock (store.Gate)
        {
            var now = settings.Clock.GetUtcNow();
            session.Reviews.Add(new SessionRecord.Review(SessionStatus.Resubmitted, comment, now) { Previous = session.Status });
            Note(session, "reviewed", SessionStatus.Resubmitted.ToWire());
            session.Result = null;
            session.Scenario = null; // what was chosen for the last capture says nothing about the next
            session.UnusablePictures = 0;
            session.IsCaptureStarted = false;
            session.WipeCapture();
            session.WipeFrames();
            session.ExpiresAt = now + settings.Options.SessionLifetime;
            session.Status = SessionStatus.Resubmitted;
            Note(session, "status_updated", session.Status.ToWire());
            var body = composer.Compose(session);
            if (settings.Options.WebhookEdition == ApiEdition.Reference)
            {
                body["resubmit_info"] = new JsonObject
                {
                    ["nodes_to_resubmit"] = new JsonArray(
                        [.. steps.Select(step => (JsonNode)new JsonObject { ["node_id"] = step.Node, ["feature"] = step.Feature })]),
                    ["reasons"] = new JsonObject(),
                };
            }

            return dispatcher.Publish(session, body);
        }
    }

    /// <summary>An approved verification ages out.</summary>
    public Task Age(SessionRecord session)
    {
        lock (store.Gate)
        {
            Note(session, "aged");
            return Move(session, SessionStatus.KycExpired);
        }
    }

    /// <summary>Soft: no endpoint finds it any more, its face is gone, and nobody is told (contract 6).</summary>
    public void Delete(SessionRecord session)
    {
        lock (store.Gate)
        {
            session.IsDeleted = true;
            session.WipePictures();
            Note(session, "deleted");
        }
    }

    /// <summary>
    /// Ends what ran out of time. Called when sessions are looked at, so that no timer is needed for each of them; the
    /// webhook goes out then.
    /// </summary>
    public void EndOverdue(SessionRecord session)
    {
        if (session.IsUnfinished && settings.Clock.GetUtcNow() >= session.ExpiresAt)
        {
            _ = Move(session, session.Status == SessionStatus.NotStarted ? SessionStatus.Expired : SessionStatus.Abandoned);
        }
    }

    /// <summary>A finished capture.</summary>
    /// <param name="Announced">Ends with the first attempt to deliver the webhook.</param>
    /// <param name="Status">What became of the session.</param>
    /// <param name="Callback">Where the browser goes; null when nowhere.</param>
    internal sealed record Completion(Task Announced, SessionStatus Status, string? Callback);

    private Task Move(SessionRecord session, SessionStatus status)
    {
        session.Status = status;
        Note(session, "status_updated", status.ToWire());
        if (status is not (SessionStatus.Approved or SessionStatus.InReview))
        {
            session.WipeCapture(); // no face of a session that is not approved is used again
        }

        var announced = dispatcher.Publish(session, composer.Compose(session));
        flips.Watch(session, announced, (flipped, verdict) => Review(flipped, verdict, comment: null));
        return announced;
    }
}
