using LlmMetrics.Profiles;

namespace LlmMetrics;

/// <summary>Builds a <see cref="MetricProfile"/>.</summary>
public sealed class MetricProfileBuilder
{
    private readonly string _name;
    private readonly List<InstrumentBuilder> _instruments = [];
    private string? _prefix;

    internal MetricProfileBuilder(string name) => _name = name;

    /// <summary>Sets the prefix that business metrics get; names of instruments are written out in full.</summary>
    /// <param name="prefix">The prefix.</param>
    /// <returns>This builder.</returns>
    public MetricProfileBuilder WithPrefix(string prefix)
    {
        _prefix = prefix;
        return this;
    }

    /// <summary>Adds the instruments of another profile.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="filter">Which of them; all by default.</param>
    /// <returns>This builder.</returns>
    public MetricProfileBuilder Include(MetricProfile profile, Func<InstrumentDefinition, bool>? filter = null)
    {
        ArgumentNullException.ThrowIfNull(profile);
        _instruments.AddRange(profile.Instruments.Where(filter ?? (static _ => true)).Select(
            static definition => new InstrumentBuilder(definition)));
        return this;
    }

    /// <summary>Adds a counter.</summary>
    /// <param name="fact">The facts that it counts.</param>
    /// <param name="name">Name of the instrument.</param>
    /// <param name="value">The figure that it sums up; each fact counts one by default.</param>
    /// <returns>A builder of the instrument.</returns>
    public InstrumentBuilder Counter(FactKind fact, string name, FactValue value = FactValue.Count) =>
        Add(fact, name, MetricKind.Counter, value);

    /// <summary>Adds an up-down counter of a live value, such as the active calls.</summary>
    /// <param name="fact">The facts that it follows.</param>
    /// <param name="name">Name of the instrument.</param>
    /// <param name="value">The figure that it shows; how many are under way by default.</param>
    /// <returns>A builder of the instrument.</returns>
    public InstrumentBuilder UpDownCounter(FactKind fact, string name, FactValue value = FactValue.Count) =>
        Add(fact, name, MetricKind.UpDownCounter, value);

    /// <summary>Adds a gauge.</summary>
    /// <param name="fact">The facts whose last figure it shows.</param>
    /// <param name="name">Name of the instrument.</param>
    /// <param name="value">The figure.</param>
    /// <returns>A builder of the instrument.</returns>
    public InstrumentBuilder Gauge(FactKind fact, string name, FactValue value) =>
        Add(fact, name, MetricKind.Gauge, value);

    /// <summary>Adds a histogram.</summary>
    /// <param name="fact">The facts that it distributes.</param>
    /// <param name="name">Name of the instrument.</param>
    /// <param name="value">The figure; the duration by default.</param>
    /// <returns>A builder of the instrument.</returns>
    public InstrumentBuilder Histogram(FactKind fact, string name, FactValue value = FactValue.Duration) =>
        Add(fact, name, MetricKind.Histogram, value);

    internal MetricProfile Build()
    {
        var instruments = _instruments.ConvertAll(static builder => builder.Build());
        ProfileValidator.ThrowIfInvalid(_name, _prefix, instruments);
        return new MetricProfile(_name, _prefix, instruments);
    }

    private InstrumentBuilder Add(FactKind fact, string name, MetricKind kind, FactValue value)
    {
        var builder = new InstrumentBuilder(new InstrumentDefinition
        {
            Fact = fact,
            Name = name,
            Kind = kind,
            Value = value,
        });
        _instruments.Add(builder);
        return builder;
    }
}
