using BenchmarkDotNet.Attributes;
using BiometricTwoFactor.ReferenceMatcher;

namespace BiometricTwoFactor.Benchmarks;

/// <summary>
/// Promise: a whole comparison (decode, detect, align, embed, twice) takes at most half the time of face-api's with its
/// fastest detector, one thread each.
/// </summary>
public class Comparison
{
    private readonly FaceMatcher _matcher = new();
    private byte[] _a = [];
    private byte[] _b = [];
    private string _request = "";
    private Peer? _faceApi;

    /// <summary>Of both photographs.</summary>
    [Params("250", "480x640")]
    public string Size { get; set; } = "";

    /// <summary>face-api; its fastest detector that finds these faces.</summary>
    [GlobalSetup(Target = nameof(FaceApi))]
    public void StartFaceApi()
    {
        _faceApi = Peers.FaceApi("tiny:96");
        _request = $"compare {Peers.PhotoName(Size, "a")} {Peers.PhotoName(Size, "b")}";

        // Its code is compiled while it runs: what is measured is the state of a server that has been up for a while.
        for (var i = 0; i < 15; i++)
        {
            _faceApi.Ask(_request);
        }
    }

    /// <summary>Reads the photographs.</summary>
    [GlobalSetup(Target = nameof(Ours))]
    public void Load()
    {
        _a = Peers.Photo(Size, "a")!;
        _b = Peers.Photo(Size, "b")!;
        Photos.Compare(_matcher, _a, _b);
    }

    /// <summary>Stops the process.</summary>
    [GlobalCleanup(Target = nameof(FaceApi))]
    public void Stop() => _faceApi!.Dispose();

    /// <summary>Its whole comparison.</summary>
    [Benchmark(Baseline = true), BenchmarkCategory(Peers.Category)]
    public string FaceApi() => _faceApi!.Ask(_request);

    /// <summary>Ours, warnings about the pictures included.</summary>
    [Benchmark, BenchmarkCategory(Photos.Category)]
    public double Ours() => Photos.Compare(_matcher, _a, _b);
}
