namespace LlmMetrics;

/// <summary>
/// What a metric is: its name, kind, unit and buckets. Immutable, and the same object in every snapshot.
/// </summary>
public sealed class MetricDescriptor
{
    internal MetricDescriptor(int id, string name, MetricKind kind, bool isInteger, ReadOnlyMemory<double> bounds)
    {
        Id = id;
        Name = name;
        Kind = kind;
        IsInteger = isInteger;
        Bounds = bounds;
    }

    /// <summary>Number of the metric, from 0, stable while the runtime lives: a key for what adapters cache.</summary>
    public int Id { get; }

    /// <summary>Name as the instrument has it, such as <c>gen_ai.client.token.usage</c>.</summary>
    public string Name { get; }

    /// <summary>Kind.</summary>
    public MetricKind Kind { get; }

    /// <summary>
    /// Whether values are integers; they are then exact up to 2^63 in <see cref="MetricSeries.Int64Value"/>.
    /// </summary>
    public bool IsInteger { get; }

    /// <summary>Upper bounds of a histogram's buckets, ascending, without +Inf. Empty for other kinds.</summary>
    public ReadOnlyMemory<double> Bounds { get; }

    /// <summary>Unit in UCUM notation, such as <c>s</c> or <c>{token}</c>; empty if there is none.</summary>
    public string Unit { get; internal init; } = string.Empty;

    /// <summary>Description; empty if there is none.</summary>
    public string Description { get; internal init; } = string.Empty;

    /// <summary>Name of the meter that the instrument belongs to.</summary>
    public string MeterName { get; internal init; } = string.Empty;

    /// <summary>Version of that meter, if it has one.</summary>
    public string? MeterVersion { get; internal init; }
}
