using BiometricTwoFactor.ReferenceMatcher.Liveness.GraphModel;

namespace BiometricTwoFactor.ReferenceMatcher.Liveness;

/// <summary>Reads a model's files, none longer than it may be.</summary>
internal static class ModelFiles
{
    public static byte[] Read(string path, int limit)
    {
        using var file = File.OpenRead(path);
        if (file.Length > limit)
        {
            throw new InvalidDataException("A file of the model is longer than in one of this kind.");
        }

        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>The weight files beside the model, one after the other.</summary>
    public static byte[] ReadWeights(string modelPath, GraphModelReader model)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(modelPath)) ?? "";
        using var weights = new MemoryStream();
        foreach (var name in model.Shards)
        {
            // A model from elsewhere has no say over which files are read.
            if (name.Length == 0 || name is "." or ".." || name.AsSpan().ContainsAny("/\\:") || name.Contains('\0', StringComparison.Ordinal))
            {
                throw new InvalidDataException("The model names a weight file that is not beside it.");
            }

            weights.Write(Read(Path.Combine(folder, name), GraphLimits.MaxWeightBytes - (int)weights.Length));
        }

        return weights.ToArray();
    }
}
