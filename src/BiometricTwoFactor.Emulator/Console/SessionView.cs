using System.Text.Json;
using System.Text.Json.Nodes;

namespace BiometricTwoFactor.Emulator;

/// <summary>A session as the control API shows it. Callers hold the store's lock.</summary>
internal static class SessionView
{
    /// <summary>One line of the list: no token in it.</summary>
    public static JsonObject Row(SessionRecord session, IReadOnlyCollection<WebhookDelivery> deliveries) => new()
    {
        ["session_id"] = session.Id,
        ["session_number"] = session.Number,
        ["status"] = session.Status.ToWire(),
        ["vendor_data"] = session.VendorData,
        ["workflow_id"] = session.Workflow.Id,
        ["workflow"] = session.Workflow.DisplayName,
        ["amount"] = Amount(session.Metadata),
        ["created_at"] = DecisionDocument.Iso(session.CreatedAt),
        ["updated_at"] = DecisionDocument.Iso(session.Timeline.Entries is [.., { } last] ? last.At : session.CreatedAt),
        ["deliveries"] = deliveries.Count,
        ["last_delivery"] = deliveries.FirstOrDefault() is { } newest ? DeliveryView.Outcome(newest.Outcome) : null,
        ["is_deleted"] = session.IsDeleted,
    };

    /// <summary>What there is to see of a session: the frames of its latest capture while they are kept, else its face.</summary>
    public static IReadOnlyList<HeldPicture> Pictures(SessionRecord session) =>
        session.Frames.Count > 0 ? session.Frames : session.Capture is { } capture ? [capture] : [];

    /// <summary>All of it. <c>hosted_page</c> carries the token, as at the provider.</summary>
    public static JsonObject Detail(SessionRecord session, IReadOnlyCollection<WebhookDelivery> deliveries, EmulatorCore core)
    {
        var view = Row(session, deliveries);
        view["features"] = new JsonArray([.. session.Workflow.Features().Select(feature => JsonValue.Create(feature))]);
        view["metadata"] = SessionStore.Clone(session.Metadata);
        view["callback"] = session.Callback;
        view["callback_method"] = session.CallbackMethod;
        view["language"] = session.Language;
        view["scenario"] = session.Scenario;
        view["has_portrait"] = session.HasPortrait;
        view["picture_count"] = Pictures(session).Count;
        view["expires_at"] = DecisionDocument.Iso(session.ExpiresAt);
        view["hosted_page"] = session.IsDeleted ? null : SessionLinks.HostedPage(core.BaseAddress, session);
        view["device"] = new JsonObject
        {
            ["os"] = session.Device.OsFamily,
            ["browser"] = session.Device.BrowserFamily,
            ["address"] = session.Device.Address,
        };
        view["actions"] = Actions(session);
        view["result"] = Result(session);
        view["reviews"] = new JsonArray([.. session.Reviews.Select(review => (JsonNode)new JsonObject
        {
            ["at"] = DecisionDocument.Iso(review.At),
            ["status"] = review.NewStatus.ToWire(),
            ["comment"] = review.Comment,
        })]);
        view["timeline"] = new JsonArray([.. session.Timeline.Entries.Select(entry => (JsonNode)new JsonObject
        {
            ["at"] = DecisionDocument.Iso(entry.At),
            ["what"] = entry.What,
            ["detail"] = entry.Detail,
        })]);
        view["webhooks"] = new JsonArray([.. deliveries.Select(delivery => (JsonNode)DeliveryView.Row(delivery))]);
        return view;
    }

    /// <summary>What can be done with it now.</summary>
    private static JsonArray Actions(SessionRecord session)
    {
        var actions = new JsonArray();
        if (session.IsDeleted)
        {
            return actions;
        }

        Add("open", session.Status == SessionStatus.NotStarted);
        Add("complete", session.IsUnfinished);
        Add("approve", UpdateStatusEndpoint.CanUpdate(session.Status) && session.Status != SessionStatus.Approved);
        Add("decline", UpdateStatusEndpoint.CanUpdate(session.Status) && session.Status != SessionStatus.Declined);
        Add("age", session.Status == SessionStatus.Approved);
        Add("delete", true);
        return actions;

        void Add(string action, bool possible)
        {
            if (possible)
            {
                actions.Add(action);
            }
        }
    }

    private static JsonObject? Result(SessionRecord session)
    {
        if (session.Result is not { } result)
        {
            return null;
        }

        var workflow = session.Workflow;
        var steps = new JsonArray();
        Add("ID_VERIFICATION", result.Document, null, null);
        Add("LIVENESS", result.Liveness, workflow.LivenessDeclineAtOrBelow, workflow.LivenessDeclineAtOrBelow);
        Add("FACE_MATCH", result.FaceMatch, workflow.FaceMatchDeclineAtOrBelow, workflow.FaceMatchApproveAbove);
        Add("IP_ANALYSIS", result.IpAnalysis, null, null);
        return new JsonObject
        {
            ["is_of_picture"] = result.IsOfPicture,
            ["liveness_method"] = DecisionDocument.Text(workflow.LivenessMethod),
            ["face_quality"] = result.FaceQuality,
            ["face_luminance"] = result.FaceLuminance,
            ["steps"] = steps,
        };

        void Add(string feature, CaptureStep? step, decimal? declineAtOrBelow, decimal? approveAbove)
        {
            if (step is not null)
            {
                steps.Add(new JsonObject
                {
                    ["feature"] = feature,
                    ["status"] = DecisionDocument.Text(step.Status),
                    ["score"] = step.Score,
                    ["decline_at_or_below"] = declineAtOrBelow,
                    ["approve_above"] = approveAbove,
                    ["warnings"] = DecisionDocument.Warnings(step, nodeId: null),
                });
            }
        }
    }

    /// <summary>What is being paid, for the list: <c>247.50 EUR</c>.</summary>
    private static string? Amount(JsonNode? metadata)
    {
        const int longest = 40;
        if (metadata is not JsonObject members || Short(members["amount"]) is not { } amount)
        {
            return null;
        }

        return Short(members["currency"]) is { } currency ? $"{amount} {currency}" : amount;

        static string? Short(JsonNode? node) => node?.GetValueKind() switch
        {
            JsonValueKind.String when node.GetValue<string>() is { Length: > 0 and <= longest } text => text,
            JsonValueKind.Number when node.ToJsonString() is { Length: <= longest } number => number,
            _ => null,
        };
    }
}
