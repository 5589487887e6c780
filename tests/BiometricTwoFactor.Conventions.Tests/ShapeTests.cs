using System.Reflection;
using System.Runtime.CompilerServices;

namespace BiometricTwoFactor.Conventions.Tests;

/// <summary>The house's rules for public types (design 8).</summary>
public sealed class ShapeTests
{
    /// <summary>Types that may be derived from, each with its reason.</summary>
    private static readonly Dictionary<string, string> Unsealed = new(StringComparer.Ordinal)
    {
        ["BiometricTwoFactor.BiometricClient"] = "its methods are virtual, so that an application's tests can substitute it",
        ["BiometricTwoFactor.AspNetCore.BiometricEvents"] = "the framework's own shape of a handler's events: derived from and named by EventsType",
    };

    /// <summary>Types whose methods are named as the framework names an event's: without Async and token, which its context has.</summary>
    private static readonly HashSet<string> Events = new(StringComparer.Ordinal)
    {
        "BiometricTwoFactor.AspNetCore.BiometricEvents",
    };

    /// <summary>Asynchronous methods without a cancellation token, each with its reason.</summary>
    private static readonly Dictionary<string, string> WithoutToken = new(StringComparer.Ordinal)
    {
        ["DisposeAsync"] = "the shape of IAsyncDisposable",
    };

    private static IEnumerable<Type> PublicTypes => Repository.Packages.SelectMany(package => package.PublicTypes);

    private static IEnumerable<MethodInfo> PublicMethods => PublicTypes
        .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
        .Where(method => (method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly) && !method.IsSpecialName && !method.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false));

    [Fact]
    public void Public_classes_are_sealed_or_static()
    {
        var open = PublicTypes.Where(type => type.IsClass && !type.IsSealed).Select(type => type.FullName!).Order(StringComparer.Ordinal);
        Assert.Equal(Unsealed.Keys.Order(StringComparer.Ordinal), open);
    }

    [Fact]
    public void What_is_left_open_can_be_substituted_whole()
    {
        var fixedMethods = PublicMethods.Where(method => Unsealed.ContainsKey(method.DeclaringType!.FullName!) && !method.IsStatic && !method.IsVirtual);
        Assert.Empty(fixedMethods.Select(Name));
    }

    [Fact]
    public void Asynchronous_methods_are_named_so_and_only_they_are()
    {
        Assert.Empty(PublicMethods.Where(IsNoEvent).Where(method => IsAsynchronous(method) != method.Name.EndsWith("Async", StringComparison.Ordinal)).Select(Name));
    }

    [Fact]
    public void Asynchronous_methods_take_a_cancellation_token_last_that_may_be_left_out()
    {
        var wrong = PublicMethods
            .Where(IsNoEvent)
            .Where(method => IsAsynchronous(method) && !WithoutToken.ContainsKey(method.Name))
            .Where(method => method.GetParameters() is not [.., { ParameterType: var type, Name: "cancellationToken", HasDefaultValue: true }] || type != typeof(CancellationToken));
        Assert.Empty(wrong.Select(Name));
    }

    [Fact]
    public void Namespaces_are_flat()
    {
        // Extension methods stand where the framework's own are, so that no using is needed.
        string[] frameworks = ["Microsoft.AspNetCore.Builder", "Microsoft.Extensions.DependencyInjection"];
        var elsewhere = Repository.Packages
            .SelectMany(package => package.PublicTypes
                .Where(type => type.Namespace != package.Name && !(type is { IsAbstract: true, IsSealed: true } && frameworks.Contains(type.Namespace, StringComparer.Ordinal))))
            .Select(type => type.FullName);
        Assert.Empty(elsewhere);
    }

    [Fact]
    public void Every_public_enums_default_is_named()
    {
        Assert.Empty(PublicTypes.Where(type => type.IsEnum && !Enum.IsDefined(type, Enum.ToObject(type, 0))).Select(type => type.FullName));
    }

    private static bool IsNoEvent(MethodInfo method) => !Events.Contains(method.DeclaringType!.FullName!);

    private static string Name(MethodInfo method) => $"{method.DeclaringType!.FullName}.{method.Name}";

    private static bool IsAsynchronous(MethodInfo method)
    {
        var type = method.ReturnType.IsGenericType ? method.ReturnType.GetGenericTypeDefinition() : method.ReturnType;
        return type == typeof(Task) || type == typeof(Task<>) || type == typeof(ValueTask) || type == typeof(ValueTask<>) || type == typeof(IAsyncEnumerable<>);
    }
}
