using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace BiometricTwoFactor.Conventions.Tests;

/// <summary>Writes a package's public surface as text: one line for each type and member, in a stable order.</summary>
internal static class ApiPrinter
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static string Print(Package package)
    {
        var text = new StringBuilder();
        foreach (var type in package.PublicTypes.OrderBy(TypeNames.Full, StringComparer.Ordinal))
        {
            text.Append(Head(type)).Append('\n');
            foreach (var member in MembersOf(type).Order(StringComparer.Ordinal))
            {
                text.Append("    ").Append(member).Append('\n');
            }

            text.Append('\n');
        }

        return text.ToString().TrimEnd('\n') + "\n";
    }

    private static string Head(Type type)
    {
        var kind = type switch
        {
            { IsEnum: true } => "enum",
            { IsInterface: true } => "interface",
            { IsValueType: true } => type.IsDefined(typeof(IsReadOnlyAttribute), inherit: false) ? "readonly struct" : "struct",
            _ when typeof(Delegate).IsAssignableFrom(type) => "delegate",
            { IsAbstract: true, IsSealed: true } => "static class",
            { IsAbstract: true } => "abstract class",
            { IsSealed: true } => "sealed class",
            _ => "class",
        };
        List<string> bases = [];
        if (type.IsEnum)
        {
            bases.Add(TypeNames.Of(Enum.GetUnderlyingType(type)));
        }
        else
        {
            if (type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType) && parent != typeof(MulticastDelegate))
            {
                bases.Add(TypeNames.Of(parent));
            }

            var inherited = type.BaseType?.GetInterfaces() ?? [];
            bases.AddRange(type.GetInterfaces().Except(inherited).Where(face => face.IsVisible).Select(face => TypeNames.Of(face)).Order(StringComparer.Ordinal));
        }

        return $"{kind} {TypeNames.Full(type)}{(bases.Count == 0 ? "" : " : " + string.Join(", ", bases))}";
    }

    private static IEnumerable<string> MembersOf(Type type)
    {
        if (type.IsEnum)
        {
            return type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => $"{field.Name} = {Convert.ToInt64(field.GetRawConstantValue(), CultureInfo.InvariantCulture)}");
        }

        if (typeof(Delegate).IsAssignableFrom(type))
        {
            return [Signature(type.GetMethod("Invoke")!)];
        }

        return type.GetFields(Declared).Where(field => IsVisible(field)).Select(Field)
            .Concat(type.GetConstructors(Declared).Where(IsVisible).Select(constructor => $"{Access(constructor)}.ctor({Parameters(constructor)})"))
            .Concat(type.GetProperties(Declared).Select(Property).OfType<string>())
            .Concat(type.GetEvents(Declared).Where(happening => IsVisible(happening.AddMethod!)).Select(happening => $"event {TypeNames.Of(happening.EventHandlerType!)} {happening.Name}"))
            .Concat(type.GetMethods(Declared).Where(IsOwnMethod).Select(Signature));
    }

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsVisible(FieldInfo field) => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly;

    /// <summary>No accessors, nothing that the compiler adds to records, nothing that everything has from object.</summary>
    private static bool IsOwnMethod(MethodInfo method) =>
        IsVisible(method)
        && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal))
        && !method.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false)
        && !method.Name.StartsWith('<')
        && method.GetBaseDefinition().DeclaringType != typeof(object);

    private static string Field(FieldInfo field)
    {
        var modifier = field switch { { IsLiteral: true } => "const ", { IsStatic: true } => "static ", _ => "" } + (field.IsInitOnly ? "readonly " : "");
        return $"{modifier}{TypeNames.Of(field.FieldType, new NullabilityInfoContext().Create(field))} {field.Name}{(field.IsLiteral ? " = " + Literal(field.GetRawConstantValue()) : "")}";
    }

    private static string? Property(PropertyInfo property)
    {
        var readable = property.GetMethod is { } getter && IsVisible(getter);
        var writable = property.SetMethod is { } setter && IsVisible(setter);
        var shown = property.GetMethod ?? property.SetMethod!;
        if ((!readable && !writable) || shown.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false) && property.Name == "EqualityContract")
        {
            return null;
        }

        var isInit = writable && property.SetMethod!.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));
        var required = property.IsDefined(typeof(RequiredMemberAttribute), inherit: false) ? "required " : "";
        var index = property.GetIndexParameters() is { Length: > 0 } indexes ? $"[{string.Join(", ", indexes.Select(Parameter))}]" : "";
        return $"{Access(shown)}{required}{TypeNames.Of(property.PropertyType, new NullabilityInfoContext().Create(property))} {property.Name}{index} {{{(readable ? " get;" : "")}{(writable ? isInit ? " init;" : " set;" : "")} }}";
    }

    private static string Signature(MethodInfo method)
    {
        var generic = method.IsGenericMethodDefinition ? $"<{string.Join(", ", method.GetGenericArguments().Select(argument => argument.Name))}>" : "";
        var extension = method.IsDefined(typeof(ExtensionAttribute), inherit: false) ? "this " : "";
        return $"{Access(method)}{TypeNames.Of(method.ReturnType, new NullabilityInfoContext().Create(method.ReturnParameter))} {method.Name}{generic}({extension}{Parameters(method)}){string.Concat(method.GetGenericArguments().Select(Constraints))}";
    }

    private static string Constraints(Type argument)
    {
        List<string> constraints = [.. argument.GetGenericParameterConstraints().Where(type => type != typeof(ValueType)).Select(type => TypeNames.Of(type)).Order(StringComparer.Ordinal)];
        var special = argument.GenericParameterAttributes & GenericParameterAttributes.SpecialConstraintMask;
        if (special.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint))
        {
            constraints.Insert(0, "struct");
        }
        else if (special.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint))
        {
            constraints.Insert(0, "class");
        }

        return constraints.Count == 0 ? "" : $" where {argument.Name} : {string.Join(", ", constraints)}";
    }

    private static string Access(MethodBase method) =>
        (method.IsPublic ? "" : "protected ") + method switch
        {
            { DeclaringType.IsInterface: true, IsStatic: false } => "",
            { IsStatic: true } => "static ",
            { IsAbstract: true } => "abstract ",
            { IsVirtual: true, IsFinal: false } => ((MethodInfo)method).GetBaseDefinition() == method ? "virtual " : "override ",
            _ => "",
        };

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        var passing = parameter switch { { IsOut: true } => "out ", { ParameterType.IsByRef: true } => "ref ", _ when parameter.IsDefined(typeof(ParamArrayAttribute), inherit: false) => "params ", _ => "" };
        var given = parameter.HasDefaultValue ? " = " + (parameter.ParameterType.IsValueType && parameter.RawDefaultValue is null ? "default" : Literal(parameter.RawDefaultValue)) : "";
        return $"{passing}{TypeNames.Of(parameter.ParameterType, new NullabilityInfoContext().Create(parameter))} {parameter.Name}{given}";
    }

    private static string Literal(object? value) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
