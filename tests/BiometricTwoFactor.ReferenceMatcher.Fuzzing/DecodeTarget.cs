using BiometricTwoFactor.ReferenceMatcher.Imaging;

namespace BiometricTwoFactor.ReferenceMatcher.Fuzzing;

/// <summary>Decodes one input and checks what must hold of any. Runs beside the instrumented assembly.</summary>
internal static class DecodeTarget
{
    public const string Decoded = "decoded";

    private static readonly int[] Reductions = [0, 0, 8, 64];

    private static readonly long[] Memories = [256 * 1024, 1024 * 1024, 4 * 1024 * 1024, 16 * 1024 * 1024];

    /// <summary>Returns the outcome: "decoded" or the refusal.</summary>
    /// <param name="input">The file.</param>
    /// <param name="figures">Filled with the bytes that were allocated and the bytes that were allowed.</param>
    public static string Run(byte[] input, long[] figures)
    {
        var limits = LimitsFor(input);
        figures[1] = limits.MaxMemory;
        var before = GC.GetAllocatedBytesForCurrentThread();
        var decoding = ImageDecoder.Decode(input, limits);
        figures[0] = GC.GetAllocatedBytesForCurrentThread() - before;

        if (decoding.Image is { } image)
        {
            var pixels = (long)image.Width * image.Height;
            if (decoding.Refusal is not null || pixels <= 0 || pixels > limits.MaxPixels || image.Pixels.Length != pixels * 3 || image.ReducedBy is not (1 or 2 or 4 or 8))
            {
                throw new InvalidOperationException("The picture is none.");
            }

            return Decoded;
        }

        return decoding.Refusal is [_, .., '.'] reason ? reason : throw new InvalidOperationException("There is neither a picture nor a reason.");
    }

    /// <summary>The limits vary, and depend on nothing but the input, so that a finding can be repeated.</summary>
    private static ImageLimits LimitsFor(ReadOnlySpan<byte> input)
    {
        var hash = 2166136261u;
        foreach (var one in input[..Math.Min(input.Length, 256)])
        {
            hash = (hash ^ one) * 16777619;
        }

        hash ^= hash >> 15;
        return new ImageLimits(1 << 20, 4_000_000, Memories[hash & 3], Reductions[(hash >> 2) & 3]);
    }
}
