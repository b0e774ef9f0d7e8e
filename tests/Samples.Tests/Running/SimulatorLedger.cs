using System.Net.Http.Json;
using LlmMetrics.Testing;
using Simulator;

namespace Samples.Tests.Running;

/// <summary>What the simulated providers of one sample say that they served.</summary>
internal sealed class SimulatorLedger
{
    private readonly Dictionary<string, IReadOnlyList<LedgerTotal>> _totals = [];

    /// <summary>The totals of one provider.</summary>
    public IReadOnlyList<LedgerTotal> this[string provider] => _totals[provider];

    public IEnumerable<string> Providers => _totals.Keys;

    /// <summary>The totals of all providers.</summary>
    public IEnumerable<LedgerTotal> All => _totals.Values.SelectMany(static totals => totals);

    /// <summary>Reads the pages that the sample has named on standard output.</summary>
    public static async Task<SimulatorLedger> ReadAsync(SampleProcess sample)
    {
        using var http = new HttpClient();
        var ledger = new SimulatorLedger();
        foreach (var line in sample.Lines("provider "))
        {
            var words = line.Split(' ');
            var page = (await http.GetFromJsonAsync<Page>(new Uri(words[^1])))!;
            Assert.Equal(page.Begun, page.Finished);
            ledger._totals[words[1].TrimEnd(':')] = page.Totals;
        }

        Assert.NotEmpty(ledger._totals);
        return ledger;
    }

    private sealed record Page(long Begun, long Finished, IReadOnlyList<LedgerTotal> Totals);
}
