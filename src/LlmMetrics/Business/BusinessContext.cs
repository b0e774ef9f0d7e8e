using System.Collections.Concurrent;
using LlmMetrics.Collection;
using LlmMetrics.Profiles;

namespace LlmMetrics.Business;

/// <summary>Makes the app's own instruments.</summary>
internal sealed class BusinessContext(
    string? prefix, InstrumentRegistry registry, TagFilter filter, SelfDiagnostics diagnostics,
    LlmMetricsOptions options)
{
    private readonly ConcurrentDictionary<string, ValueGuard> _guards = new(StringComparer.Ordinal);

    public string? Prefix => prefix;

    public InstrumentRegistry Registry => registry;

    public SelfDiagnostics Diagnostics => diagnostics;

    public bool Collects => options.Collect;

    public BusinessInstrument Create(InstrumentDefinition definition) =>
        IsWanted(definition) && registry.GetOrAdd(definition, definition.Name, definition.Description) is { } entry
            ? new BusinessInstrument(definition, entry, this)
            : BusinessInstrument.Disabled;

    public void Observe(InstrumentDefinition definition, Func<double> read)
    {
        if (!IsWanted(definition))
        {
            return;
        }

        var value = new ObservedValue(read, registry.ConstantTags.ToArray(), diagnostics);
        if (registry.GetOrAdd(definition, definition.Name, definition.Description, value.Observe) is { } entry)
        {
            value.Attach(entry.Storage);
            registry.AddObserved(value.Observe);
        }
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

        return true;
    }
}
