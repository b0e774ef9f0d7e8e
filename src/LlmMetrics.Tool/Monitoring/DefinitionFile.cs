using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using LlmMetrics.Monitoring;

namespace LlmMetrics.Tool.Monitoring;

/// <summary>Finds the definition in an app's assembly: a public static property of that type.</summary>
internal static class DefinitionFile
{
    /// <param name="argument"><c>PATH.dll</c> or <c>PATH.dll:TYPE</c>.</param>
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "A dotnet tool is never trimmed.")]
    public static MonitoringDefinition Load(string argument)
    {
        var (path, type) = Split(argument);
        if (!File.Exists(path))
        {
            throw new ToolException(
                ExitCode.Unreadable, $"'{path}' is neither genai nor prefixed nor a file that is there");
        }

        try
        {
            var assembly = new DefinitionLoadContext(Path.GetFullPath(path)).LoadMain();
            var properties = assembly.GetExportedTypes()
                .Where(candidate => type is null || candidate.FullName == type || candidate.Name == type)
                .SelectMany(PropertiesOf)
                .ToArray();
            return properties.Length switch
            {
                1 => (MonitoringDefinition)properties[0].GetValue(obj: null)!,
                0 => throw new ToolException(
                    ExitCode.Usage, $"'{argument}' has no public static property of type MonitoringDefinition"),
                _ => throw new ToolException(
                    ExitCode.Usage,
                    $"'{path}' has several definitions; name one: " + string.Join(
                        ", ", properties.Select(property => $"{path}:{property.DeclaringType!.FullName}"))),
            };
        }
        catch (Exception problem) when (problem is BadImageFormatException or TypeLoadException
            or FileNotFoundException or FileLoadException)
        {
            throw new ToolException(ExitCode.Unreadable, $"'{path}' cannot be loaded: {problem.Message}");
        }
        catch (TargetInvocationException problem)
        {
            throw new ToolException(
                ExitCode.Findings, $"the definition in '{path}' fails: {(problem.InnerException ?? problem).Message}");
        }
    }

    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "A dotnet tool is never trimmed.")]
    private static IEnumerable<PropertyInfo> PropertiesOf(Type type) => type
        .GetProperties(BindingFlags.Public | BindingFlags.Static)
        .Where(static property => property.PropertyType == typeof(MonitoringDefinition));

    // A colon after the end of a file's name; C:\ has one too.
    private static (string Path, string? Type) Split(string argument)
    {
        var at = argument.LastIndexOf(".dll:", StringComparison.OrdinalIgnoreCase);
        return at < 0 ? (argument, null) : (argument[..(at + 4)], argument[(at + 5)..]);
    }
}
