using ExpertApi;
using LlmMetrics.Testing;
using MigrationApi;
using Voicebot;

namespace LlmMetrics.Monitoring.Tests;

/// <summary>The stacks under samples/monitoring, and what they are emitted from.</summary>
internal static class CommittedStacks
{
    /// <summary>Folder, definition and layout of each.</summary>
    public static IReadOnlyDictionary<string, (MonitoringDefinition Definition, MonitoringLayout Layout)> All { get; } =
        new Dictionary<string, (MonitoringDefinition, MonitoringLayout)>
        {
            ["genai"] = (MonitoringDefinition.GenAi(), MonitoringLayout.Config),
            ["intelia"] = (ExpertMonitoring.Definition, MonitoringLayout.Config),
            ["testboost"] = (MigrationMonitoring.Definition, MonitoringLayout.Config),
            ["voicebot"] = (VoicebotMonitoring.Definition, MonitoringLayout.Monitoring),
        };

    public static TheoryData<string> Names => [.. All.Keys];

    public static string FolderOf(string stack) => Repository.PathOf($"samples/monitoring/{stack}");

    public static IReadOnlyList<MonitoringFile> Emit(string stack) =>
        MonitoringFiles.Emit(All[stack].Definition, All[stack].Layout);

    /// <summary>The committed file whose path ends so.</summary>
    public static string PathOf(string stack, string end) => Path.Combine(
        FolderOf(stack), Emit(stack).Single(file => file.Path.EndsWith(end, StringComparison.Ordinal)).Path);

    /// <summary>The committed dashboards.</summary>
    public static IEnumerable<string> Dashboards => All.Keys.SelectMany(static stack =>
        Directory.GetFiles(FolderOf(stack), "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal));
}
