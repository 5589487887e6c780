using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.Emulator;

/// <summary>How the emulator is set up: workflows, destinations, settings, and, asked for by name, the secrets.</summary>
internal static class SetupControl
{
    public static Task SettingsAsync(HttpContext context, EmulatorCore core, ConsoleAccess access)
    {
        var options = core.Settings.Options;
        return ProviderJson.WriteAsync(context, StatusCodes.Status200OK, new JsonObject
        {
            ["base_address"] = core.BaseAddress.AbsoluteUri,
            ["environment"] = core.Settings.EnvironmentText,
            ["application_id"] = core.Settings.ApplicationId,
            ["now"] = DecisionDocument.Iso(core.Settings.Clock.GetUtcNow()),
            ["session_lifetime_seconds"] = options.SessionLifetime.TotalSeconds,
            ["webhook_retry_seconds"] = new JsonArray([.. options.WebhookRetryDelays.Select(delay => JsonValue.Create(delay.TotalSeconds))]),
            ["measures_liveness"] = EmulatorMatcher.EvaluatesLiveness(core.Settings),
            ["editions"] = new JsonObject
            {
                ["create"] = Edition(options.CreateEdition),
                ["decision"] = Edition(options.DecisionEdition),
                ["webhook"] = Edition(options.WebhookEdition),
                ["face_match"] = Edition(options.FaceMatchEdition),
            },
            ["scenarios"] = new JsonArray([.. SandboxScenario.All.Select(scenario => JsonValue.Create(scenario))]),
            ["needs_sign_in"] = access.NeedsSignIn,
        });
    }

    public static Task SecretsAsync(HttpContext context, EmulatorCore core, ConsoleDeliveries deliveries) => ProviderJson.WriteAsync(context, StatusCodes.Status200OK, new JsonObject
    {
        ["api_key"] = core.Settings.ApiKey,
        ["webhook_secret"] = core.Webhooks.Destinations.DefaultSecret,
        ["destinations"] = deliveries.Secrets(),
    });

    public static Task WorkflowsAsync(HttpContext context, EmulatorCore core) => ProviderJson.WriteAsync(context, StatusCodes.Status200OK, new JsonObject
    {
        ["results"] = new JsonArray([.. core.Settings.Workflows.Select(workflow => (JsonNode)new JsonObject
        {
            ["workflow_id"] = workflow.Id,
            ["name"] = workflow.DisplayName,
            ["version"] = workflow.Version,
            ["features"] = new JsonArray([.. workflow.Features().Select(feature => JsonValue.Create(feature))]),
            ["liveness_method"] = DecisionDocument.Text(workflow.LivenessMethod),
            ["needs_stored_face"] = workflow.NeedsReferenceFace,
            ["liveness_decline_at_or_below"] = workflow.LivenessDeclineAtOrBelow,
            ["face_match_decline_at_or_below"] = workflow.HasFaceMatch ? workflow.FaceMatchDeclineAtOrBelow : null,
            ["face_match_approve_above"] = workflow.HasFaceMatch ? workflow.FaceMatchApproveAbove : null,
            ["callback"] = workflow.DefaultCallback?.AbsoluteUri,
        })]),
    });

    /// <summary>Without their secrets.</summary>
    public static Task DestinationsAsync(HttpContext context, ConsoleDeliveries deliveries) => ProviderJson.WriteAsync(context, StatusCodes.Status200OK, new JsonObject
    {
        ["results"] = deliveries.Destinations(),
    });

    private static string Edition(ApiEdition edition) => edition == ApiEdition.Guide ? "guide" : "reference";
}
