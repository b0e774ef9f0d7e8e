namespace LlmMetrics.Workload.Exposition;

/// <summary>A scrape as text: samples, types, and what is wrong with its form.</summary>
internal sealed class ExpositionPage
{
    public List<ExpositionSample> Samples { get; } = [];

    /// <summary>Types by the family's name.</summary>
    public Dictionary<string, string> Types { get; } = new(StringComparer.Ordinal);

    /// <summary>Help texts by the family's name.</summary>
    public HashSet<string> Helped { get; } = new(StringComparer.Ordinal);

    /// <summary>What breaks the format, with line numbers.</summary>
    public List<(int Line, string Problem)> Problems { get; } = [];

    /// <summary>Whether it ends with <c># EOF</c>, as OpenMetrics does.</summary>
    public bool IsOpenMetrics { get; set; }

    /// <summary>The family that a sample belongs to: its name without the suffix of its type.</summary>
    public string FamilyOf(string sample)
    {
        if (Types.ContainsKey(sample))
        {
            return sample;
        }

        foreach (var suffix in new[] { "_total", "_bucket", "_sum", "_count", "_created", "_info" })
        {
            if (sample.EndsWith(suffix, StringComparison.Ordinal) && Types.ContainsKey(sample[..^suffix.Length]))
            {
                return sample[..^suffix.Length];
            }
        }

        return sample;
    }
}
