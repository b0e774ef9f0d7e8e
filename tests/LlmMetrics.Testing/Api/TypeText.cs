using System.Reflection;

namespace LlmMetrics.Testing;

/// <summary>Types as C# writes them.</summary>
internal static class TypeText
{
    private static readonly Dictionary<Type, string> _keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(char)] = "char",
        [typeof(short)] = "short",
        [typeof(int)] = "int",
        [typeof(long)] = "long",
        [typeof(uint)] = "uint",
        [typeof(ulong)] = "ulong",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
    };

    public static string Declaration(Type type)
    {
        if (typeof(Delegate).IsAssignableFrom(type))
        {
            return "delegate " + MemberText.Method(type.GetMethod("Invoke")!, Short(type));
        }

        var bases = type.IsEnum ? [Enum.GetUnderlyingType(type)] : Bases(type);
        var list = string.Join(", ", bases.Select(static t => Name(t)).Order(StringComparer.Ordinal));
        return $"{Kind(type)} {Short(type)}{(list.Length == 0 ? "" : " : " + list)}";
    }

    /// <summary>Writes a type's name with its arguments; with nullable marks if they are known.</summary>
    public static string Name(Type type, NullabilityInfo? nullability = null)
    {
        if (type.IsByRef)
        {
            return Name(type.GetElementType()!, nullability);
        }

        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return Name(underlying) + "?";
        }

        var mark = !type.IsValueType && nullability?.ReadState == NullabilityState.Nullable ? "?" : "";
        if (type.IsArray)
        {
            return Name(type.GetElementType()!, nullability?.ElementType) + "[]" + mark;
        }

        if (_keywords.TryGetValue(type, out var keyword))
        {
            return keyword + mark;
        }

        return Short(type, nullability) + mark;
    }

    private static string Short(Type type, NullabilityInfo? nullability = null)
    {
        var name = type.Name.Split('`')[0];
        if (type.IsGenericParameter)
        {
            return name;
        }

        var outer = type.IsNested ? Short(type.DeclaringType!) + "." : "";
        var inherited = type.DeclaringType?.GetGenericArguments().Length ?? 0;
        var known = nullability?.GenericTypeArguments ?? [];
        var arguments = type.GetGenericArguments()
            .Select((argument, i) => Name(argument, i < known.Length ? known[i] : null))
            .Skip(inherited)
            .ToArray();
        return outer + name + (arguments.Length == 0 ? "" : $"<{string.Join(", ", arguments)}>");
    }

    private static string Kind(Type type) => type switch
    {
        { IsEnum: true } => "enum",
        { IsInterface: true } => "interface",
        { IsValueType: true } => (IsReadOnly(type) ? "readonly " : "") + (type.IsByRefLike ? "ref struct" : "struct"),
        { IsAbstract: true, IsSealed: true } => "static class",
        { IsAbstract: true } => "abstract class",
        { IsSealed: true } => "sealed class",
        _ => "class",
    };

    private static bool IsReadOnly(Type type) => type.CustomAttributes
        .Any(static a => a.AttributeType.FullName == "System.Runtime.CompilerServices.IsReadOnlyAttribute");

    private static IEnumerable<Type> Bases(Type type)
    {
        if (type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType))
        {
            yield return parent;
        }

        foreach (var implemented in type.GetInterfaces().Where(static i => i.IsVisible))
        {
            yield return implemented;
        }
    }
}
