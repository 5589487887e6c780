using BiometricTwoFactor.ReferenceMatcher.Inference;

namespace BiometricTwoFactor.ReferenceMatcher.Detection;

/// <summary>What one detection needs room for, about 3 MB: used again by the next one, and wiped in between.</summary>
internal sealed class DetectorWorkspace
{
    public DetectorWorkspace()
    {
        var stages = DetectorNetwork.Stages().ToArray();
        Maps = new FeatureMap[stages.Length];
        Inner = new FeatureMap[stages.Length - 1];
        for (var i = 0; i < stages.Length; i++)
        {
            var (size, channels) = stages[i];
            // A block that changes neither size nor channels adds to its own input.
            Maps[i] = i > 0 && stages[i - 1] == stages[i] ? Maps[i - 1] : new FeatureMap(size, size, channels, 1);
            if (i > 0)
            {
                Inner[i - 1] = new FeatureMap(size, size, stages[i - 1].Channels, 0);
            }
        }
    }

    /// <summary>The letterboxed picture, -1 to 1. Its frame of two pixels is what the first convolution pads with.</summary>
    public FeatureMap Input { get; } = new(DetectorNetwork.InputSize, DetectorNetwork.InputSize, 3, 2);

    public FeatureMap[] Maps { get; }

    public FeatureMap[] Inner { get; }

    /// <summary>16 by 16 places, two anchors each.</summary>
    public FeatureMap FineScores { get; } = new(16, 16, 32, 0);

    public FeatureMap FineBoxes { get; } = new(16, 16, 32, 0);

    /// <summary>8 by 8 places, six anchors each.</summary>
    public FeatureMap CoarseScores { get; } = new(8, 8, 32, 0);

    public FeatureMap CoarseBoxes { get; } = new(8, 8, 96, 0);

    /// <summary>Wipes everything that was derived from a face.</summary>
    public void Clear()
    {
        foreach (var map in (ReadOnlySpan<FeatureMap>)[Input, FineScores, FineBoxes, CoarseScores, CoarseBoxes, .. Maps, .. Inner])
        {
            map.Clear();
        }
    }
}
