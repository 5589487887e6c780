namespace BiometricTwoFactor;

/// <summary>Asks whether two images show one person (contract 3.1). There is no liveness in this: it is no second factor by itself.</summary>
/// <param name="live">The face to check (guide <c>image_a</c>, reference <c>user_image</c>).</param>
/// <param name="enrolled">The known face (guide <c>image_b</c>, reference <c>ref_image</c>).</param>
public sealed class FaceMatchRequest(FaceImage live, FaceImage enrolled)
{
    /// <summary>The face to check.</summary>
    public FaceImage Live { get; } = live ?? throw new ArgumentNullException(nameof(live));

    /// <summary>The known face.</summary>
    public FaceImage Enrolled { get; } = enrolled ?? throw new ArgumentNullException(nameof(enrolled));

    /// <summary>At or below this score the provider declines; null leaves its default of 30 of 100, far below what a step-up needs.</summary>
    public Score? DeclineThreshold { get; set; }

    /// <summary>Whether the provider also tries the images turned.</summary>
    public bool RotateImages { get; set; }

    /// <summary>Whether the provider keeps both images and the call as a session. Off here; the provider's own default is on.</summary>
    public bool SaveAtProvider { get; set; }

    /// <summary>The user's reference at the provider.</summary>
    public string? VendorData { get; set; }

    /// <summary>Metadata of the call, as strings.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; set; }
}
