namespace LlmMetrics.Calls;

/// <summary>Tallies by name, for a bounded number of names; the rest is added up as <c>__other__</c>.</summary>
internal sealed class TallyTable(int maxRows)
{
    private const string Rest = "__other__";
    private const int MaxNameLength = 128;

    private readonly Dictionary<(string Name, string? Provider), CallTally> _rows = [];

    public IReadOnlyCollection<KeyValuePair<(string Name, string? Provider), CallTally>> Rows => _rows;

    /// <summary>Adds a call to the row of a name; without a name, to none.</summary>
    public void Add(string? name, string? provider, in LlmCall call)
    {
        if (name is not { Length: > 0 })
        {
            return;
        }

        var key = (Cut(name), provider is null ? null : Cut(provider));
        if (!_rows.TryGetValue(key, out var tally))
        {
            key = _rows.Count < maxRows ? key : (Rest, null);
            if (!_rows.TryGetValue(key, out tally))
            {
                _rows.Add(key, tally = new CallTally());
            }
        }

        tally.Add(in call);
    }

    private static string Cut(string name) => name.Length <= MaxNameLength ? name : name[..MaxNameLength];
}
