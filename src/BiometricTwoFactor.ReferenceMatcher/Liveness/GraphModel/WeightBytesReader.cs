using System.Buffers.Binary;

namespace BiometricTwoFactor.ReferenceMatcher.Liveness.GraphModel;

/// <summary>Decodes one tensor's bytes: little-endian int32, float32 or float16.</summary>
internal static class WeightBytesReader
{
    public static GraphConstant Read(ReadOnlySpan<byte> bytes, int[] shape, int count, bool isInteger, bool isHalf)
    {
        if (isInteger)
        {
            var integers = new int[count];
            for (var i = 0; i < count; i++)
            {
                integers[i] = BinaryPrimitives.ReadInt32LittleEndian(bytes[(4 * i)..]);
            }

            return new GraphConstant(shape, null, integers);
        }

        var floats = new float[count];
        for (var i = 0; i < count; i++)
        {
            floats[i] = isHalf
                ? (float)BinaryPrimitives.ReadHalfLittleEndian(bytes[(2 * i)..])
                : BinaryPrimitives.ReadSingleLittleEndian(bytes[(4 * i)..]);
            if (!float.IsFinite(floats[i]))
            {
                throw new InvalidDataException("A weight of the model is not a finite number.");
            }
        }

        return new GraphConstant(shape, floats, null);
    }
}
