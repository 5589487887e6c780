namespace BiometricTwoFactor.ReferenceMatcher.Inference;

/// <summary>
/// The few operations that the kernels need, over vectors of one width. Each kernel is written once over this and
/// compiled once for each width, so that the scalar path is the same code as the widest one.
/// </summary>
/// <typeparam name="TVector">A vector of floats, or one float.</typeparam>
internal interface ILanes<TVector>
    where TVector : struct
{
    /// <summary>Floats in a vector.</summary>
    static abstract int Count { get; }

    /// <summary>Enough registers for eight output pixels at a time; else four.</summary>
    static abstract bool ManyRegisters { get; }

    static abstract TVector Load(ref float source, int index);

    static abstract void Store(TVector value, ref float target, int index);

    static abstract TVector Broadcast(float value);

    /// <summary>a * b + c, fused where the machine can: paths differ in the last bits.</summary>
    static abstract TVector MultiplyAdd(TVector a, TVector b, TVector c);

    static abstract TVector Add(TVector a, TVector b);

    static abstract TVector Max(TVector a, TVector b);
}
