using System.Text.Json.Nodes;

namespace BiometricTwoFactor.Emulator;

/// <summary>Writes what a webhook says about a session, in the edition asked for.</summary>
internal sealed class WebhookComposer(EmulatorSettings settings, Func<Uri> baseAddress, VerdictFaults faults)
{
    public JsonObject Compose(SessionRecord session) => faults.Apply(
        settings.Options.WebhookEdition == ApiEdition.Guide ? GuideDocument.Build(session) : Envelope(session),
        session,
        settings.Options.WebhookEdition);

    /// <summary>
    /// What the provider's console sends to try a receiver (contract 4.3): an approval of nobody, so that a receiver which
    /// overlooks that it is a test is found out. No session of that id exists, and no planned verdict fault strikes it.
    /// </summary>
    public AnnouncedEvent ComposeTest()
    {
        var now = settings.Clock.GetUtcNow();
        var workflow = settings.Workflows[0];
        var session = new SessionRecord
        {
            Id = EmulatorSettings.NewUuid(),
            Number = 0,
            Token = EmulatorSettings.RandomText(12),
            Workflow = workflow,
            VendorData = "test-vendor-data-123",
            CreatedAt = now,
            ExpiresAt = now + settings.Options.SessionLifetime,
            Metadata = new JsonObject { ["test_webhook"] = true },
            Status = SessionStatus.Approved,
            Result = ScenarioOutcome.Capture(SandboxScenario.Approve, workflow, settings),
        };
        var body = settings.Options.WebhookEdition == ApiEdition.Guide ? GuideDocument.Build(session) : Envelope(session);
        foreach (var absent in (string[])["event_id", "application_id", "environment"])
        {
            body.Remove(absent);
        }

        return new AnnouncedEvent
        {
            SessionId = SessionId.Parse(session.Id),
            Status = session.Status,
            Type = WebhookEvents.StatusUpdated,
            Body = body,
            IsTest = true,
        };
    }

    /// <summary>Contract 4.4: what a session does not have is absent, not null.</summary>
    private JsonObject Envelope(SessionRecord session)
    {
        var now = settings.Clock.GetUtcNow().ToUnixTimeSeconds();
        var body = new JsonObject
        {
            ["event_id"] = EmulatorSettings.NewUuid(),
            ["webhook_type"] = "status.updated",
            ["timestamp"] = now,
            ["created_at"] = now,
            ["application_id"] = settings.ApplicationId,
            ["environment"] = settings.EnvironmentText,
            ["session_id"] = session.Id,
            ["status"] = session.Status.ToWire(),
        };
        if (session.ApiService is null)
        {
            body["workflow_id"] = session.Workflow.Id;
            body["workflow_version"] = session.Workflow.Version;
        }

        if (session.VendorData is not null)
        {
            body["vendor_data"] = session.VendorData;
        }

        if (session.Metadata is not null)
        {
            body["metadata"] = SessionStore.Clone(session.Metadata);
        }

        if (session.Status is SessionStatus.Approved or SessionStatus.Declined or SessionStatus.InReview or SessionStatus.Abandoned)
        {
            body["decision"] = DecisionDocument.Build(session, settings, baseAddress());
        }

        return body;
    }
}
