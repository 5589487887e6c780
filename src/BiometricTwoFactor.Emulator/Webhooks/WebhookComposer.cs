using System.Text.Json.Nodes;

namespace BiometricTwoFactor.Emulator;

/// <summary>Writes what a webhook says about a session, in the edition asked for.</summary>
internal sealed class WebhookComposer(EmulatorSettings settings, Func<Uri> baseAddress)
{
    public JsonObject Compose(SessionRecord session) =>
        settings.Options.WebhookEdition == ApiEdition.Guide ? GuideDocument.Build(session) : Envelope(session);

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
