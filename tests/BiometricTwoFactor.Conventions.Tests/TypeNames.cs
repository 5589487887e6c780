using System.Reflection;

namespace BiometricTwoFactor.Conventions.Tests;

/// <summary>Types as C# writes them, with the question mark of what may be null.</summary>
internal static class TypeNames
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(char)] = "char",
        [typeof(int)] = "int",
        [typeof(long)] = "long",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
    };

    /// <summary>With the namespace, for the line that introduces a type.</summary>
    public static string Full(Type type) => type.DeclaringType is { } outer ? $"{Full(outer)}.{Of(type)}" : $"{type.Namespace}.{Of(type)}";

    public static string Of(Type type, NullabilityInfo? nullability = null)
    {
        if (type.IsByRef)
        {
            return Of(type.GetElementType()!, nullability);
        }

        if (Nullable.GetUnderlyingType(type) is { } inner)
        {
            return Of(inner) + "?";
        }

        var mark = !type.IsValueType && nullability?.ReadState == NullabilityState.Nullable ? "?" : "";
        if (type.IsArray)
        {
            return $"{Of(type.GetElementType()!, nullability?.ElementType)}[]{mark}";
        }

        if (Keywords.TryGetValue(type, out var keyword))
        {
            return keyword + mark;
        }

        if (!type.IsGenericType)
        {
            return type.Name + mark;
        }

        var name = type.Name.Contains('`', StringComparison.Ordinal) ? type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)] : type.Name;
        var known = nullability?.GenericTypeArguments ?? [];
        var arguments = type.GetGenericArguments().Select((argument, place) => Of(argument, place < known.Length ? known[place] : null));
        return $"{name}<{string.Join(", ", arguments)}>{mark}";
    }
}
