namespace BiometricTwoFactor.Emulator;

/// <summary>Tells a picture from something else by its first bytes.</summary>
internal static class ImageFormat
{
    /// <summary>JPEG, PNG, WebP or TIFF: what the provider takes.</summary>
    public static bool IsKnown(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])
        || bytes.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
        || bytes.StartsWith("II*\0"u8)
        || bytes.StartsWith("MM\0*"u8)
        || (bytes.Length >= 12 && bytes.StartsWith("RIFF"u8) && bytes[8..].StartsWith("WEBP"u8));

    /// <summary>Its media type; bytes that begin like no picture are none.</summary>
    public static string MediaType(ReadOnlySpan<byte> bytes) =>
        !IsKnown(bytes) ? "application/octet-stream"
        : bytes[0] == 0xFF ? "image/jpeg"
        : bytes[0] == 0x89 ? "image/png"
        : bytes[0] == (byte)'R' ? "image/webp"
        : "image/tiff";
}
