using System.Collections.Immutable;

namespace LlmMetrics.Pricing;

/// <summary>
/// Models of one provider that were added together. A layer is searched under every form of a name before the next
/// one is, so that a price of one's own for <c>gpt-4o</c> also holds for the snapshot that the provider answers with.
/// </summary>
/// <param name="Level">0 for the data; what the app adds is above it.</param>
/// <param name="Entries">In the order in which they are tried.</param>
internal sealed record ModelLayer(int Level, ImmutableArray<ModelEntry> Entries)
{
    public ModelEntry? Find(string? model)
    {
        if (model is null)
        {
            return null;
        }

        foreach (var entry in Entries)
        {
            if (entry.Rule.IsMatch(model))
            {
                return entry;
            }
        }

        return null;
    }
}
