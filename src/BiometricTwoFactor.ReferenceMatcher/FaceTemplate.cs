using System.Diagnostics;
using System.Security.Cryptography;
using System.Runtime.InteropServices;

namespace BiometricTwoFactor.ReferenceMatcher;

/// <summary>
/// A face as 128 numbers: biometric data of a person. It lives in memory only, cannot be serialised, prints nothing,
/// and is zeroed when it is disposed. Keep it no longer than the comparison takes.
/// </summary>
[DebuggerDisplay("FaceTemplate")]
public sealed class FaceTemplate : IDisposable
{
    internal const int Length = 128;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly float[] _values;
    private bool _disposed;

    /// <summary>Takes the values over; the caller's array is not kept.</summary>
    internal FaceTemplate(ReadOnlySpan<float> values)
    {
        if (values.Length != Length)
        {
            throw new ArgumentException("A template has 128 values.", nameof(values));
        }

        // Pinned, so that the collector leaves no copy behind that nobody zeroes.
        _values = GC.AllocateUninitializedArray<float>(Length, pinned: true);
        values.CopyTo(_values);
    }

    internal ReadOnlySpan<float> Values
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _values;
        }
    }

    /// <summary>Zeroes the template.</summary>
    public void Dispose()
    {
        _disposed = true;
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(_values.AsSpan()));
    }

    /// <summary>The type's name and nothing else.</summary>
    public override string ToString() => nameof(FaceTemplate);
}
