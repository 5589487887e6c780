using BiometricTwoFactor.ReferenceMatcher;

namespace BiometricTwoFactor.Cli;

/// <summary>What the tool has of its surroundings, so that a test can be them.</summary>
internal sealed class ToolContext
{
    public required Stream Input { get; init; }

    public required TextWriter Output { get; init; }

    public required TextWriter Error { get; init; }

    public required Func<string, string?> Variable { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Loading a matcher takes a while; tests share one.</summary>
    public Func<FaceMatcherOptions, FaceMatcher> MakeMatcher { get; init; } = options => new FaceMatcher(options);

    public static ToolContext OfTheProcess() => new()
    {
        Input = Console.OpenStandardInput(),
        Output = Console.Out,
        Error = Console.Error,
        Variable = Environment.GetEnvironmentVariable,
    };
}
