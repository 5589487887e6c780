using System.Numerics;
using System.Runtime.InteropServices;
using SharpFuzz.Common;

namespace BiometricTwoFactor.ReferenceMatcher.Fuzzing;

/// <summary>What an execution reached: a counter for each pair of branches, and what any execution has reached so far.</summary>
/// <remarks>Counts are compared by size class, as AFL does: once, twice, three times, up to 7, 15, 31, 127, more.</remarks>
internal sealed unsafe class Coverage
{
    private const int Size = 65536;

    private static readonly byte[] Classes = MakeClasses();

    private readonly byte[] _seen = new byte[Size];

    // Never freed: the instrumented code keeps writing to where it was pointed.
    private readonly byte* _map = (byte*)NativeMemory.AllocZeroed(Size);

    public int Edges { get; private set; }

    public void Begin()
    {
        Trace.SharedMem = _map;
        Trace.PrevLocation = 0;
        new Span<byte>(_map, Size).Clear();
    }

    /// <summary>True where the execution since <see cref="Begin"/> reached something new.</summary>
    public bool EndIsNew()
    {
        var isNew = false;
        var words = MemoryMarshal.Cast<byte, ulong>(new ReadOnlySpan<byte>(_map, Size));
        for (var i = 0; i < words.Length; i++)
        {
            for (var word = words[i]; word != 0;)
            {
                var at = BitOperations.TrailingZeroCount(word) / 8;
                var index = (i * 8) + at;
                var counted = Classes[(byte)(word >> (at * 8))];
                word &= ~(0xFFul << (at * 8));
                if ((_seen[index] & counted) == 0)
                {
                    Edges += _seen[index] == 0 ? 1 : 0;
                    _seen[index] |= counted;
                    isNew = true;
                }
            }
        }

        return isNew;
    }

    private static byte[] MakeClasses()
    {
        var classes = new byte[256];
        for (var count = 1; count < 256; count++)
        {
            classes[count] = count switch { 1 => 1, 2 => 2, 3 => 4, < 8 => 8, < 16 => 16, < 32 => 32, < 128 => 64, _ => 128 };
        }

        return classes;
    }
}
