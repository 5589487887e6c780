namespace BiometricTwoFactor;

/// <summary>Asks whether an image shows a living person (contract 3.2).</summary>
/// <param name="image">The face.</param>
public sealed class PassiveLivenessRequest(FaceImage image)
{
    /// <summary>The face.</summary>
    public FaceImage Image { get; } = image ?? throw new ArgumentNullException(nameof(image));

    /// <summary>At or below this score the provider declines; null leaves its default of 30 of 100.</summary>
    public Score? DeclineThreshold { get; set; }

    /// <summary>Whether the provider also tries the image turned.</summary>
    public bool RotateImage { get; set; }

    /// <summary>Whether the provider keeps the image and enrols the face in its search index. Off here; the provider's own default is on.</summary>
    public bool SaveAtProvider { get; set; }

    /// <summary>The user's reference at the provider.</summary>
    public string? VendorData { get; set; }

    /// <summary>Metadata of the call, as strings.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; set; }
}
