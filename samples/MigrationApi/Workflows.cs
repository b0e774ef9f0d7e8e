using LlmMetrics;

namespace MigrationApi;

/// <summary>What can be done with a project: workflows of a few steps, and each step a question to a model.</summary>
public sealed class Workflows(LlmMetricsRuntime metrics, MigrationModels models, MigrationStore store)
{
    private static readonly Dictionary<string, string[]> _steps = new()
    {
        ["maven_maintenance"] = ["analyze_dependencies", "plan_upgrades", "apply_upgrades"],
        ["test_generation"] = ["classify_code", "write_unit_tests"],
        ["docker_deployment"] = ["write_dockerfile"],
    };

    /// <summary>Their names.</summary>
    public static IReadOnlyCollection<string> Names => _steps.Keys;

    /// <summary>Runs one.</summary>
    /// <exception cref="HttpRequestException">A model did not answer.</exception>
    /// <exception cref="InvalidOperationException">The result is of no use.</exception>
    public Task RunAsync(string name, string project, CancellationToken cancellationToken) =>
        metrics.MeasureWorkflowAsync(
            name,
            async token =>
            {
                foreach (var (index, step) in _steps[name].Index())
                {
                    var which = index + project.Length;
                    await store.StepAsync(
                        name, step, t => models.AskAsync(which, $"{step} of {project}", t), token);
                    if (step == "apply_upgrades" && !Builds(project))
                    {
                        throw new InvalidOperationException("The project does not build after the upgrades.");
                    }
                }
            },
            cancellationToken);

    /// <summary>Stands for a run of the build: one project in ten breaks.</summary>
    private static bool Builds(string project) => !project.EndsWith('7');
}
