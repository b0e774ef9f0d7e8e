namespace LlmMetrics.Pricing;

/// <summary>
/// Rates that depend on the size of the request: a tier holds from one token above its start, and then re-prices
/// all tokens of the request, not only those above.
/// </summary>
internal sealed class RateTable
{
    private readonly RateCard _base;
    private readonly long[] _starts;
    private readonly RateCard[] _tiers;

    public RateTable(RateCard rates)
        : this(rates, [], [])
    {
    }

    /// <summary>Starts rise, and there is one card for each.</summary>
    public RateTable(RateCard rates, long[] starts, RateCard[] tiers)
    {
        _base = rates;
        _starts = starts;
        _tiers = tiers;
    }

    /// <summary>The rates below the first tier.</summary>
    public RateCard Base => _base;

    /// <summary>The tiers from the lowest on: the tokens that each is above, and its rates.</summary>
    public IEnumerable<(long Start, RateCard Rates)> Tiers => _starts.Zip(_tiers);

    public RateCard For(long? inputTokens)
    {
        for (var i = _starts.Length - 1; i >= 0; i--)
        {
            if (inputTokens > _starts[i])
            {
                return _tiers[i];
            }
        }

        return _base;
    }
}
