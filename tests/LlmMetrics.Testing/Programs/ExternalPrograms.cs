using Xunit;

namespace LlmMetrics.Testing;

/// <summary>
/// Finds the programs that judge the library: in <c>.tools</c>, where tests/run.sh puts them, or on the PATH.
/// </summary>
public static class ExternalPrograms
{
    /// <summary>The Prometheus server.</summary>
    public const string Prometheus = "prometheus";

    /// <summary>Prometheus' linter and rule tester.</summary>
    public const string Promtool = "promtool";

    /// <summary>The Alertmanager.</summary>
    public const string Alertmanager = "prometheus-alertmanager";

    /// <summary>The Alertmanager's client.</summary>
    public const string Amtool = "amtool";

    /// <summary>VictoriaMetrics, single node.</summary>
    public const string VictoriaMetrics = "victoria-metrics";

    /// <summary>Python 3.</summary>
    public const string Python = "python3";

    /// <summary>Python's prometheus_client package, with the strict OpenMetrics parser.</summary>
    public const string PythonPrometheusClient = "python3-prometheus-client";

    private static readonly string _tools = Path.Combine(
        Environment.GetEnvironmentVariable("LLMMETRICS_TOOLS") is { Length: > 0 } folder
            ? folder
            : Repository.PathOf(".tools"),
        "debian");

    /// <summary>Gets the full path of a program or package folder.</summary>
    /// <param name="name">One of this class's constants, or any program's name.</param>
    /// <returns>The path, or null if it is not there.</returns>
    public static string? Find(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (name == PythonPrometheusClient)
        {
            var modules = Path.Combine(_tools, "usr/lib/python3/dist-packages");
            return Directory.Exists(Path.Combine(modules, "prometheus_client")) ? modules : null;
        }

        var path = Environment.GetEnvironmentVariable("PATH") ?? "";
        return path.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Prepend(Path.Combine(_tools, "usr/bin"))
            .SelectMany(folder => Candidates(folder, name))
            .FirstOrDefault(File.Exists);
    }

    /// <summary>Gets the full path of a program, or skips the running <c>[SkippableFact]</c> and names it.</summary>
    /// <param name="name">One of this class's constants.</param>
    /// <returns>The path.</returns>
    public static string Require(string name)
    {
        var path = Find(name);
        Skip.If(path is null, $"{name} is missing: tests/run.sh fetches it on Debian, or put it on the PATH");
        return path!;
    }

    private static IEnumerable<string> Candidates(string folder, string name)
    {
        yield return Path.Combine(folder, name);
        if (OperatingSystem.IsWindows())
        {
            yield return Path.Combine(folder, name + ".exe");
        }

        // Upstream's archives call it alertmanager, Debian renames it.
        if (name == Alertmanager)
        {
            yield return Path.Combine(folder, "alertmanager");
        }
    }
}
