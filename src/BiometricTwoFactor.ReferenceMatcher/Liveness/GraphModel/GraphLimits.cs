namespace BiometricTwoFactor.ReferenceMatcher.Liveness.GraphModel;

/// <summary>
/// What a model file may cost. The two networks have 37 KB of JSON, 0.7 MB of weights and some 240 nodes: the limits
/// leave room and keep a wrong or hostile file from taking the machine.
/// </summary>
internal static class GraphLimits
{
    public const int MaxJsonBytes = 4 * 1024 * 1024;
    public const int MaxWeightBytes = 32 * 1024 * 1024;
    public const int MaxNodes = 2048;
    public const int MaxShards = 64;

    /// <summary>Numbers in one intermediate result.</summary>
    public const long MaxValues = 4 * 1024 * 1024;

    /// <summary>Numbers in all buffers of one run together.</summary>
    public const long MaxWorkspace = 16 * 1024 * 1024;

    /// <summary>Weights of all layers together as the kernels want them, padding included: few channels grow by it.</summary>
    public const long MaxPacked = 16 * 1024 * 1024;

    /// <summary>Multiplications of one run: the two networks need some 40 million.</summary>
    public const long MaxProducts = 2_000_000_000;
}
