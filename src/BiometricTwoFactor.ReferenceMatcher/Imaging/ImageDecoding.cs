using System.Diagnostics.CodeAnalysis;

namespace BiometricTwoFactor.ReferenceMatcher.Imaging;

/// <summary>A decoded picture, or the reason why there is none. Never both, never neither.</summary>
internal readonly struct ImageDecoding
{
    private ImageDecoding(FaceImage? image, string? refusal)
    {
        Image = image;
        Refusal = refusal;
    }

    public FaceImage? Image { get; }

    /// <summary>One English sentence that quotes nothing of the file, for instance "The picture is arithmetic-coded JPEG, which is not read."</summary>
    public string? Refusal { get; }

    [MemberNotNullWhen(true, nameof(Image))]
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool IsDecoded => Image is not null;

    public static ImageDecoding Of(FaceImage image) => new(image, null);

    public static ImageDecoding Refused(string reason) => new(null, reason);
}
