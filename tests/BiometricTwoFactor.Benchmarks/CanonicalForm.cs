using BenchmarkDotNet.Attributes;

namespace BiometricTwoFactor.Benchmarks;

/// <summary>Promise: the canonical form of a 20 KB verdict, from its bytes, costs at most 3 times one scan.</summary>
public class CanonicalForm
{
    private readonly byte[] _body = Verdicts.TwentyKilobytes();

    /// <summary>One scan with the framework's reader.</summary>
    [Benchmark(Baseline = true)]
    public int OneScan() => Scan.Over(_body);

    /// <summary>Ours: strict parse and canonical bytes.</summary>
    [Benchmark]
    public int Canonical()
    {
        if (JsonTape.Parse(_body, int.MaxValue, JsonTape.DefaultMaxDepth, out var tape) != JsonReadError.None)
        {
            throw new InvalidOperationException("The verdict must parse.");
        }

        using (tape)
        {
            CanonicalWriter.TryWrite(in tape, _body.Length, out var writer);
            var length = writer.Written.Length;
            writer.Dispose();
            return length;
        }
    }
}
