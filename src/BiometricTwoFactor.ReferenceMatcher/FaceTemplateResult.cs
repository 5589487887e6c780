namespace BiometricTwoFactor.ReferenceMatcher;

/// <summary>A template, or why there is none.</summary>
public sealed class FaceTemplateResult : IDisposable
{
    internal FaceTemplateResult(FaceTemplate? template, FaceAnalysis analysis)
    {
        Template = template;
        Analysis = analysis;
    }

    /// <summary>The template; null when the picture cannot be used. Disposed with this result.</summary>
    public FaceTemplate? Template { get; }

    /// <summary>What was found in the picture.</summary>
    public FaceAnalysis Analysis { get; }

    /// <summary>Zeroes the template.</summary>
    public void Dispose() => Template?.Dispose();

    /// <summary>Whether there is a template, nothing of it.</summary>
    public override string ToString() => Template is null ? "FaceTemplateResult (none)" : "FaceTemplateResult";
}
