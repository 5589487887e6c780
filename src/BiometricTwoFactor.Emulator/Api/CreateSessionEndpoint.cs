using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.Emulator;

/// <summary><c>POST /v3/session/</c> (contract 1).</summary>
internal static class CreateSessionEndpoint
{
    private const string Blocked = "This user or business has been blocked and cannot create new verification sessions.";

    private const string NoStoredFace =
        "No stored face image was found for this user. Send a portrait_image, or complete an approved verification with face liveness or an ID document for this vendor_data first.";

    private const string PortraitRequired =
        "A portrait image is required to perform face match for this workflow. Send a portrait_image, or provide the vendor_data of a user with a previously stored face image to reuse it.";

    public static async Task HandleAsync(HttpContext context, EmulatorCore core)
    {
        if (!await ApiGuard.RequireKeyAsync(context, core.Settings, ApiErrors.NoPermission)
            || await ProviderJson.ReadObjectAsync(context) is not { } body)
        {
            return;
        }

        var request = new CreateSessionRequest(body, core.Settings.IsSandbox);
        using var portrait = request.Portrait;
        if (request.Errors.Count > 0)
        {
            await ProviderJson.WriteAsync(context, StatusCodes.Status400BadRequest, request.Errors);
            return;
        }

        if (core.Settings.FindWorkflow(request.WorkflowId) is not { } workflow)
        {
            await ApiErrors.PlainFieldAsync(context, "workflow_id", "Invalid workflow_id.");
            return;
        }

        if (core.IsOutOfCredits)
        {
            await ApiErrors.DetailAsync(context, StatusCodes.Status400BadRequest, ApiErrors.NoCredits);
            return;
        }

        // Made before the lock is taken, whether it is needed or not: in the lock it would keep all others waiting.
        var made = Prepared(core, request, workflow);
        ReadOnlyMemory<byte>? answer = null;
        DateTimeOffset? free = null;
        (string Field, string Message) refusal = ("", "");
        lock (core.Store.Gate)
        {
            if (core.Store.IsBlocked(request.VendorData))
            {
                refusal = ("vendor_data", Blocked);
            }
            else if (workflow.NeedsReferenceFace && !request.HasPortrait && !core.Store.HasFace(request.VendorData))
            {
                refusal = ("portrait_image", request.VendorData is null ? PortraitRequired : NoStoredFace);
            }
            else if (Reused(core, request, workflow) is { } reused)
            {
                answer = Answer(reused, reused.Metadata, core);
            }
            else
            {
                free = core.RateLimiter.TakeSandboxSession();
                if (free is null)
                {
                    made.Number = core.Store.NextNumber;
                    core.Flow.Start(made);
                }
            }
        }

        if (made.Number == 0)
        {
            made.WipePictures();
        }
        else
        {
            answer = Answer(made, request.Metadata, core); // from what this request alone holds
        }

        if (free is { } when)
        {
            await core.RateLimiter.RefuseSandboxSessionAsync(context, when);
            return;
        }

        await (answer is null
            ? ApiErrors.PlainFieldAsync(context, refusal.Field, refusal.Message)
            : ProviderJson.SendAsync(context, StatusCodes.Status201Created, answer.Value));
    }

    /// <summary>
    /// The provider's own idempotency: an unfinished session of the same user and workflow comes back, with what was
    /// sent now in place of what was sent before (contract 1.2).
    /// </summary>
    private static SessionRecord? Reused(EmulatorCore core, CreateSessionRequest request, EmulatedWorkflow workflow)
    {
        var forced = core.Faults.TakeReturnExistingSession() is { } id ? core.Store.Find(id.ToString()) : null;
        if (forced is null && core.Store.FindUnfinished(request.VendorData, workflow) is { } open)
        {
            core.Flow.EndOverdue(open);
            forced = open.IsUnfinished ? open : null;
        }

        if (forced is null)
        {
            return null;
        }

        forced.Metadata = SessionStore.Clone(request.Metadata) ?? forced.Metadata;
        forced.Callback = request.Callback ?? forced.Callback;
        forced.Scenario = request.Scenario ?? forced.Scenario;
        return forced;
    }

    /// <summary>A session that nobody knows yet: without a number.</summary>
    private static SessionRecord Prepared(EmulatorCore core, CreateSessionRequest request, EmulatedWorkflow workflow)
    {
        var now = core.Settings.Clock.GetUtcNow();
        return new SessionRecord
        {
            Id = EmulatorSettings.NewUuid(),
            Token = EmulatorSettings.RandomText(12),
            Workflow = workflow,
            VendorData = request.VendorData,
            CreatedAt = now,
            ExpiresAt = now + core.Settings.Options.SessionLifetime,
            Language = request.Language,
            CallbackMethod = request.CallbackMethod,
            ExpectedDetails = request.ExpectedDetails,
            ContactDetails = request.ContactDetails,
            HasPortrait = request.HasPortrait,
            // Other workflows ignore it (contract 1.1): then it is not kept either.
            Portrait = workflow.NeedsReferenceFace && request.HasPortrait ? request.Portrait!.Copy() : null,
            Callback = request.Callback ?? workflow.DefaultCallback?.OriginalString,
            Metadata = SessionStore.Clone(request.Metadata),
            Scenario = request.Scenario,
        };
    }

    /// <summary>Written at once: a tree of nodes would be built under the lock, with a copy of the metadata, to be thrown away.</summary>
    private static ReadOnlyMemory<byte> Answer(SessionRecord session, JsonNode? metadata, EmulatorCore core) => ProviderJson.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("session_id", session.Id);
        json.WriteNumber("session_number", session.Number);
        json.WriteString("session_token", session.Token);
        json.WriteString(core.Settings.Options.CreateEdition == ApiEdition.Guide ? "session_url" : "url", SessionLinks.HostedPage(core.BaseAddress, session));
        json.WriteString("vendor_data", session.VendorData);
        json.WritePropertyName("metadata");
        ProviderJson.WriteNode(json, metadata);
        json.WriteString("status", session.Status.ToWire());
        json.WriteString("workflow_id", session.Workflow.Id);
        json.WriteNumber("workflow_version", session.Workflow.Version);
        json.WriteString("callback", session.Callback);
        json.WriteEndObject();
    });
}
