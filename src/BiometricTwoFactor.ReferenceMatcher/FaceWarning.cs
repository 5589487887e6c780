namespace BiometricTwoFactor.ReferenceMatcher;

/// <summary>Something that speaks against a picture or a comparison.</summary>
/// <param name="Code">One of <see cref="FaceWarningCode"/>, in the provider's spelling.</param>
/// <param name="Reason">One English sentence for a developer. It quotes nothing of the file.</param>
public sealed record FaceWarning(string Code, string Reason);
