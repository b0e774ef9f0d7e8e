using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace LlmMetrics.Testing;

/// <summary>Members as C# writes them, without bodies.</summary>
internal static class MemberText
{
    public static string Constructor(ConstructorInfo constructor) => constructor.IsStatic
        ? ""
        : $"{Access(constructor)}{Name(constructor.DeclaringType!)}({Parameters(constructor)})";

    public static string Property(PropertyInfo property)
    {
        var accessors = property.GetAccessors(nonPublic: true).Where(PublicApi.IsVisible).ToArray();
        var index = property.GetIndexParameters();
        var name = index.Length == 0 ? property.Name : $"this[{string.Join(", ", index.Select(Parameter))}]";
        var type = TypeText.Name(property.PropertyType, Nullability().Create(property));
        var required = property.IsDefined(typeof(RequiredMemberAttribute), inherit: false) ? "required " : "";
        var body = string.Concat(accessors.Select(Accessor).OrderBy(static text => text, StringComparer.Ordinal));
        return $"{Modifiers(accessors[0])}{required}{type} {name} {{ {body}}}";
    }

    public static string Event(EventInfo handler) =>
        $"{Modifiers(handler.AddMethod!)}event {TypeText.Name(handler.EventHandlerType!)} {handler.Name}";

    public static string Field(FieldInfo field)
    {
        var words = field switch
        {
            { IsLiteral: true } => "const ",
            { IsStatic: true, IsInitOnly: true } => "static readonly ",
            { IsStatic: true } => "static ",
            { IsInitOnly: true } => "readonly ",
            _ => "",
        };
        var value = field.IsLiteral ? " = " + Literal(field.GetRawConstantValue()) : "";
        var access = field.IsPublic ? "" : "protected ";
        return $"{access}{words}{TypeText.Name(field.FieldType, Nullability().Create(field))} {field.Name}{value}";
    }

    public static string EnumValue(FieldInfo field) =>
        string.Create(CultureInfo.InvariantCulture, $"{field.Name} = {field.GetRawConstantValue()}");

    public static string Method(MethodInfo method) => Modifiers(method) + Method(method, method.Name);

    public static string Method(MethodInfo method, string name)
    {
        var type = TypeText.Name(method.ReturnType, Nullability().Create(method.ReturnParameter));
        var generic = method.IsGenericMethod
            ? $"<{string.Join(", ", method.GetGenericArguments().Select(static t => t.Name))}>"
            : "";
        var by = method.ReturnType.IsByRef ? "ref " : "";
        return $"{by}{type} {name}{generic}({Parameters(method)}){Constraints(method)}";
    }

    private static NullabilityInfoContext Nullability() => new();

    private static string Name(Type type) => type.Name.Split('`')[0];

    private static string Parameters(MethodBase method)
    {
        var extends = method.IsDefined(typeof(ExtensionAttribute), inherit: false) ? "this " : "";
        return extends + string.Join(", ", method.GetParameters().Select(Parameter));
    }

    private static string Parameter(ParameterInfo parameter)
    {
        var by = parameter switch
        {
            { ParameterType.IsByRef: false } => "",
            { IsOut: true } => "out ",
            { IsIn: true } => "in ",
            _ => "ref ",
        };
        var many = parameter.IsDefined(typeof(ParamArrayAttribute), inherit: false)
            || parameter.IsDefined(typeof(ParamCollectionAttribute), inherit: false) ? "params " : "";
        var type = TypeText.Name(parameter.ParameterType, Nullability().Create(parameter));
        var value = parameter.HasDefaultValue ? " = " + Default(parameter) : "";
        return $"{many}{by}{type} {parameter.Name}{value}";
    }

    private static string Default(ParameterInfo parameter)
    {
        var value = parameter.RawDefaultValue;
        var isStruct = parameter.ParameterType.IsValueType
            && Nullable.GetUnderlyingType(parameter.ParameterType) is null;
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        return value switch
        {
            null when isStruct => "default",
            not null when type.IsEnum => $"{type.Name}.{Enum.ToObject(type, value)}",
            _ => Literal(value),
        };
    }

    private static string Literal(object? value) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        char character => $"'{character}'",
        bool truth => truth ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Constraints(MethodInfo method) => string.Concat(method.IsGenericMethodDefinition
        ? method.GetGenericArguments().Select(Constraint)
        : []);

    private static string Constraint(Type argument)
    {
        var attributes = argument.GenericParameterAttributes;
        var isStruct = attributes.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint);
        var parts = argument.GetGenericParameterConstraints()
            .Where(static type => type != typeof(ValueType))
            .Select(static type => TypeText.Name(type))
            .ToList();
        if (isStruct || attributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint))
        {
            parts.Insert(0, isStruct ? "struct" : "class");
        }

        if (!isStruct && attributes.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint))
        {
            parts.Add("new()");
        }

        return parts.Count == 0 ? "" : $" where {argument.Name} : {string.Join(", ", parts)}";
    }

    private static string Accessor(MethodInfo accessor)
    {
        var isInit = accessor.ReturnParameter.GetRequiredCustomModifiers()
            .Any(static type => type.Name == "IsExternalInit");
        var isGet = accessor.ReturnType != typeof(void);
        return Access(accessor) + (isGet ? "get; " : isInit ? "init; " : "set; ");
    }

    private static string Access(MethodBase method) => method.IsPublic ? "" : "protected ";

    private static string Modifiers(MethodInfo method)
    {
        var words = method.DeclaringType!.IsInterface ? "" : method switch
        {
            { IsStatic: true } => "static ",
            { IsAbstract: true } => "abstract ",
            { IsVirtual: true, IsFinal: false } when method.GetBaseDefinition() != method => "override ",
            { IsVirtual: true, IsFinal: false } => "virtual ",
            _ => "",
        };
        return Access(method) + words;
    }
}
