using BenchmarkDotNet.Attributes;
using BiometricTwoFactor.ReferenceMatcher;

namespace BiometricTwoFactor.Benchmarks;

/// <summary>
/// Promise: two photographs of 12 megapixels take less than ten times what two of 480x640 take. Their working set is
/// measured by <see cref="FreshProcess"/>, since this process has held more than one comparison.
/// </summary>
public class LargePhotos
{
    private readonly FaceMatcher _matcher = new();
    private byte[] _a = [];
    private byte[] _b = [];

    /// <summary>Reads the photographs of one size.</summary>
    [GlobalSetup(Target = nameof(Thumbnails))]
    public void LoadThumbnails() => Load("480x640");

    /// <summary>Reads the photographs of the other size.</summary>
    [GlobalSetup(Target = nameof(TwelveMegapixels))]
    public void LoadTwelveMegapixels() => Load("4000x3000");

    /// <summary>480x640.</summary>
    [Benchmark(Baseline = true), BenchmarkCategory(Photos.Category)]
    public double Thumbnails() => Photos.Compare(_matcher, _a, _b);

    /// <summary>4000x3000.</summary>
    [Benchmark, BenchmarkCategory(Photos.Category)]
    public double TwelveMegapixels() => Photos.Compare(_matcher, _a, _b);

    private void Load(string size)
    {
        _a = Peers.Photo(size, "a")!;
        _b = Peers.Photo(size, "b")!;
        Photos.Compare(_matcher, _a, _b);
    }
}
