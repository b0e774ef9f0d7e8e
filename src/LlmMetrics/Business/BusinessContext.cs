using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using LlmMetrics.Collection;
using LlmMetrics.Profiles;

namespace LlmMetrics.Business;

/// <summary>Makes the app's own instruments.</summary>
internal sealed class BusinessContext(
    string? prefix, InstrumentRegistry registry, TagFilter filter, SelfDiagnostics diagnostics,
    LlmMetricsOptions options)
{
    private const int MaxTags = 16;

    private readonly ConcurrentDictionary<string, ValueGuard> _guards = new(StringComparer.Ordinal);

    public string? Prefix => prefix;

    public InstrumentRegistry Registry => registry;

    public SelfDiagnostics Diagnostics => diagnostics;

    public bool Collects => options.Collect;

    /// <summary>The buckets of a histogram that is there already; null if there is none of that name.</summary>
    public double[]? BoundsOf(string name) =>
        registry.Find(name)?.Storage.Descriptor is { Kind: MetricKind.Histogram } taken ? taken.Bounds.ToArray() : null;

    public BusinessInstrument Create(InstrumentDefinition definition) =>
        IsWanted(definition) && registry.GetOrAdd(definition, definition.Name, definition.Description) is { } entry
            ? new BusinessInstrument(definition, entry, this)
            : BusinessInstrument.Disabled;

    public void Observe(InstrumentDefinition definition, Func<IEnumerable<Measurement<double>>> read)
    {
        if (!IsWanted(definition))
        {
            return;
        }

        var values = new ObservedValues(definition.Name, read, this);
        if (registry.GetOrAdd(definition, definition.Name, definition.Description, values.Observe) is { } entry)
        {
            values.Attach(entry.Storage);
            registry.AddObserved(new ObservableUnit(values.Observe, values.Forget));
        }
    }

    /// <summary>The tags of an observed value as they may be shown, and which of them never fold.</summary>
    public KeyValuePair<string, object?>[] TagsOf(
        string instrument, ReadOnlySpan<KeyValuePair<string, object?>> given, out ulong closed)
    {
        var tags = new List<KeyValuePair<string, object?>>(given.Length + registry.ConstantTags.Length);
        foreach (var (name, value) in TagCleaner.Clean(given))
        {
            if (tags.Count < MaxTags && name.Length > 0 && !filter.IsDropped(instrument, name)
                && Convert.ToString(value, CultureInfo.InvariantCulture) is { Length: > 0 } text
                && GuardOf(name).Admit(text) is { } admitted)
            {
                tags.Add(new(name, admitted));
            }
        }

        closed = 0;
        foreach (var constant in registry.ConstantTags)
        {
            if (!tags.Exists(tag => tag.Key == constant.Key))
            {
                closed |= 1UL << tags.Count;
                tags.Add(constant);
            }
        }

        return [.. tags];
    }

    public bool IsDropped(string instrument, string tag) => filter.IsDropped(instrument, tag);

    /// <summary>The guard of a tag: a value is itself in all business metrics or folded in all.</summary>
    public ValueGuard GuardOf(string tag) => _guards.GetOrAdd(
        tag, static (name, self) => new ValueGuard(self.MaxValues, name, self.Diagnostics), this);

    private int MaxValues => options.Cardinality.MaxValuesPerField;

    private bool IsWanted(InstrumentDefinition definition)
    {
        ProfileValidator.ThrowIfInvalid("business metrics", null, [definition with { Fact = FactKind.LlmCall }]);
        if (filter.IsDisabled(definition.Name) || !options.Enabled)
        {
            return false;
        }

        if (registry.Find(definition.Name) is { } taken && !InstrumentRegistry.IsFor(taken, definition))
        {
            throw new ArgumentException(
                $"'{definition.Name}' is already a {taken.Storage.Descriptor.Kind}, "
                + $"{(taken.Storage.Descriptor.IsInteger ? "of whole numbers" : "of any numbers")}.",
                nameof(definition));
        }

        if (BoundsOf(definition.Name) is { } bounds && !bounds.SequenceEqual(definition.Buckets))
        {
            throw new ArgumentException(
                $"'{definition.Name}' is already a histogram with the buckets {string.Join(", ", bounds)}.",
                nameof(definition));
        }

        return true;
    }
}
