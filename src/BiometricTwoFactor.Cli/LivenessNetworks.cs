using System.CommandLine;
using BiometricTwoFactor.ReferenceMatcher;

namespace BiometricTwoFactor.Cli;

/// <summary>The options that name networks for passive liveness: the tool has none of its own.</summary>
internal static class LivenessNetworks
{
    public static Option<string?> V2Option() => new("--model-v2")
    {
        Description = "MiniFASNetV2 as a TensorFlow.js graph model: its model.json, with the weights beside it. Without a network nothing is evaluated.",
    };

    public static Option<string?> V1SeOption() => new("--model-v1se")
    {
        Description = "MiniFASNetV1SE, likewise. With both networks the score is their mean.",
    };

    /// <summary>Null when none is named.</summary>
    public static MiniFasNetScorer? Load(string? v2, string? v1Se)
    {
        if (v2 is null && v1Se is null)
        {
            return null;
        }

        try
        {
            return MiniFasNetScorer.Load(v2, v1Se);
        }
        catch (InvalidDataException e)
        {
            throw new ToolException($"A network for liveness cannot be used. {e.Message}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new ToolException("A file given as --model-v2 or --model-v1se, or the weights beside it, cannot be read.");
        }
    }
}
