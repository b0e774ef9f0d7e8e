namespace LlmMetrics.Workload.Sources;

/// <summary>The metrics that hold the figures, by the profile that the measured app used.</summary>
internal sealed record FigureNames
{
    public required string Profile { get; init; }

    public required MetricReference Requests { get; init; }

    public required MetricReference Input { get; init; }

    public required MetricReference Output { get; init; }

    /// <summary>Response time in milliseconds.</summary>
    public required MetricReference? Response { get; init; }

    public MetricReference? Messages { get; init; }

    public MetricReference? InputLengths { get; init; }

    public MetricReference? OutputLengths { get; init; }

    public MetricReference? Cost { get; init; }

    public MetricReference? Uptime { get; init; }

    /// <summary>The tag that tells whether a call failed, and the values that say it did not.</summary>
    public string? OutcomeTag { get; init; }

    public IEnumerable<MetricReference> All => new[]
    {
        Requests, Input, Output, Response, Messages, InputLengths, OutputLengths, Cost, Uptime,
    }.OfType<MetricReference>();

    /// <summary>
    /// The names of a profile: <c>genai</c>, <c>genai-next</c>, <c>prefixed:NAME</c>, <c>figures:NAME</c>.
    /// </summary>
    public static FigureNames Of(string profile)
    {
        var (kind, prefix) = profile.Split(':', 2) is [var first, var second] ? (first, second) : (profile, "");
        return kind switch
        {
            "genai" when prefix.Length == 0 => From(MetricProfile.GenAi),
            "genai-next" when prefix.Length == 0 => From(MetricProfile.GenAiNext),
            "prefixed" when prefix.Length > 0 => From(Prefixed(prefix)),
            "figures" when prefix.Length > 0 => FiveFigureNames.Of(prefix),
            _ => throw new WorkloadException(
                "--profile",
                $"--profile '{profile}' is not known; take genai, genai-next, prefixed:NAME (such as "
                + "prefixed:intelia) or figures:NAME (such as figures:sofia)"),
        };
    }

    /// <summary>Other names for single figures.</summary>
    public FigureNames With(string? messages)
    {
        return messages is null ? this : this with { Messages = new MetricReference(messages, MetricKind.Counter) };
    }

    private static MetricProfile Prefixed(string prefix)
    {
        try
        {
            return MetricProfile.Prefixed(prefix);
        }
        catch (ArgumentException e)
        {
            throw new WorkloadException("--profile", $"--profile: {e.Message}", inner: e);
        }
    }

    private static FigureNames From(MetricProfile profile)
    {
        var calls = profile.Instruments.Where(static i => i.Fact == FactKind.LlmCall).ToList();
        var requests = Find(calls, MetricKind.Counter, FactValue.Count)!;
        var lengths = Find(calls, MetricKind.Histogram, FactValue.InputTokens);
        return new FigureNames
        {
            Profile = profile.Name,
            Requests = requests,
            Input = Find(calls, MetricKind.Counter, FactValue.InputTokens) ?? lengths!,
            Output = Find(calls, MetricKind.Counter, FactValue.OutputTokens)
                ?? Find(calls, MetricKind.Histogram, FactValue.OutputTokens)!,
            Response = Find(calls, MetricKind.Histogram, FactValue.Duration) is { } duration
                ? duration with { Scale = 1000 }
                : null,
            InputLengths = lengths,
            OutputLengths = Find(calls, MetricKind.Histogram, FactValue.OutputTokens),
            Cost = Find(calls, MetricKind.Counter, FactValue.CostUsd),
            Uptime = Find([.. profile.Instruments.Where(static i => i.Fact == FactKind.App)], MetricKind.Gauge,
                FactValue.Uptime),
            OutcomeTag = profile.Instruments.First(i => i.Name == requests.Name).Tags
                .FirstOrDefault(static tag => tag.Sources.Any(static s =>
                    s.Field == FactField.Outcome || s.Condition?.Field == FactField.Outcome))?.Name,
        };
    }

    private static MetricReference? Find(List<InstrumentDefinition> instruments, MetricKind kind, FactValue value)
    {
        if (instruments.Find(i => i.Kind == kind && i.Value == value) is not { } found)
        {
            return null;
        }

        var constant = found.Tags.FirstOrDefault(static tag => tag.Sources is [{ Constant: not null }]);
        return new MetricReference(found.Name, kind, found.Unit, constant?.Name, constant?.Sources[0].Constant);
    }
}
