namespace BiometricTwoFactor;

/// <summary>
/// An image for a face match or a liveness check. Of the file's name only the extension is sent, which the provider
/// needs to tell the format (contract 3.1); the rest could name a person. Prints nothing of its content.
/// </summary>
public sealed class FaceImage
{
    /// <summary>Describes an image. The stream is read once the call is made, from where it stands, and left open.</summary>
    /// <param name="content">The image. A stream that cannot seek is read into memory, up to <see cref="BiometricClientOptions.ImageMaxBytes"/>.</param>
    /// <param name="fileName">A name ending in <c>.jpg</c>, <c>.jpeg</c>, <c>.png</c>, <c>.webp</c>, <c>.tif</c> or <c>.tiff</c>.</param>
    /// <exception cref="ArgumentException">The name has another ending.</exception>
    public FaceImage(Stream content, string fileName)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(fileName);
        Content = content;
        (Extension, MediaType) = Path.GetExtension(fileName).ToLowerInvariant() switch
        {
            ".jpg" or ".jpeg" => (".jpg", "image/jpeg"),
            ".png" => (".png", "image/png"),
            ".webp" => (".webp", "image/webp"),
            ".tif" or ".tiff" => (".tiff", "image/tiff"),
            _ => throw new ArgumentException("An image's name ends in .jpg, .jpeg, .png, .webp, .tif or .tiff.", nameof(fileName)),
        };
    }

    internal Stream Content { get; }

    internal string Extension { get; }

    internal string MediaType { get; }

    /// <summary>The type's name only.</summary>
    public override string ToString() => nameof(FaceImage);
}
