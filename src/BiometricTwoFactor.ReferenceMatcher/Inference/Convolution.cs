namespace BiometricTwoFactor.ReferenceMatcher.Inference;

/// <summary>
/// A convolution's numbers, in the order in which its kernel reads them: for each block of output channels all taps,
/// row by row, for each tap all input channels, and for each of these the block's weights side by side.
/// </summary>
internal sealed class Convolution
{
    private Convolution(int size, int stride, (int Before, int After) padding, int inputs, int outputs, int block)
    {
        Size = size;
        Stride = stride;
        Padding = padding;
        Inputs = inputs;
        Outputs = outputs;
        Block = block;
        Weights = GC.AllocateUninitializedArray<float>(outputs * size * size * inputs);
        Bias = new float[outputs];
    }

    /// <summary>Taps along each side.</summary>
    public int Size { get; }

    public int Stride { get; }

    /// <summary>
    /// Pixels of zeros that are read above and left of the input, and below and right of it. The input's border covers them.
    /// </summary>
    public (int Before, int After) Padding { get; }

    public int Inputs { get; }

    /// <summary>A multiple of <see cref="Block"/>.</summary>
    public int Outputs { get; }

    public int Block { get; }

    public float[] Weights { get; }

    public float[] Bias { get; }

    /// <summary>Reads a filter that is stored as height, width, input, output, and folds a scale per output into it.</summary>
    public static Convolution FromHwio(WeightTensor filter, int stride, (int Before, int After) padding, ReadOnlySpan<float> scale, ReadOnlySpan<float> bias, Kernels kernels)
    {
        var (size, inputs, outputs) = (filter.Shape[0], filter.Shape[2], filter.Shape[3]);
        var convolution = new Convolution(size, stride, padding, inputs, outputs, kernels.OutputBlock);
        var depth = size * size * inputs;
        for (var block = 0; block < outputs; block += convolution.Block)
        {
            filter.CopyColumns(block, convolution.Block, depth, outputs, scale, convolution.Weights.AsSpan(block * depth, convolution.Block * depth));
        }

        bias.CopyTo(convolution.Bias);
        return convolution;
    }

    /// <summary>Reads a filter that is stored as output, height, width, input. Channels that are not there weigh nothing.</summary>
    public static Convolution FromOhwi(WeightTensor filter, ReadOnlySpan<float> bias, int stride, (int Before, int After) padding, int inputs, int outputs, Kernels kernels)
    {
        var (storedOutputs, size, storedInputs) = (filter.Shape[0], filter.Shape[1], filter.Shape[3]);
        var convolution = new Convolution(size, stride, padding, inputs, outputs, kernels.OutputBlock);
        Array.Clear(convolution.Weights);
        var values = filter.ToArray();
        var taps = size * size;
        for (var output = 0; output < storedOutputs; output++)
        {
            var block = output / convolution.Block * convolution.Block;
            for (var tap = 0; tap < taps; tap++)
            {
                for (var input = 0; input < storedInputs; input++)
                {
                    convolution.Weights[(block * taps * inputs) + (((tap * inputs) + input) * convolution.Block) + output - block] =
                        values[(((output * taps) + tap) * storedInputs) + input];
                }
            }
        }

        bias.CopyTo(convolution.Bias);
        return convolution;
    }
}
