using LlmMetrics.Facts;
using LlmMetrics.Profiles;

namespace LlmMetrics.Collection;

/// <summary>Makes the plans of all kinds of facts from the profiles in use.</summary>
internal static class PlanBuilder
{
    public static KindPlan[] Build(
        IReadOnlyList<MetricProfile> profiles, LlmMetricsOptions options, IReadOnlyList<TagEnricher> enrichers)
    {
        var filter = new TagFilter(options);
        var byKind = Merge(profiles)
            .Where(definition => !filter.IsDisabled(definition.Name))
            .ToLookup(static definition => definition.Fact);
        return [.. Enum.GetValues<FactKind>().Select(kind =>
        {
            var enriched = enrichers.Index()
                .Where(tag => tag.Item.Concerns(kind))
                .Select(static tag => (tag.Item.Name, FactData.FirstEnriched + tag.Index))
                .ToArray();
            return new KindPlan(
                kind,
                [.. byKind[kind].Select(definition => new CompiledInstrument(definition, filter, enriched))],
                options.Collect);
        })];
    }

    /// <summary>Makes the instruments whose names are known, so that listeners see them before the first fact.</summary>
    public static void CreateConstantInstruments(IEnumerable<KindPlan> plans, InstrumentRegistry registry)
    {
        foreach (var instrument in plans.SelectMany(static plan => plan.Instruments))
        {
            if (instrument.IsNameConstant)
            {
                registry.GetOrAdd(
                    instrument.Definition, instrument.Definition.Name, instrument.Definition.Description);
            }
        }
    }

    /// <summary>
    /// All definitions, each once: two profiles may include the same third one, but must not give one name to
    /// different things.
    /// </summary>
    private static List<InstrumentDefinition> Merge(IReadOnlyList<MetricProfile> profiles)
    {
        var merged = new List<InstrumentDefinition>();
        var owners = new Dictionary<string, MetricProfile>(StringComparer.OrdinalIgnoreCase);
        foreach (var profile in profiles.DistinctBy(static profile => profile.Name))
        {
            foreach (var definition in profile.Instruments)
            {
                if (!owners.TryAdd(definition.Name, profile) && owners[definition.Name] != profile)
                {
                    if (!owners[definition.Name].Instruments.Any(known => IsSame(known, definition)))
                    {
                        throw new InvalidOperationException(
                            $"Profiles '{owners[definition.Name].Name}' and '{profile.Name}' both define "
                            + $"'{definition.Name}', differently. Use one of them, or rename.");
                    }

                    continue;
                }

                merged.Add(definition);
            }
        }

        return merged;
    }

    private static bool IsSame(InstrumentDefinition left, InstrumentDefinition right) =>
        ProfileValidator.IsSameInstrument(left, right) && left.Fact == right.Fact && left.Value == right.Value
        && left.Tags.Select(static tag => tag.Name).SequenceEqual(right.Tags.Select(static tag => tag.Name));
}
