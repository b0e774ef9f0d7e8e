using LlmMetrics.Collection;
using Microsoft.Extensions.Logging.Abstractions;

namespace LlmMetrics.Business;

/// <summary>An instrument of the app's own: looks up the series of tag values.</summary>
internal sealed class BusinessInstrument
{
    public static readonly BusinessInstrument Disabled = new();

    private readonly Lock _adding = new();
    private readonly InstrumentDefinition? _definition;
    private readonly InstrumentEntry? _entry;
    private readonly InstrumentRegistry? _registry;
    private readonly SelfDiagnostics _diagnostics;
    private readonly bool _collect;
    private readonly (string Name, int Index)[] _tags = [];
    private BoundByTags[] _bound = [];

    public BusinessInstrument(
        InstrumentDefinition definition, InstrumentEntry entry, InstrumentRegistry registry, TagFilter filter,
        LlmMetricsOptions options, SelfDiagnostics diagnostics)
    {
        _definition = definition;
        _entry = entry;
        _registry = registry;
        _diagnostics = diagnostics;
        _collect = options.Collect;
        _tags = [.. definition.Tags.Index()
            .Where(tag => !filter.IsDropped(definition.Name, tag.Item.Name))
            .Select(static tag => (tag.Item.Name, tag.Index))];
    }

    private BusinessInstrument() => _diagnostics = new SelfDiagnostics(NullLogger.Instance, TimeProvider.System);

    public void Apply(double value, ReadOnlySpan<string?> tags)
    {
        if (double.IsFinite(value))
        {
            Bind(tags).Apply(value);
            return;
        }

        // Refused before its series exists: a series without a figure would say zero.
        _diagnostics.Dropped(LossReason.NotFinite);
    }

    public BoundSeries Bind(ReadOnlySpan<string?> tags)
    {
        foreach (var known in Volatile.Read(ref _bound))
        {
            if (known.IsFor(tags))
            {
                return known.Series;
            }
        }

        try
        {
            return Add(tags);
        }
        catch (Exception exception)
        {
            _diagnostics.Failed(LossReason.Failure, exception);
            return new BoundSeries(_diagnostics);
        }
    }

    private BoundSeries Add(ReadOnlySpan<string?> values)
    {
        if (_entry is null)
        {
            return new BoundSeries(_diagnostics);
        }

        var tags = new List<KeyValuePair<string, object?>>(_tags.Length);
        foreach (var (name, index) in _tags)
        {
            if (index < values.Length && values[index] is { Length: > 0 } value)
            {
                tags.Add(new(name, TagText.Sanitise(value)));
            }
        }

        tags.AddRange(_registry!.ConstantTags);
        var update = new SeriesUpdate(_definition!, _entry.Storage.Descriptor.IsInteger, _collect);
        var series = _entry.Storage.GetOrAdd([.. tags], closed: 0, out var folded);
        var bound = new BoundSeries(update, _entry, series, _diagnostics);
        if (!folded)
        {
            Keep(values, bound);
        }

        return bound;
    }

    private void Keep(ReadOnlySpan<string?> values, BoundSeries bound)
    {
        lock (_adding)
        {
            // A short list is searched faster than a table; beyond it the metric's own table is asked.
            if (_bound.Length < 32)
            {
                Volatile.Write(ref _bound, [.. _bound, new BoundByTags(values.ToArray(), bound)]);
            }
        }
    }

    private sealed class BoundByTags(string?[] values, BoundSeries series)
    {
        public BoundSeries Series => series;

        public bool IsFor(ReadOnlySpan<string?> tags) => tags.SequenceEqual(values);
    }
}
