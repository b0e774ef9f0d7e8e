using LlmMetrics.Facts;
using LlmMetrics.Profiles;

namespace LlmMetrics.Collection;

/// <summary>Makes the plans of all kinds of facts from the profiles in use.</summary>
internal static class PlanBuilder
{
    public static KindPlan[] Build(
        IReadOnlyList<MetricProfile> profiles, LlmMetricsOptions options, IReadOnlyList<TagEnricher> enrichers,
        IReadOnlyCollection<FactField> fieldsOfMoney)
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
                kind == FactKind.LlmCall ? fieldsOfMoney : [],
                options.Collect);
        })];
    }

    /// <summary>
    /// Which kinds of facts anything comes of: a run of an agent may count calls that nothing else shows.
    /// </summary>
    public static bool[] WantedKinds(IReadOnlyList<KindPlan> plans)
    {
        var isWanted = plans.Select(static plan => plan.Instruments.Length > 0).ToArray();
        isWanted[(int)FactKind.LlmCall] |= AgentsTake(FactValue.InferenceCalls);
        isWanted[(int)FactKind.ToolRun] |= AgentsTake(FactValue.ToolCalls);
        return isWanted;

        bool AgentsTake(FactValue value) => plans[(int)FactKind.AgentRun].Instruments
            .Any(instrument => instrument.Definition.Value == value);
    }

    /// <summary>
    /// Makes the instruments whose names are known, so that listeners see them before the first fact.
    /// </summary>
    public static void CreateConstantInstruments(IEnumerable<KindPlan> plans, InstrumentRegistry registry)
    {
        foreach (var instrument in plans.SelectMany(static plan => plan.Instruments))
        {
            if (instrument.IsNameConstant)
            {
                var definition = instrument.Definition;
                if (registry.GetOrAdd(definition, definition.Name, definition.Description) is { } entry)
                {
                    foreach (var (tags, closed) in instrument.Presets(registry.ConstantTags.ToArray()))
                    {
                        registry.Preset(definition, entry, entry.Storage.GetOrAdd(tags, closed, out _));
                    }
                }
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
        foreach (var profile in Distinct(profiles))
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

    /// <summary>The profiles, each once: the same one may be added again, another one of its name may not.</summary>
    private static IEnumerable<MetricProfile> Distinct(IReadOnlyList<MetricProfile> profiles)
    {
        var byName = new Dictionary<string, MetricProfile>(StringComparer.Ordinal);
        foreach (var profile in profiles)
        {
            if (!byName.TryGetValue(profile.Name, out var known))
            {
                byName.Add(profile.Name, profile);
                yield return profile;
            }
            else if (known != profile && !AreSame(known.Instruments, profile.Instruments, IsSame))
            {
                throw new InvalidOperationException(
                    $"Two different profiles are called '{profile.Name}'. Give one of them another name.");
            }
        }
    }

    private static bool IsSame(InstrumentDefinition left, InstrumentDefinition right) =>
        ProfileValidator.IsSameInstrument(left, right) && left.Fact == right.Fact && left.Value == right.Value
        && AreSame(left.Conditions, right.Conditions, IsSame)
        && AreSame(left.Tags, right.Tags, static (one, other) =>
            one.Name == other.Name && AreSame(one.Sources, other.Sources, IsSame));

    private static bool IsSame(TagSource left, TagSource right) =>
        left.Field == right.Field && left.Constant == right.Constant
        && (left.Condition is null ? right.Condition is null
            : right.Condition is not null && IsSame(left.Condition, right.Condition))
        && (left.Map is null ? right.Map is null : right.Map is not null && AreSame(
            [.. left.Map.OrderBy(static m => m.Key, StringComparer.Ordinal)],
            [.. right.Map.OrderBy(static m => m.Key, StringComparer.Ordinal)],
            static (one, other) => one.Key == other.Key && one.Value == other.Value));

    private static bool IsSame(FieldCondition left, FieldCondition right) =>
        left.Field == right.Field && left.Negated == right.Negated && left.Values.SequenceEqual(right.Values);

    private static bool AreSame<T>(IReadOnlyList<T> left, IReadOnlyList<T> right, Func<T, T, bool> same) =>
        left.Count == right.Count && left.Zip(right, same).All(static isSame => isSame);
}
