using System.CommandLine;
using LlmMetrics.Monitoring;

namespace LlmMetrics.Tool.Monitoring;

/// <summary>The options of <c>llm-metrics monitoring init</c>.</summary>
internal sealed class MonitoringOptions
{
    private const string GenAi = "genai";
    private const string Prefixed = "prefixed";

    private readonly Option<string> _profile = new("--profile")
    {
        Description = "genai, prefixed, or an assembly with a definition: PATH.dll or PATH.dll:TYPE",
        DefaultValueFactory = static _ => GenAi,
        HelpName = "PROFILE",
    };

    private readonly Option<string?> _prefix = new("--prefix")
    {
        Description = "The prefix of --profile prefixed", HelpName = "PREFIX",
    };

    private readonly Option<string?> _job = new("--job")
    {
        Description = "Name of the app's scrape job, for --profile genai and prefixed", HelpName = "NAME",
    };

    private readonly Option<string?> _target = new("--target")
    {
        Description = "Where Prometheus scrapes the app; by default port 8000 of the machine", HelpName = "HOST:PORT",
    };

    private readonly Option<string[]> _dashboards = new("--dashboards")
    {
        Description = "Emit these dashboards alone, by title or identifier",
        AllowMultipleArgumentsPerToken = true,
        HelpName = "NAME",
    };

    public Option<DirectoryInfo> Out { get; } = new("--out")
    {
        Description = "The folder to write to", Required = true, HelpName = "DIR",
    };

    public Option<MonitoringLayout> Layout { get; } = new("--layout")
    {
        Description = "Put the configuration under config/ or under monitoring/",
        DefaultValueFactory = static _ => MonitoringLayout.Config,
        HelpName = "config|monitoring",
    };

    public Option<bool> Force { get; } = new("--force") { Description = "Replace files that are there" };

    public void AddTo(Command command)
    {
        command.Options.Add(_profile);
        command.Options.Add(_prefix);
        command.Options.Add(_job);
        command.Options.Add(_target);
        command.Options.Add(Out);
        command.Options.Add(Layout);
        command.Options.Add(_dashboards);
        command.Options.Add(Force);
    }

    /// <summary>The definition that the options ask for.</summary>
    public MonitoringDefinition ToDefinition(ParseResult parsed)
    {
        var definition = ProfileOf(parsed);
        if (parsed.GetValue(_target) is { } target)
        {
            definition = definition with { Stack = definition.Stack with { Target = target } };
        }

        return parsed.GetValue(_dashboards) is { Length: > 0 } chosen
            ? definition with { Dashboards = [.. chosen.Select(name => Find(definition, name)).Distinct()] }
            : definition;
    }

    private MonitoringDefinition ProfileOf(ParseResult parsed)
    {
        var (profile, prefix, job) =
            (parsed.GetValue(_profile)!, parsed.GetValue(_prefix), parsed.GetValue(_job));
        Refuse(prefix is not null && profile != Prefixed, "--prefix goes with --profile prefixed");
        switch (profile)
        {
            case GenAi:
                return job is null ? MonitoringDefinition.GenAi() : MonitoringDefinition.GenAi(job);
            case Prefixed:
                Refuse(prefix is null, "--profile prefixed asks for --prefix");
                try
                {
                    return MonitoringDefinition.Prefixed(prefix!, job);
                }
                catch (ArgumentException problem)
                {
                    throw new ToolException(ExitCode.Usage, $"--prefix {prefix}: {problem.Message}");
                }

            default:
                Refuse(job is not null, "--job is part of the definition in an assembly");
                return DefinitionFile.Load(profile);
        }
    }

    private static Dashboard Find(MonitoringDefinition definition, string name) =>
        definition.Dashboards.FirstOrDefault(dashboard =>
            dashboard.Uid == name || dashboard.Title.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new ToolException(
            ExitCode.Usage,
            $"there is no dashboard '{name}': "
            + string.Join(", ", definition.Dashboards.Select(static dashboard => dashboard.Title)));

    private static void Refuse(bool isWrong, string message)
    {
        if (isWrong)
        {
            throw new ToolException(ExitCode.Usage, message);
        }
    }
}
