namespace BiometricTwoFactor.ReferenceMatcher.Liveness.GraphModel;

/// <summary>One constant of the graph: numbers with a shape. Exactly one of the two arrays is there.</summary>
internal sealed record GraphConstant(int[] Shape, float[]? Floats, int[]? Integers);
