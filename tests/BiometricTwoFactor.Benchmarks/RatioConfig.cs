using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Filters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace BiometricTwoFactor.Benchmarks;

/// <summary>
/// Ratios within one run are what counts here, since machines differ: iterations long enough for them, medians and
/// minima beside means, and in process, so that no build of a host project is needed and the whole run stays short.
/// </summary>
internal sealed class RatioConfig : ManualConfig
{
    public RatioConfig()
    {
        AddJob(Job.Default
            .WithToolchain(InProcessEmitToolchain.Instance)
            .WithWarmupCount(5)
            .WithIterationCount(15)
            .WithIterationTime(Perfolizer.Horology.TimeInterval.FromMilliseconds(200)));
        AddDiagnoser(MemoryDiagnoser.Default);
        AddColumnProvider(DefaultColumnProviders.Instance);
        AddColumn(StatisticColumn.Median);
        AddColumn(StatisticColumn.Min);
        AddLogger(ConsoleLogger.Default);

        // What cannot run here is left out instead of failing; Program says so.
        AddFilter(new SimpleFilter(benchmark =>
            (Peers.AreReady || !benchmark.Descriptor.HasCategory(Peers.Category))
            && (Photos.AreThere || !benchmark.Descriptor.HasCategory(Photos.Category))));
        AddExporter(MarkdownExporter.GitHub);
    }
}
