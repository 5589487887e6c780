namespace BiometricTwoFactor;

/// <summary>Why a document was refused (contract 4.5, steps 1 and 2).</summary>
internal enum JsonReadError
{
    None = 0,
    TooLarge,
    ByteOrderMark,
    NotUtf8,
    NotAnObject,
    TooDeep,

    /// <summary>Broken grammar, trailing data, or nothing at all.</summary>
    Malformed,
    LoneSurrogate,
    DuplicateMember,
    NumberOverflow,
}
