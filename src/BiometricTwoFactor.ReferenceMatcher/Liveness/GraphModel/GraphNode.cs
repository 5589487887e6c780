namespace BiometricTwoFactor.ReferenceMatcher.Liveness.GraphModel;

/// <summary>
/// One operation of the graph as the file states it. The number is its place in the file, from 0, which is what error
/// messages name it by; the strides are 1 where the file states none.
/// </summary>
internal sealed record GraphNode(
    int Number, string Name, string Operation, string[] Inputs, int StrideY, int StrideX, bool HasValidPadding, FusedOperations Fused);

/// <summary>What a convolution or a matrix product does to its sum, in this order.</summary>
[Flags]
internal enum FusedOperations
{
    None = 0,
    Bias = 1,
    Relu = 2,
    Prelu = 4,
}
