namespace LlmMetrics;

/// <summary>One instrument of a profile: which facts it takes, and what becomes of them.</summary>
public sealed record InstrumentDefinition
{
    /// <summary>The kind of fact.</summary>
    public required FactKind Fact { get; init; }

    /// <summary>
    /// Name of the instrument. May contain a key field in braces, such as <c>agent.{agent}.calls</c>: facts without
    /// that field are then not measured, and at most 50 values become instruments, the rest <c>__other__</c>.
    /// </summary>
    public required string Name { get; init; }

    /// <summary>Kind of the metric.</summary>
    public required MetricKind Kind { get; init; }

    /// <summary>The figure that is counted, summed up or distributed. Facts that lack it are not measured.</summary>
    public FactValue Value { get; init; } = FactValue.Count;

    /// <summary>Factor on the figure, such as 1000 for seconds to milliseconds.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>Unit in UCUM notation.</summary>
    public string Unit { get; init; } = string.Empty;

    /// <summary>Description. May contain a key field in braces.</summary>
    public string Description { get; init; } = string.Empty;

    /// <summary>Upper bounds of a histogram's buckets, ascending, without +Inf.</summary>
    public IReadOnlyList<double> Buckets { get; init; } = [];

    /// <summary>The tags. When the metric is full, the last open tag folds first.</summary>
    public IReadOnlyList<TagDefinition> Tags { get; init; } = [];

    /// <summary>
    /// Series of a counter that exist from the start, at 0: for each the values of the tags that are no constants, in
    /// their order. Without it a series is born with its first figure, which <c>increase()</c> does not see.
    /// </summary>
    /// <value>None: what never happened has no series.</value>
    public IReadOnlyList<IReadOnlyList<string>> Presets { get; init; } = [];

    /// <summary>Which facts it takes: all conditions must hold.</summary>
    public IReadOnlyList<FieldCondition> Conditions { get; init; } = [];
}
