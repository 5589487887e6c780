using System.Reflection;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>
/// The in-memory store as one that survives a restart, with a test's own work before and after its calls: that is how two
/// things are made to happen in exactly one order.
/// </summary>
public class StoreProxy : DispatchProxy
{
    private IStepUpStore _inner = null!;

    /// <summary>Awaited before a call, by the name of its method.</summary>
    public Func<string, Task> Before { get; set; } = _ => Task.CompletedTask;

    /// <summary>Awaited after a call, by the name of its method.</summary>
    public Func<string, Task> After { get; set; } = _ => Task.CompletedTask;

    public static (IStepUpStore Store, StoreProxy Proxy) Create(TimeProvider time)
    {
        var store = Create<IStepUpStore, StoreProxy>();
        var proxy = (StoreProxy)(object)store;
        proxy._inner = new InMemoryStepUpStore(time);
        return (store, proxy);
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (string.Equals(targetMethod!.Name, "get_" + nameof(IStepUpStore.SurvivesRestart), StringComparison.Ordinal))
        {
            return true;
        }

        var result = targetMethod.ReturnType;
        if (result.IsGenericType && result.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>))
        {
            return targetMethod.Invoke(_inner, args);
        }

        if (!result.IsGenericType)
        {
            return result == typeof(ValueTask) ? new ValueTask(RunAsync(targetMethod, args)) : targetMethod.Invoke(_inner, args);
        }

        return typeof(StoreProxy).GetMethod(nameof(Wrap), BindingFlags.NonPublic | BindingFlags.Instance)!
            .MakeGenericMethod(result.GenericTypeArguments).Invoke(this, [targetMethod, args]);
    }

    private ValueTask<T> Wrap<T>(MethodInfo method, object?[]? args) => new(RunAsync<T>(method, args));

    private async Task<T> RunAsync<T>(MethodInfo method, object?[]? args)
    {
        await Before(method.Name);
        var answer = await (ValueTask<T>)method.Invoke(_inner, args)!;
        await After(method.Name);
        return answer;
    }

    private async Task RunAsync(MethodInfo method, object?[]? args)
    {
        await Before(method.Name);
        await (ValueTask)method.Invoke(_inner, args)!;
        await After(method.Name);
    }
}
