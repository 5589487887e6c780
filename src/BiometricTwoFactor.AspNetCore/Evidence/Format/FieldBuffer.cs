using System.Buffers.Binary;
using System.Text;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Fields one after the other, each with its length before it (four bytes, big-endian), so that no boundary can be moved
/// (attack 50). It is used again and again: a ledger of a million entries must not make a million of them.
/// </summary>
internal sealed class FieldBuffer
{
    private byte[] _bytes = new byte[1024];
    private int _length;

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    public FieldBuffer Begin(ReadOnlySpan<byte> tag) => Clear().Add(tag);

    public FieldBuffer Clear()
    {
        _length = 0;
        return this;
    }

    /// <summary>Fields that were written elsewhere, with their lengths.</summary>
    public FieldBuffer Append(FieldBuffer fields)
    {
        Grow(fields._length);
        fields.Written.CopyTo(_bytes.AsSpan(_length));
        _length += fields._length;
        return this;
    }

    public FieldBuffer Add(ReadOnlySpan<byte> field)
    {
        var target = Reserve(field.Length);
        field.CopyTo(target);
        return this;
    }

    /// <summary>UTF-8.</summary>
    public FieldBuffer Add(string field)
    {
        Encoding.UTF8.GetBytes(field, Reserve(Encoding.UTF8.GetByteCount(field)));
        return this;
    }

    /// <summary>Eight bytes, big-endian.</summary>
    public FieldBuffer Add(long field)
    {
        BinaryPrimitives.WriteInt64BigEndian(Reserve(sizeof(long)), field);
        return this;
    }

    private Span<byte> Reserve(int length)
    {
        Grow(checked(sizeof(int) + length));
        BinaryPrimitives.WriteInt32BigEndian(_bytes.AsSpan(_length), length);
        var target = _bytes.AsSpan(_length + sizeof(int), length);
        _length += sizeof(int) + length;
        return target;
    }

    private void Grow(int more)
    {
        var needed = checked(_length + more);
        if (needed > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(needed, _bytes.Length * 2));
        }
    }
}
