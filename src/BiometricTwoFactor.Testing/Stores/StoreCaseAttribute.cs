namespace BiometricTwoFactor.Testing;

/// <summary>Marks a method of the suite as a case, once for each set of arguments.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class StoreCaseAttribute(params object?[]? arguments) : Attribute
{
    /// <summary>A single null is an argument too.</summary>
    public object?[] Arguments { get; } = arguments ?? [null];
}
