using System.Reflection;
using System.Text;

namespace LlmMetrics.Testing;

/// <summary>Writes the public face of an assembly as text that a person can review and a test can compare.</summary>
public static class PublicApi
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance
        | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>Lists the public and protected types and members, in a stable order, like C# without bodies.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <returns>The text, with <c>\n</c> at the end of each line.</returns>
    public static string Describe(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        return Describe(assembly.GetExportedTypes());
    }

    /// <summary>Lists the members of some types.</summary>
    /// <param name="types">The types.</param>
    /// <returns>The text.</returns>
    public static string Describe(IEnumerable<Type> types)
    {
        var output = new StringBuilder();
        var groups = types
            .GroupBy(static type => type.Namespace)
            .OrderBy(static group => group.Key, StringComparer.Ordinal);
        foreach (var group in groups)
        {
            output.Append("namespace ").Append(group.Key).Append('\n');
            foreach (var type in group.OrderBy(static type => type.FullName, StringComparer.Ordinal))
            {
                AppendType(output, type);
            }
        }

        return output.ToString();
    }

    private static void AppendType(StringBuilder output, Type type)
    {
        output.Append('\n').Append("    ").Append(TypeText.Declaration(type)).Append('\n');
        if (typeof(Delegate).IsAssignableFrom(type))
        {
            return;
        }

        output.Append("    {\n");
        foreach (var line in Members(type).Order(StringComparer.Ordinal))
        {
            output.Append("        ").Append(line).Append('\n');
        }

        output.Append("    }\n");
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
        {
            return type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(MemberText.EnumValue);
        }

        return type.GetMembers(Declared)
            .Select(static member => member switch
            {
                ConstructorInfo constructor when IsVisible(constructor) => MemberText.Constructor(constructor),
                PropertyInfo property when property.GetAccessors(nonPublic: true).Any(IsVisible) =>
                    MemberText.Property(property),
                EventInfo handler when IsVisible(handler.AddMethod) => MemberText.Event(handler),
                FieldInfo field when field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly =>
                    MemberText.Field(field),
                MethodInfo method when IsVisible(method) && IsWritten(method) => MemberText.Method(method),
                _ => "",
            })
            .Where(static line => line.Length > 0);
    }

    // Operators have special names as accessors have, but are part of the face; what the compiler adds is not.
    private static bool IsWritten(MethodInfo method) =>
        (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal))
        && !method.Name.Contains('<', StringComparison.Ordinal);

    internal static bool IsVisible(MethodBase? method) =>
        method is not null && (method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly);
}
