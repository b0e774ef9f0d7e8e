namespace Samples.Tests.Acceptance;

/// <summary>A metric of a document.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">counter, gauge, updowncounter or histogram.</param>
/// <param name="Labels">Its labels, all of them, with the values that the document gives.</param>
/// <param name="Buckets">Upper bounds of a histogram, without +Inf.</param>
/// <param name="Unit">Its unit, where the document gives one.</param>
internal sealed record DocumentedMetric(
    string Name, string Type, IReadOnlyDictionary<string, string[]>? Labels, IReadOnlyList<double>? Buckets,
    string? Unit)
{
    public bool IsHistogram => Type == "histogram";
}
