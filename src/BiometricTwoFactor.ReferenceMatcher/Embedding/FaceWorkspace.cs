using BiometricTwoFactor.ReferenceMatcher.Inference;

namespace BiometricTwoFactor.ReferenceMatcher.Embedding;

/// <summary>What one embedding needs room for, about 2.3 MB: used again by the next one, and wiped in between.</summary>
internal sealed class FaceWorkspace
{
    /// <summary>The aligned face, mean subtracted.</summary>
    public FeatureMap Input { get; } = new(FaceNetwork.InputSize, FaceNetwork.InputSize, 3, 0);

    public FeatureMap Entry { get; } = new(72, 72, 32, 0);

    /// <summary>Each stage's values.</summary>
    public FeatureMap[] Maps { get; } = [new(35, 35, 32, 1), new(17, 17, 64, 1), new(8, 8, 128, 1), new(4, 4, 256, 1), new(2, 2, 256, 1)];

    /// <summary>Between a block's two convolutions.</summary>
    public FeatureMap?[] Inner { get; } = [new(35, 35, 32, 1), new(17, 17, 64, 1), new(8, 8, 128, 1), new(4, 4, 256, 1), null];

    /// <summary>Between the two convolutions that lead to a stage: without padding the first yields 17, 8, 3, 1.</summary>
    public FeatureMap?[] Halves { get; } = [null, new(17, 17, 64, 1), new(8, 8, 128, 1), new(3, 3, 256, 1), new(1, 1, 256, 1)];

    /// <summary>Wipes everything that was derived from a face.</summary>
    public void Clear()
    {
        Input.Clear();
        Entry.Clear();
        foreach (var map in (ReadOnlySpan<FeatureMap?>)[.. Maps, .. Inner, .. Halves])
        {
            map?.Clear();
        }
    }
}
