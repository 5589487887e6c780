namespace BiometricTwoFactor.ReferenceMatcher;

/// <summary>What a picture offers a comparison.</summary>
/// <param name="FaceSize">The shorter side of the face's box, in pixels at full size.</param>
/// <param name="Sharpness">Root mean square of the Laplacian over the face at 150 pixels, in grey levels: 3 to 12 in ordinary photographs, below about 1 too blurred (or too dark) to be compared.</param>
/// <param name="Luminance">Mean brightness of the face, 0 (black) to 100 (white).</param>
/// <param name="FaceCount">How many faces stand out.</param>
public sealed record FaceQuality(float FaceSize, float Sharpness, float Luminance, int FaceCount);
