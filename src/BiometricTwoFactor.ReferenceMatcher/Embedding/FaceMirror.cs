using BiometricTwoFactor.ReferenceMatcher.Inference;

namespace BiometricTwoFactor.ReferenceMatcher.Embedding;

/// <summary>Swaps left and right of a three-channel map.</summary>
internal static class FaceMirror
{
    public static void Flip(FeatureMap map)
    {
        for (var y = 0; y < map.Height; y++)
        {
            var row = map.Values.AsSpan(map.OffsetOf(y, 0), map.Width * 3);
            for (int left = 0, right = row.Length - 3; left < right; left += 3, right -= 3)
            {
                (row[left], row[right]) = (row[right], row[left]);
                (row[left + 1], row[right + 1]) = (row[right + 1], row[left + 1]);
                (row[left + 2], row[right + 2]) = (row[right + 2], row[left + 2]);
            }
        }
    }
}
