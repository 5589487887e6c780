using System.Reflection;
using BiometricTwoFactor.AspNetCore;

namespace BiometricTwoFactor.Testing;

/// <summary>One promise of <see cref="IStepUpStore"/>, to be held against a store.</summary>
public sealed class StepUpStoreCase
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly MethodInfo _method;
    private readonly object?[] _arguments;

    internal StepUpStoreCase(MethodInfo method, object?[] arguments)
    {
        _method = method;
        _arguments = arguments;
        var words = method.Name.Replace('_', ' ');
        Name = arguments.Length == 0 ? words : $"{words} ({string.Join(", ", arguments.Select(argument => argument ?? "null"))})";
    }

    /// <summary>The promise in words; unique within the suite.</summary>
    public string Name { get; }

    /// <summary>Holds a store against the promise.</summary>
    /// <param name="emptyStore">
    /// Makes an empty store on the clock that it is given. Called once or a few times for a case; the caller disposes what it made.
    /// </param>
    /// <param name="cancellationToken">Ends the wait, not the work.</param>
    /// <exception cref="ConformanceException">The store does not keep it.</exception>
    /// <exception cref="TimeoutException">The store did not answer within three minutes.</exception>
    public async Task RunAsync(Func<TimeProvider, ValueTask<IStepUpStore>> emptyStore, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(emptyStore);
        var suite = new StepUpStoreConformance(emptyStore);
        await ((Task)_method.Invoke(suite, BindingFlags.DoNotWrapExceptions, binder: null, _arguments, culture: null)!)
            .WaitAsync(Patience, TimeProvider.System, cancellationToken);
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
