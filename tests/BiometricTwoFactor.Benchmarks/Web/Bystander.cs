using BenchmarkDotNet.Attributes;

namespace BiometricTwoFactor.Benchmarks;

/// <summary>Promise: an endpoint without the attribute costs what it costs in an application that has no step-up at all.</summary>
public class Bystander
{
    private ProtectedApplication _with = null!;
    private ProtectedApplication _without = null!;

    [GlobalSetup]
    public void Start()
    {
        _with = ProtectedApplication.StartAsync(withStepUp: true).GetAwaiter().GetResult();
        _without = ProtectedApplication.StartAsync(withStepUp: false).GetAwaiter().GetResult();
    }

    [GlobalCleanup]
    public void Stop()
    {
        _with.Dispose();
        _without.Dispose();
    }

    /// <summary>The framework alone.</summary>
    [Benchmark(Baseline = true)]
    public Task<int> WithoutStepUp() => _without.GetAsync("/authorized");

    /// <summary>The same endpoint beside others that ask for a face.</summary>
    [Benchmark]
    public Task<int> WithStepUp() => _with.GetAsync("/authorized");
}
