using BenchmarkDotNet.Running;
using BiometricTwoFactor.Benchmarks;

BenchmarkSwitcher.FromAssembly(typeof(Verdicts).Assembly).Run(args, new RatioConfig());
