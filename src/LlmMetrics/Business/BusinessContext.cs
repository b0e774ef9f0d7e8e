using LlmMetrics.Collection;
using LlmMetrics.Profiles;

namespace LlmMetrics.Business;

/// <summary>Makes the app's own instruments.</summary>
internal sealed class BusinessContext(
    string? prefix, InstrumentRegistry registry, TagFilter filter, SelfDiagnostics diagnostics,
    LlmMetricsOptions options)
{
    public string? Prefix => prefix;

    public BusinessInstrument Create(InstrumentDefinition definition)
    {
        ProfileValidator.ThrowIfInvalid("business metrics", null, [definition]);
        if (filter.IsDisabled(definition.Name) || !options.Enabled)
        {
            return BusinessInstrument.Disabled;
        }

        var entry = registry.GetOrAdd(definition, definition.Name, definition.Description);
        if (entry is null)
        {
            return BusinessInstrument.Disabled;
        }

        if (entry.Storage.Descriptor.Kind != definition.Kind)
        {
            throw new ArgumentException(
                $"'{definition.Name}' is already a {entry.Storage.Descriptor.Kind}.", nameof(definition));
        }

        return new BusinessInstrument(definition, entry, registry, filter, options, diagnostics);
    }

    public void Observe(InstrumentDefinition definition, Func<double> read)
    {
        var instrument = Create(definition);
        registry.Refresh += () =>
        {
            try
            {
                instrument.Apply(read(), []);
            }
            catch (Exception exception)
            {
                diagnostics.Failed(LossReason.Callback, exception);
            }
        };
    }
}
