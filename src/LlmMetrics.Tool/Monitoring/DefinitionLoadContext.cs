using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.Loader;

namespace LlmMetrics.Tool.Monitoring;

/// <summary>
/// Loads an app's assembly with what it depends on. This library itself is the tool's own, or the app's definition
/// would be of another type.
/// </summary>
internal sealed class DefinitionLoadContext(string path) : AssemblyLoadContext("definition")
{
    private static readonly string[] _shared =
    [
        typeof(LlmMetricsRuntime).Assembly.GetName().Name!,
        typeof(LlmMetrics.Monitoring.MonitoringDefinition).Assembly.GetName().Name!,
    ];

    private readonly AssemblyDependencyResolver _resolver = new(path);

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "A dotnet tool is never trimmed.")]
    public Assembly LoadMain() => LoadFromAssemblyPath(path);

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "A dotnet tool is never trimmed.")]
    protected override Assembly? Load(AssemblyName assemblyName) =>
        !_shared.Contains(assemblyName.Name, StringComparer.Ordinal)
        && _resolver.ResolveAssemblyToPath(assemblyName) is { } found
            ? LoadFromAssemblyPath(found)
            : null;
}
