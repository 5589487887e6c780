using BenchmarkDotNet.Attributes;
using BiometricTwoFactor.ReferenceMatcher;

namespace BiometricTwoFactor.Benchmarks;

/// <summary>Promise: a matcher is loaded in under 100 ms. The first one of a process: <see cref="FreshProcess"/>.</summary>
public class Load
{
    /// <summary>Decodes and packs the weights.</summary>
    [Benchmark]
    public FaceMatcher Matcher() => new();
}
