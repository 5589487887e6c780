namespace BiometricTwoFactor.ReferenceMatcher.Liveness.GraphModel;

/// <summary>Gives out buffers by number while a graph is compiled, and reuses those that are free again.</summary>
internal sealed class GraphBuffers
{
    private readonly List<int> _sizes = [];
    private readonly List<int> _free = [];

    public int[] Sizes => [.. _sizes];

    public long Total => _sizes.Sum(size => (long)size);

    public int Take(int size)
    {
        if (_free.Count == 0)
        {
            _sizes.Add(size);
            return _sizes.Count - 1;
        }

        // The largest free one: it grows least often.
        var buffer = _free.MaxBy(free => _sizes[free]);
        _free.Remove(buffer);
        _sizes[buffer] = Math.Max(_sizes[buffer], size);
        return buffer;
    }

    public void Release(int buffer) => _free.Add(buffer);
}
