using BiometricTwoFactor.ReferenceMatcher.Inference;

namespace BiometricTwoFactor.ReferenceMatcher.Detection;

/// <summary>
/// BlazeFace for short range: from 128 by 128 pixels to 896 anchors, each with a score, a box and six key points.
/// Channels are filled up to whole blocks of 32. Immutable: any number of threads, each with a workspace.
/// </summary>
internal sealed class DetectorNetwork
{
    /// <summary>Side of the input, in pixels.</summary>
    public const int InputSize = 128;

    /// <summary>The sixteen blocks' outputs: channels as stored, and whether the block halves the picture.</summary>
    private static readonly (int Channels, bool Halves)[] Layout =
    [
        (24, false), (28, false), (32, true), (36, false), (42, false), (48, true), (56, false), (64, false),
        (72, false), (80, false), (88, false), (96, true), (96, false), (96, false), (96, false), (96, false),
    ];

    private const int FineAfter = 10; // the block whose output the 16 by 16 anchors look at

    private readonly Kernels _kernels;
    private readonly Convolution _entry;
    private readonly Block[] _blocks;
    private readonly Convolution _fineScores;
    private readonly Convolution _coarseScores;
    private readonly Convolution _fineBoxes;
    private readonly Convolution _coarseBoxes;

    public DetectorNetwork(WeightFile weights, Kernels kernels)
    {
        _kernels = kernels;
        var next = 0;
        // Even sides with stride two: one pixel more below and right than above and left.
        _entry = Dense(3, stride: 2, padding: (1, 2));
        _blocks = new Block[Layout.Length];
        var channels = Whole(24);
        for (var i = 0; i < Layout.Length; i++)
        {
            var depthwise = new DepthwiseConvolution(Filter(), Bias(), Layout[i].Halves ? 2 : 1, channels);
            next++;
            _blocks[i] = new Block(depthwise, Dense(channels));
            channels = Whole(Layout[i].Channels);
        }

        _fineScores = Dense(Whole(88));
        _coarseScores = Dense(Whole(96));
        _fineBoxes = Dense(Whole(88));
        _coarseBoxes = Dense(Whole(96));

        WeightTensor Filter() => weights[$"detector/{next}/filter"];
        float[] Bias() => weights[$"detector/{next}/bias"].ToArray();
        Convolution Dense(int inputs, int stride = 1, (int Before, int After) padding = default)
        {
            var convolution = Convolution.FromOhwi(Filter(), Bias(), stride, padding, inputs, Whole(Filter().Shape[0]), kernels);
            next++;
            return convolution;
        }
    }

    /// <summary>Detects in what <see cref="DetectorWorkspace.Input"/> holds; the answers are in its four heads.</summary>
    public void Run(DetectorWorkspace workspace)
    {
        var map = workspace.Maps[0];
        _kernels.Convolve(_entry, workspace.Input, map, accumulate: false, relu: true);
        for (var i = 0; i < _blocks.Length; i++)
        {
            var next = workspace.Maps[i + 1];
            _kernels.ConvolveDepthwise(_blocks[i].Depthwise, map, workspace.Inner[i]);
            if (Layout[i].Halves)
            {
                _kernels.MaxPool(map, next, window: 2);
            }
            else if (!ReferenceEquals(map, next))
            {
                CopyShortcut(map, next);
            }

            _kernels.Convolve(_blocks[i].Pointwise, workspace.Inner[i], next, accumulate: true, relu: true);
            map = next;
            if (i == FineAfter)
            {
                _kernels.Convolve(_fineScores, map, workspace.FineScores, accumulate: false, relu: false);
                _kernels.Convolve(_fineBoxes, map, workspace.FineBoxes, accumulate: false, relu: false);
            }
        }

        _kernels.Convolve(_coarseScores, map, workspace.CoarseScores, accumulate: false, relu: false);
        _kernels.Convolve(_coarseBoxes, map, workspace.CoarseBoxes, accumulate: false, relu: false);
    }

    /// <summary>A stage's size and channels, for the workspace: index 0 is the entry's.</summary>
    internal static IEnumerable<(int Size, int Channels)> Stages()
    {
        var size = InputSize / 2;
        yield return (size, Whole(24));
        foreach (var (channels, halves) in Layout)
        {
            size = halves ? size / 2 : size;
            yield return (size, Whole(channels));
        }
    }

    private static void CopyShortcut(FeatureMap from, FeatureMap to)
    {
        for (var y = 0; y < to.Height; y++)
        {
            for (var x = 0; x < to.Width; x++)
            {
                var target = to.Values.AsSpan(to.OffsetOf(y, x), to.Channels);
                from.Values.AsSpan(from.OffsetOf(y, x), from.Channels).CopyTo(target);
                target[from.Channels..].Clear();
            }
        }
    }

    private static int Whole(int channels) => (channels + 31) / 32 * 32;

    private sealed record Block(DepthwiseConvolution Depthwise, Convolution Pointwise);
}
