using System.Buffers.Binary;
using System.Text;

namespace BiometricTwoFactor.ReferenceMatcher.Inference;

/// <summary>
/// The packed weights, an embedded resource (weights/README.md describes the format). A file that is not whole is a
/// broken build, so that reading throws.
/// </summary>
internal sealed class WeightFile
{
    public const string ResourceName = "BiometricTwoFactor.ReferenceMatcher.weights.faces.bin";

    private const int Mark = 0x57463242; // "B2FW"

    private const int Version = 1;

    private readonly Dictionary<string, WeightTensor> _tensors = new(StringComparer.Ordinal);

    /// <exception cref="InvalidDataException">The file is of another kind, or not whole.</exception>
    public WeightFile(ReadOnlyMemory<byte> file)
    {
        var reader = new Reader(file);
        if (reader.Int32() != Mark || reader.Int32() != Version)
        {
            throw new InvalidDataException("The weights are of another format.");
        }

        for (var left = reader.Count(); left > 0; left--)
        {
            var name = Encoding.ASCII.GetString(reader.Take(reader.Byte()).Span);
            var shape = new int[reader.Byte()];
            var length = 1;
            for (var i = 0; i < shape.Length; i++)
            {
                shape[i] = reader.Count();
                length = Times(length, shape[i]);
            }

            var encoding = (WeightEncoding)reader.Byte();
            var (scale, minimum) = encoding == WeightEncoding.Affine8 ? (reader.Single(), reader.Single()) : (1f, 0f);
            var size = encoding switch
            {
                WeightEncoding.Float32 => 4,
                WeightEncoding.Float16 => 2,
                WeightEncoding.Affine8 => 1,
                _ => throw new InvalidDataException("The weights hold an encoding that is not known."),
            };
            if (!_tensors.TryAdd(name, new WeightTensor(shape, encoding, scale, minimum, reader.Take(Times(length, size)))))
            {
                throw new InvalidDataException("The weights hold a tensor twice.");
            }
        }

        if (!reader.IsAtEnd)
        {
            throw new InvalidDataException("The weights go on after their end.");
        }
    }

    public WeightTensor this[string name] => _tensors.TryGetValue(name, out var tensor)
        ? tensor
        : throw new InvalidDataException($"The weights lack {name}.");

    public static WeightFile Load()
    {
        using var stream = OpenResource();
        var file = GC.AllocateUninitializedArray<byte>(checked((int)stream.Length));
        stream.ReadExactly(file);
        return new WeightFile(file);
    }

    public static Stream OpenResource() => typeof(WeightFile).Assembly.GetManifestResourceStream(ResourceName)
        ?? throw new InvalidDataException("The weights are missing from the assembly.");

    private static int Times(int a, int b) => (long)a * b is <= int.MaxValue and var product
        ? (int)product
        : throw new InvalidDataException("The weights hold a tensor that is too large.");

    private sealed class Reader(ReadOnlyMemory<byte> file)
    {
        private int _at;

        public bool IsAtEnd => _at == file.Length;

        public byte Byte() => Take(1).Span[0];

        public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4).Span);

        public int Count() => Int32() is >= 0 and var count ? count : throw new InvalidDataException("The weights hold a negative length.");

        public float Single() => BinaryPrimitives.ReadSingleLittleEndian(Take(4).Span);

        public ReadOnlyMemory<byte> Take(int length)
        {
            if (length < 0 || length > file.Length - _at)
            {
                throw new InvalidDataException("The weights end too early.");
            }

            _at += length;
            return file.Slice(_at - length, length);
        }
    }
}
