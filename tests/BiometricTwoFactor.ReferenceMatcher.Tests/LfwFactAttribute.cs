namespace BiometricTwoFactor.ReferenceMatcher.Tests;

/// <summary>A test over the photographs of LFW, which carry no licence and lie beside the repository on some machines only.</summary>
public sealed class LfwFactAttribute : FactAttribute
{
    public LfwFactAttribute() => Skip = LfwTheoryAttribute.Reason;
}

/// <summary>As <see cref="LfwFactAttribute"/>.</summary>
public sealed class LfwTheoryAttribute : TheoryAttribute
{
    public LfwTheoryAttribute() => Skip = Reason;

    public static string? Reason => TestFolders.Shared("data", "lfw") is null ? "../shared/data/lfw is not beside this repository." : null;
}
