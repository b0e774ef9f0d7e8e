using System.Text.RegularExpressions;
using LlmMetrics.Facts;

namespace LlmMetrics.Profiles;

/// <summary>Finds every error of a profile at once.</summary>
internal static partial class ProfileValidator
{
    private static readonly string _longestValue = new('x', NameTemplate.MaxValueLength);

    public static void ThrowIfInvalid(string profile, string? prefix, IReadOnlyList<InstrumentDefinition> instruments)
    {
        var errors = new List<string>();
        if (prefix is not null && !LegalName().IsMatch(prefix))
        {
            errors.Add($"prefix '{prefix}' is not a legal name");
        }

        foreach (var instrument in instruments)
        {
            Check(instrument, errors);
        }

        foreach (var group in instruments.GroupBy(static i => i.Name, StringComparer.OrdinalIgnoreCase))
        {
            var first = group.First();
            if (group.Any(other => !IsSameInstrument(first, other)))
            {
                errors.Add($"'{first.Name}' is defined twice with another kind, unit, scale or other buckets");
            }
        }

        if (errors.Count > 0)
        {
            throw new ArgumentException(
                $"Profile '{profile}' is wrong: {string.Join("; ", errors)}.",
                nameof(instruments));
        }
    }

    public static bool IsLegalPrefix(string prefix) => prefix.Length <= 64 && LegalName().IsMatch(prefix);

    public static bool IsSameInstrument(InstrumentDefinition left, InstrumentDefinition right) =>
        left.Name == right.Name && left.Kind == right.Kind && left.Unit == right.Unit
        && left.Scale.Equals(right.Scale)
        && IsInteger(left) == IsInteger(right) && left.Buckets.SequenceEqual(right.Buckets);

    public static bool IsInteger(InstrumentDefinition definition) =>
        FactValues.IsInteger(definition.Value) && definition.Scale is 1;

    private static void Check(InstrumentDefinition instrument, List<string> errors)
    {
        var template = new NameTemplate(instrument.Name);
        var sample = template.Fill(0, static (_, _) => _longestValue);
        if (!LegalName().IsMatch(sample!))
        {
            errors.Add($"'{instrument.Name}' is not a legal instrument name (a letter, then at most 254 of "
                + "letters, digits, _ . - /)");
        }

        if (template.Fields.Any(static field => field >= FactField.Outcome))
        {
            errors.Add($"'{instrument.Name}' has a closed field in its name; use a tag");
        }

        if (instrument.Kind == MetricKind.Histogram)
        {
            CheckBuckets(instrument, errors);
        }
        else if (instrument.Buckets.Count > 0)
        {
            errors.Add($"'{instrument.Name}' has buckets but is no histogram");
        }

        CheckFigure(instrument, errors);
        CheckPresets(instrument, template.IsConstant, errors);
        if (!double.IsFinite(instrument.Scale) || instrument.Scale <= 0)
        {
            errors.Add($"'{instrument.Name}' has scale {instrument.Scale}; it must be above 0");
        }

        foreach (var twice in instrument.Tags.GroupBy(static t => t.Name).Where(static g => g.Count() > 1))
        {
            errors.Add($"'{instrument.Name}' has tag '{twice.Key}' twice");
        }

        if (instrument.Tags.Count > 16)
        {
            errors.Add($"'{instrument.Name}' has {instrument.Tags.Count} tags; at most 16 are allowed");
        }
    }

    private static void CheckPresets(InstrumentDefinition instrument, bool isNameConstant, List<string> errors)
    {
        if (instrument.Presets.Count == 0)
        {
            return;
        }

        if (instrument.Kind != MetricKind.Counter || !isNameConstant)
        {
            errors.Add($"'{instrument.Name}' presets series, which only counters of constant names can");
        }

        var open = instrument.Tags.Count(static tag => !tag.IsConstant);
        if (instrument.Presets.Any(preset => preset.Count != open || preset.Any(string.IsNullOrEmpty)))
        {
            errors.Add($"'{instrument.Name}' has a preset without a value for each of its {open} tags");
        }
    }

    private static void CheckBuckets(InstrumentDefinition instrument, List<string> errors)
    {
        var bounds = instrument.Buckets;
        if (bounds.Count == 0)
        {
            errors.Add($"histogram '{instrument.Name}' has no buckets");
        }

        for (var i = 0; i < bounds.Count; i++)
        {
            if (!double.IsFinite(bounds[i]) || (i > 0 && bounds[i] <= bounds[i - 1]))
            {
                errors.Add($"buckets of '{instrument.Name}' must be finite and ascending");
                return;
            }
        }

        if (IsInteger(instrument) && bounds.Any(static bound => bound != Math.Floor(bound)))
        {
            errors.Add($"buckets of '{instrument.Name}' must be whole numbers, as its figure is");
        }
    }

    private static void CheckFigure(InstrumentDefinition instrument, List<string> errors)
    {
        if (!FiguresOfFacts.Has(instrument.Fact, instrument.Value))
        {
            errors.Add($"'{instrument.Name}' takes {instrument.Value}, which no {instrument.Fact} has");
        }

        var isLive = instrument.Fact is FactKind.ActiveLlmCall or FactKind.ActiveSession;
        var isUpDown = instrument.Kind == MetricKind.UpDownCounter;
        if (isUpDown ? !isLive && instrument.Fact != FactKind.DbPool : isLive)
        {
            errors.Add(isLive
                ? $"'{instrument.Name}' follows what is under way, so it must be an up-down counter"
                : $"'{instrument.Name}' is an up-down counter, which only active calls, sessions and pools can be");
        }
        else if (isUpDown && instrument.Scale is not 1)
        {
            errors.Add($"'{instrument.Name}' is an up-down counter, which takes no scale");
        }
    }

    [GeneratedRegex(
        "^[A-Za-z][A-Za-z0-9_.\\-/]{0,254}$",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex LegalName();
}
