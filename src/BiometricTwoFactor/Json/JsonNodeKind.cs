namespace BiometricTwoFactor;

/// <summary>What a node of a <see cref="JsonTape"/> is. An integer is a number without a point and without an exponent.</summary>
internal enum JsonNodeKind : byte
{
    /// <summary>No node: what a look-up that found nothing has.</summary>
    Missing = 0,
    Object,
    Array,
    String,
    Integer,
    Float,
    True,
    False,
    Null,
}
