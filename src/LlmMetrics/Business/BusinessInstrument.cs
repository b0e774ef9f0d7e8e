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
    private readonly KeyValuePair<string, object?>[] _constants = [];
    private readonly bool _collect;
    private readonly (string Name, int Index, ValueGuard Guard)[] _tags = [];
    private BoundByTags[] _bound = [];

    public BusinessInstrument(InstrumentDefinition definition, InstrumentEntry entry, BusinessContext context)
    {
        _definition = definition;
        _entry = entry;
        _diagnostics = context.Diagnostics;
        _collect = context.Collects;
        _tags = [.. definition.Tags.Index()
            .Where(tag => !context.IsDropped(definition.Name, tag.Item.Name))
            .Select(tag => (tag.Item.Name, tag.Index, context.GuardOf(tag.Item.Name)))];
        _registry = context.Registry;
        _constants = [.. context.Registry.ConstantTags.ToArray()
            .Where(constant => !definition.Tags.Any(tag => tag.Name == constant.Key))];
    }

    private BusinessInstrument() => _diagnostics = new SelfDiagnostics(NullLogger.Instance, TimeProvider.System);

    public void Apply(double value, ReadOnlySpan<string?> tags) => Bind(tags).Apply(value);

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

    /// <summary>Makes a series exist at 0, and listeners know of it who come later.</summary>
    public void Preset(ReadOnlySpan<string?> tags)
    {
        var bound = Bind(tags);
        bound.Apply(0);
        if (_entry is not null && bound.Series is { } series)
        {
            _registry!.Preset(_definition!, _entry, series);
        }
    }

    private BoundSeries Add(ReadOnlySpan<string?> values)
    {
        if (_entry is null)
        {
            return new BoundSeries(_diagnostics);
        }

        var tags = new List<KeyValuePair<string, object?>>(_tags.Length + _constants.Length);
        var isFolded = false;
        foreach (var (name, index, guard) in _tags)
        {
            if (index < values.Length && values[index] is { Length: > 0 } value && guard.Admit(value) is { } admitted)
            {
                isFolded |= ReferenceEquals(admitted, MetricStorage.Folded);
                tags.Add(new(name, admitted));
            }
        }

        var closed = 0UL;
        foreach (var constant in _constants)
        {
            closed |= 1UL << tags.Count;
            tags.Add(constant);
        }

        // The series is made with the first figure: one without would say zero.
        var update = new SeriesUpdate(_definition!, _entry.Storage.Descriptor.IsInteger, _collect);
        var bound = new BoundSeries(update, _entry, [.. tags], closed, _diagnostics);
        if (!isFolded)
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
