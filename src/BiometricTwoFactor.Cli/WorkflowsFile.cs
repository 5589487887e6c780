using System.Text.Json;
using System.Text.Json.Serialization;
using BiometricTwoFactor.Emulator;

namespace BiometricTwoFactor.Cli;

/// <summary>Reads the workflows of <c>serve --workflows</c>: a JSON array, one object for each.</summary>
internal static class WorkflowsFile
{
    private static readonly Dictionary<string, EmulatedWorkflowKind> Kinds = new(StringComparer.Ordinal)
    {
        ["biometric_authentication"] = EmulatedWorkflowKind.BiometricAuthentication,
        ["sca_with_ip_analysis"] = EmulatedWorkflowKind.ScaWithIpAnalysis,
        ["kyc_enrolment"] = EmulatedWorkflowKind.KycEnrolment,
        ["face_enrolment"] = EmulatedWorkflowKind.FaceEnrolment,
        ["liveness_only"] = EmulatedWorkflowKind.LivenessOnly,
    };

    private static readonly Dictionary<string, LivenessMethod> Methods = new(StringComparer.Ordinal)
    {
        ["PASSIVE"] = LivenessMethod.Passive,
        ["ACTIVE_3D"] = LivenessMethod.Active3D,
        ["FLASHING"] = LivenessMethod.Flashing,
    };

    public static async Task<IList<EmulatedWorkflow>> ReadAsync(FileInfo file, CancellationToken cancellationToken)
    {
        IReadOnlyList<WorkflowEntry>? entries;
        try
        {
            await using var stream = file.OpenRead();
            entries = await JsonSerializer.DeserializeAsync(stream, WorkflowsFileJson.Default.IReadOnlyListWorkflowEntry, cancellationToken);
        }
        catch (JsonException e)
        {
            // The path names the member that is none, or has the wrong type: the file is the caller's own set-up, no secret.
            throw new ToolException($"The file given as --workflows is no JSON array of workflows (line {e.LineNumber + 1}, at {e.Path ?? "$"}).");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ToolException("The file given as --workflows cannot be read.");
        }

        return entries is { Count: > 0 } ? [.. entries.Select(Workflow)] : throw new ToolException("The file given as --workflows holds no workflow.");
    }

    private static EmulatedWorkflow Workflow(WorkflowEntry entry, int index) => new()
    {
        Id = entry.Id,
        Kind = Choice(entry.Kind, "kind", Kinds, index),
        LivenessMethod = Choice(entry.LivenessMethod, "liveness_method", Methods, index),
        Version = entry.Version,
        Name = entry.Name,
        DefaultCallback = entry.DefaultCallback,
        FaceMatchApproveAbove = entry.FaceMatchApproveAbove,
        FaceMatchDeclineAtOrBelow = entry.FaceMatchDeclineAtOrBelow,
        LivenessDeclineAtOrBelow = entry.LivenessDeclineAtOrBelow,
    };

    private static T Choice<T>(string text, string member, Dictionary<string, T> choices, int index) => choices.TryGetValue(text, out var choice)
        ? choice
        : throw new ToolException($"Workflow {index + 1} of --workflows: {member} is one of {string.Join(", ", choices.Keys)}.");

    // Set, not init, where there is a default: generated readers give what is init its type's default.
    internal sealed record WorkflowEntry
    {
        public required string Id { get; init; }

        public required string Kind { get; init; }

        public string LivenessMethod { get; set; } = "PASSIVE";

        public int Version { get; set; } = 1;

        public string? Name { get; init; }

        public Uri? DefaultCallback { get; init; }

        public decimal FaceMatchApproveAbove { get; set; } = 80m;

        public decimal FaceMatchDeclineAtOrBelow { get; set; } = 50m;

        public decimal LivenessDeclineAtOrBelow { get; set; } = 50m;
    }
}

/// <summary>The file's JSON. A member with a slip in its name would silently keep its default: it is refused.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    ReadCommentHandling = JsonCommentHandling.Skip)]
[JsonSerializable(typeof(IReadOnlyList<WorkflowsFile.WorkflowEntry>))]
internal sealed partial class WorkflowsFileJson : JsonSerializerContext;
