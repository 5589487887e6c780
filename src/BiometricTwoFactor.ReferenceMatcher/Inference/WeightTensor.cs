using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace BiometricTwoFactor.ReferenceMatcher.Inference;

/// <summary>One tensor of the packed weights, still in its stored form.</summary>
internal sealed class WeightTensor(int[] shape, WeightEncoding encoding, float scale, float minimum, ReadOnlyMemory<byte> data)
{
    public int[] Shape => shape;

    public float[] ToArray()
    {
        var length = 1;
        foreach (var side in shape)
        {
            length *= side;
        }

        var values = GC.AllocateUninitializedArray<float>(length);
        Read(0, values);
        return values;
    }

    /// <summary>
    /// Copies some columns of a table of <paramref name="depth"/> rows and <paramref name="columns"/> columns, each
    /// multiplied by its column's scale. Optimised at once: at load, five million values go through here.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void CopyColumns(int first, int count, int depth, int columns, ReadOnlySpan<float> columnScales, Span<float> target)
    {
        var scales = columnScales.Slice(first, count);
        for (var row = 0; row < depth; row++)
        {
            var part = target.Slice(row * count, count);
            Read((row * columns) + first, part);
            for (var i = 0; i < part.Length; i++)
            {
                part[i] *= scales[i];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Read(int first, Span<float> target)
    {
        switch (encoding)
        {
            case WeightEncoding.Affine8:
                var bytes = data.Span.Slice(first, target.Length);
                for (var i = 0; i < target.Length; i++)
                {
                    target[i] = (bytes[i] * scale) + minimum;
                }

                break;
            case WeightEncoding.Float16:
                var halves = data.Span.Slice(2 * first, 2 * target.Length);
                for (var i = 0; i < target.Length; i++)
                {
                    target[i] = (float)BinaryPrimitives.ReadHalfLittleEndian(halves[(2 * i)..]);
                }

                break;
            default:
                var floats = data.Span.Slice(4 * first, 4 * target.Length);
                for (var i = 0; i < target.Length; i++)
                {
                    target[i] = BinaryPrimitives.ReadSingleLittleEndian(floats[(4 * i)..]);
                }

                break;
        }
    }
}

/// <summary>How a tensor's values are stored.</summary>
internal enum WeightEncoding
{
    Float32 = 0,
    Float16 = 1,

    /// <summary>A byte times a scale, plus a minimum.</summary>
    Affine8 = 2,
}
