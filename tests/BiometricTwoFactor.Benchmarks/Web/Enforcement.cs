using BenchmarkDotNet.Attributes;

namespace BiometricTwoFactor.Benchmarks;

/// <summary>
/// Promise: an endpoint with <c>[RequireBiometric]</c> and a valid approval in memory costs at most 1.2 times the same
/// endpoint with plain <c>[Authorize]</c>, in process. The approval is that of account access, which serves more than one request.
/// </summary>
public class Enforcement
{
    private ProtectedApplication _application = null!;

    [GlobalSetup]
    public void Start() => _application = ProtectedApplication.StartAsync(withStepUp: true).GetAwaiter().GetResult();

    [GlobalCleanup]
    public void Stop() => _application.Dispose();

    /// <summary>Signed in is enough.</summary>
    [Benchmark(Baseline = true)]
    public Task<int> Authorize() => _application.GetAsync("/authorized");

    /// <summary>Ours.</summary>
    [Benchmark]
    public Task<int> RequireBiometric() => _application.GetAsync("/face");
}
