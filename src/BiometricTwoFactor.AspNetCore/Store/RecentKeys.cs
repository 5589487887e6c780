using System.Diagnostics.CodeAnalysis;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>Remembers the latest keys with a value each, the oldest forgotten first. Not thread safe: its owner locks.</summary>
internal sealed class RecentKeys<TValue>(int most)
    where TValue : class
{
    private readonly Dictionary<string, TValue> _values = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    public bool TryGet(string key, [NotNullWhen(true)] out TValue? value) => _values.TryGetValue(key, out value);

    /// <summary>False when the key is there already; its value stays.</summary>
    public bool TryAdd(string key, TValue value)
    {
        if (!_values.TryAdd(key, value))
        {
            return false;
        }

        _order.Enqueue(key);
        if (_order.Count > most)
        {
            _values.Remove(_order.Dequeue());
        }

        return true;
    }

    public TValue GetOrAdd(string key, TValue value)
    {
        TryAdd(key, value);
        return _values.GetValueOrDefault(key, value);
    }
}
