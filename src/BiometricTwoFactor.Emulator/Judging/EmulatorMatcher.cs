using BiometricTwoFactor.ReferenceMatcher;

namespace BiometricTwoFactor.Emulator;

/// <summary>The matcher that looks at pictures: the options' own, else one that all emulators of the process share.</summary>
internal static class EmulatorMatcher
{
    // Loaded by the first picture and not before: starting stays cheap, and most tests show no face.
    private static readonly Lazy<FaceMatcher> Shared = new(() => new FaceMatcher());

    public static FaceMatcher Of(EmulatorSettings settings) => settings.Options.Matcher ?? Shared.Value;

    /// <summary>Whether passive liveness is measured. The shared matcher has no networks for it.</summary>
    public static bool EvaluatesLiveness(EmulatorSettings settings) =>
        settings.Options is { LivenessScore: null, Matcher.EvaluatesLiveness: true };
}
