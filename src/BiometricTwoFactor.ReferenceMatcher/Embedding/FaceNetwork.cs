using BiometricTwoFactor.ReferenceMatcher.Inference;

namespace BiometricTwoFactor.ReferenceMatcher.Embedding;

/// <summary>
/// dlib's face recognition network: a residual network of 29 convolutions from 150 by 150 pixels to 128 numbers. The
/// scale that follows each convolution is folded into it. Immutable: any number of threads, each with a workspace.
/// </summary>
internal sealed class FaceNetwork
{
    /// <summary>Side of the aligned face, in pixels.</summary>
    public const int InputSize = 150;

    private readonly Kernels _kernels;
    private readonly Convolution _entry;
    private readonly Stage[] _stages;
    private readonly float[] _projection;

    public FaceNetwork(WeightFile weights, Kernels kernels)
    {
        _kernels = kernels;
        _entry = Read("conv32_down", stride: 2, padding: 0);
        _stages =
        [
            new Stage(null, [Block("conv32_1"), Block("conv32_2"), Block("conv32_3")]),
            new Stage(Down("conv64_down"), [Block("conv64_1"), Block("conv64_2"), Block("conv64_3")]),
            new Stage(Down("conv128_down"), [Block("conv128_1"), Block("conv128_2")]),
            new Stage(Down("conv256_down"), [Block("conv256_1"), Block("conv256_2")]),
            new Stage(Down("conv256_down_out"), []),
        ];
        _projection = weights["embedder/fc"].ToArray();

        Residual Block(string name) => new(Read($"{name}/conv1", 1, 1), Read($"{name}/conv2", 1, 1));
        Residual Down(string name) => new(Read($"{name}/conv1", 2, 0), Read($"{name}/conv2", 1, 1));
        Convolution Read(string name, int stride, int padding)
        {
            var scale = weights[$"embedder/{name}/scale/weights"].ToArray();
            var shift = weights[$"embedder/{name}/scale/biases"].ToArray();
            var bias = weights[$"embedder/{name}/conv/bias"].ToArray();
            for (var i = 0; i < bias.Length; i++)
            {
                bias[i] = (bias[i] * scale[i]) + shift[i];
            }

            return Convolution.FromHwio(weights[$"embedder/{name}/conv/filters"], stride, (padding, padding), scale, bias, kernels);
        }
    }

    /// <summary>Embeds what <see cref="FaceWorkspace.Input"/> holds.</summary>
    /// <param name="workspace">The input, and room for what lies between.</param>
    /// <param name="embedding">128 numbers, about 1.4 long together.</param>
    public void Embed(FaceWorkspace workspace, Span<float> embedding)
    {
        _kernels.Convolve(_entry, workspace.Input, workspace.Entry, accumulate: false, relu: true);
        var map = workspace.Maps[0];
        _kernels.MaxPool(workspace.Entry, map, window: 3);
        for (var i = 0; i < _stages.Length; i++)
        {
            if (_stages[i].Down is { } down)
            {
                // The shortcut is the pooled input with empty channels; the convolutions are added to it. Where they are
                // a pixel smaller than it, it stands alone (it is never negative, so that the cut-off changes nothing).
                var next = workspace.Maps[i];
                var half = workspace.Halves[i]!;
                _kernels.AveragePool(map, next);
                _kernels.Convolve(down.First, map, half, accumulate: false, relu: true);
                _kernels.Convolve(down.Second, half, next, accumulate: true, relu: true);
                map = next;
            }

            foreach (var block in _stages[i].Blocks)
            {
                _kernels.Convolve(block.First, map, workspace.Inner[i]!, accumulate: false, relu: true);
                _kernels.Convolve(block.Second, workspace.Inner[i]!, map, accumulate: true, relu: true);
            }
        }

        Project(map, embedding);
    }

    private void Project(FeatureMap map, Span<float> embedding)
    {
        embedding.Clear();
        for (var channel = 0; channel < map.Channels; channel++)
        {
            var sum = 0f;
            for (var y = 0; y < map.Height; y++)
            {
                for (var x = 0; x < map.Width; x++)
                {
                    sum += map.Values[map.OffsetOf(y, x) + channel];
                }
            }

            var mean = sum / (map.Height * map.Width);
            for (var i = 0; i < embedding.Length; i++)
            {
                embedding[i] += mean * _projection[(channel * embedding.Length) + i];
            }
        }
    }

    private sealed record Residual(Convolution First, Convolution Second);

    private sealed record Stage(Residual? Down, Residual[] Blocks);
}
